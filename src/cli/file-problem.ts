import { ClaimbenchError } from "../spec/error.ts";

/**
 * Why a file among many cannot be used, on one line, so that the others can be.
 *
 * @throws error that no file can cause: it is a bug.
 */
export function fileProblem(error: unknown): string {
  if (error instanceof ClaimbenchError) {
    const at = error.location ? `line ${error.location.line}: ` : "";
    return `${at}${error.message.split("\n", 1)[0] ?? error.code}`;
  }
  if (error instanceof Error && "code" in error) return error.message;
  throw error;
}
