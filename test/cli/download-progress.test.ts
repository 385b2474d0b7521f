import { expect, test } from "vitest";
import { downloadProgress } from "../../src/cli/download-progress.ts";
import { recordingIo } from "./recording-io.ts";

const MB = 1e6;

test("without a terminal there is a line for each quarter of a file", () => {
  const { io, written } = recordingIo();
  const { print, update, end } = downloadProgress(io);
  print("fetching a");
  for (let bytes = 0; bytes <= 8; bytes++) update("a", bytes * MB, 8 * MB);
  update("b", 5 * MB, 8 * MB);
  end();
  expect(written.err.split("\n")).toEqual([
    "fetching a",
    "a 2.0 of 8.0 MB (25 %)",
    "a 4.0 of 8.0 MB (50 %)",
    "a 6.0 of 8.0 MB (75 %)",
    "a 8.0 of 8.0 MB (100 %)",
    "b 5.0 of 8.0 MB (62 %)",
    "",
  ]);
  expect(written.out).toBe("");
});

test("on a terminal one line is redrawn, not too often, and gives way to others", () => {
  const { io, written, clock } = recordingIo({ live: true });
  const { print, update, end } = downloadProgress(io);
  update("a", MB, 8 * MB);
  update("a", 2 * MB, 8 * MB);
  clock.seconds = 1;
  update("a", 3 * MB, 8 * MB);
  print("unpacking a");
  end();
  expect(written.err).toBe("\ra 1.0 of 8.0 MB (12 %)\u001b[K\ra 3.0 of 8.0 MB (37 %)\u001b[K\r\u001b[Kunpacking a\n");
});
