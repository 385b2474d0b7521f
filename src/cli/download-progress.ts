import type { Io } from "./io.ts";

const REDRAW_MILLISECONDS = 100;
/** Without a terminal: a line whenever this much more of a file is there. */
const PLAIN_STEP = 0.25;

export interface DownloadProgress {
  /** A line of its own. */
  print(line: string): void;
  /** @param bytes of `total` that are there. */
  update(name: string, bytes: number, total: number): void;
  /** Leaves the cursor on an empty line. */
  end(): void;
}

/** How far downloads are, on stderr: a line that is redrawn on a terminal, else a plain line now and then. */
export function downloadProgress(io: Io): DownloadProgress {
  let drawn = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let current = "";
  let told = 0;
  const clear = () => {
    if (drawn) io.err("\r\u001b[K");
    drawn = false;
  };
  return {
    print(line) {
      clear();
      io.err(`${line}\n`);
    },
    update(name, bytes, total) {
      const line = `${name} ${megabytes(bytes)} of ${megabytes(total)} MB (${Math.floor((100 * bytes) / total)} %)`;
      if (io.liveProgress) {
        const now = io.now().getTime();
        if (now - drawnAt < REDRAW_MILLISECONDS && bytes < total) return;
        drawnAt = now;
        io.err(`\r${line.slice(0, Math.max(20, io.columns.err - 1))}\u001b[K`);
        drawn = true;
        return;
      }
      if (name !== current) [current, told] = [name, 0];
      const step = Math.floor(bytes / total / PLAIN_STEP);
      if (step <= told) return;
      told = step;
      io.err(`${line}\n`);
    },
    end: clear,
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
