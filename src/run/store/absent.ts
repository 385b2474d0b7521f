import { ClaimbenchError } from "../../spec/error.ts";

/** For what is not there; other errors are thrown. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") {
    throw new ClaimbenchError("store-not-readable", `cannot read the store: ${error.message}`, {
      hint: "choose another place with --store",
      exitCode: 4,
      cause: error,
    });
  }
}
