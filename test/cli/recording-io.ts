import type { Io } from "../../src/cli/io.ts";

/** An Io that keeps what is written and whose clock stands where the test puts it. */
export function recordingIo(options: { live?: boolean; columns?: number } = {}) {
  const written = { out: "", err: "" };
  const clock = { seconds: 0 };
  const columns = options.columns ?? 100;
  const io: Io = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    environment: {},
    liveProgress: options.live ?? false,
    columns: { out: columns, err: columns },
    colours: { out: false, err: false },
    cwd: "/",
    now: () => new Date(1000 * clock.seconds),
    signal: new AbortController().signal,
  };
  return { io, written, clock };
}
