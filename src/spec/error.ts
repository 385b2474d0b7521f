/** A place in a file of the user's. */
export interface SourceLocation {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** What ends the program with a message instead of a stack: 2 for wrong input, 4 for what could not be measured. */
export type ErrorExitCode = 2 | 4;

export interface ClaimbenchErrorOptions {
  /** What to do about it. */
  readonly hint?: string;
  readonly location?: SourceLocation;
  readonly exitCode?: ErrorExitCode;
  readonly cause?: unknown;
}

/**
 * An error the user can cause and mend. Its message says what was expected, what was found and where; its hint what to do.
 * Anything else that is thrown is a bug and shows its stack.
 */
export class ClaimbenchError extends Error {
  override readonly name = "ClaimbenchError";
  readonly code: string;
  readonly hint?: string;
  readonly location?: SourceLocation;
  readonly exitCode: ErrorExitCode;

  /** @param code Stable identifier in kebab case, such as `unknown-network`. */
  constructor(code: string, message: string, options: ClaimbenchErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.location !== undefined) this.location = options.location;
    this.exitCode = options.exitCode ?? 2;
  }
}
