import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeReportFile } from "../run/records/record-file.ts";
import { ClaimbenchError } from "../spec/error.ts";

/** Writes a page whole or not at all, with the folders that lead to it. @throws ClaimbenchError `reports-not-writable`. */
export async function writePage(file: string, html: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true }).catch((cause: Error) => {
    throw new ClaimbenchError("reports-not-writable", `cannot write ${dirname(file)}: ${cause.message}`, {
      hint: "choose another place for the page",
      cause,
    });
  });
  await writeReportFile(file, html);
}
