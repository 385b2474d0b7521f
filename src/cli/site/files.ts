import { readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { isReport } from "../../report/is-report.ts";
import type { Place } from "../../report/site/places.ts";
import { writeReportFile } from "../../run/records/record-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";

/** The files of a site as they are made. */
export class SiteFiles {
  /** The site's own, those among them that could not be written. */
  readonly places = new Set<Place>();
  written = 0;
  /** Up to date as they were. */
  kept = 0;
  readonly #site: string;

  constructor(site: string) {
    this.#site = site;
  }

  keep(places: readonly Place[]): void {
    for (const place of places) this.places.add(place);
    this.kept += places.length;
  }

  /** @throws ClaimbenchError as `writeSiteFile`. */
  async write(place: Place, text: string): Promise<void> {
    this.places.add(place);
    if (await writeSiteFile(this.#site, place, text)) this.written++;
    else this.kept++;
  }
}

/**
 * Writes a file of a site, where it is not the same already.
 *
 * @returns whether it was written.
 * @throws ClaimbenchError `not-a-site` where somebody else's page is in its place, or `reports-not-writable`.
 */
async function writeSiteFile(site: string, place: Place, text: string): Promise<boolean> {
  const file = join(site, place);
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === text) return false;
  if (old !== undefined && isPage(place) && !isReport(old)) {
    throw new ClaimbenchError("not-a-site", `${file} is there already, and is no page of claimbench`, {
      hint: "move it away, or choose another folder with --out",
    });
  }
  await writeReportFile(file, text);
  return true;
}

/** Removes a file of a site, and the folders that are empty then; what is not a page of claimbench any more stays. */
export async function removeSiteFile(site: string, place: Place): Promise<void> {
  if (!liesWithin(place)) return;
  const file = join(site, place);
  if (isPage(place)) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined || !isReport(text)) return;
  }
  await rm(file, { force: true });
  for (let folder = dirname(place); folder !== "."; folder = dirname(folder)) {
    if (!(await removeEmpty(join(site, folder)))) break;
  }
}

function isPage(place: Place): boolean {
  return place.endsWith(".html");
}

/** The list of places is a file that anybody can write. */
function liesWithin(place: Place): boolean {
  return posix.normalize(place) === place && !place.startsWith("..") && !posix.isAbsolute(place) && place !== ".";
}

async function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
