import { printable } from "./text/printable.ts";

/** The edge of the program: what a command reads and writes, passed in. */
export interface Io {
  /** Data. */
  out(text: string): void;
  /** Progress and diagnostics. */
  err(text: string): void;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether stderr is a terminal that can redraw lines. */
  readonly liveProgress: boolean;
  /** Columns of the terminals, where there are some. */
  readonly columns: { readonly out: number; readonly err: number };
  readonly colours: { readonly out: boolean; readonly err: boolean };
  readonly cwd: string;
  now(): Date;
  /** Aborted at the first SIGINT or SIGTERM, by which a command that never asks for it is ended. */
  readonly signal: AbortSignal;
}

/** CI is set by nearly all of them; false and 0 turn it off. */
export function isContinuousIntegration({ CI = "" }: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false"].includes(CI);
}

/** Where tables are printed. */
export interface TableIo extends Pick<Io, "out" | "cwd"> {
  readonly columns: Pick<Io["columns"], "out">;
  readonly colours: Pick<Io["colours"], "out">;
}

/** For tables, where stdout is taken by a document. */
export function onStderr({ err, columns, colours, cwd }: Io): TableIo {
  return { out: err, columns: { out: columns.err }, colours: { out: colours.err }, cwd };
}

/** NO_COLOR and FORCE_COLOR decide, else whether the stream is a terminal. */
export function usesColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment["NO_COLOR"]) return false;
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

const COLUMNS = 100;

/** @param interruption gives the signal; called when a command first asks for it. */
export function processIo(interruption: () => AbortSignal): Io {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(printable(text, "colours")),
    err: (text) => void stderr.write(printable(text, "all")),
    environment: env,
    liveProgress: Boolean(stderr.isTTY) && !isContinuousIntegration(env) && env["TERM"] !== "dumb",
    columns: {
      get out() {
        return stdout.columns || COLUMNS;
      },
      get err() {
        return stderr.columns || COLUMNS;
      },
    },
    colours: { out: usesColour(env, Boolean(stdout.isTTY)), err: usesColour(env, Boolean(stderr.isTTY)) },
    cwd: process.cwd(),
    now: () => new Date(),
    get signal() {
      return interruption();
    },
  };
}
