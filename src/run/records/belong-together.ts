import { contentKey } from "../../plan/content-key.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";

/** A record and what its file is called in messages. */
export interface NamedRecord {
  readonly file: string;
  readonly record: RunRecord;
}

const MOST_LINES = 10;

/**
 * Whether records are of one suite, and their samples made with one version, engine and data; machines may differ.
 *
 * @throws ClaimbenchError `records-differ`, naming what is not the same.
 */
export function checkBelongTogether(one: NamedRecord, other: NamedRecord): void {
  const [ours, theirs] = [one.record.suite.id, other.record.suite.id];
  const lines =
    ours === theirs
      ? differences(new Map(essentials(one.record)), new Map(essentials(other.record)))
      : [`suite: ${ours}, and ${theirs}`];
  if (lines.length === 0) return;
  const shown =
    lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `${lines.length - MOST_LINES} more`] : lines;
  throw new ClaimbenchError(
    "records-differ",
    [`${one.file} and ${other.file} do not belong together:`, ...shown.map((line) => `  ${line}`)].join("\n"),
    { hint: "merge runs of one suite file with the same profile, filter, seeds, engine and version of claimbench" },
  );
}

function differences(ours: ReadonlyMap<string, unknown>, theirs: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((what) => {
    const [a, b] = [ours.get(what), theirs.get(what)];
    return contentKey(a ?? null) === contentKey(b ?? null) ? [] : [`${what}: ${inWords(a, b)}`];
  });
}

function inWords(a: unknown, b: unknown): string {
  if (a === undefined || b === undefined) return `only in the ${b === undefined ? "first" : "second"}`;
  const short = [a, b].every((value) => typeof value !== "object" || Array.isArray(value));
  return short ? `${a}, and ${b}` : "not the same";
}

/** What the samples and their judgement depend on, machines apart. */
function essentials({ suite, provenance, published }: RunRecord): [what: string, value: unknown][] {
  const { id, sha256, profile, seeds, arms, claims, ...heading } = suite;
  const { claimbench, engine, dataSets } = provenance;
  return [
    ["profile", profile ?? "none"],
    ["seeds", seeds],
    ...arms.map((arm): [string, unknown] => [`arm ${arm.name}`, arm]),
    ...claims.map((claim): [string, unknown] => [`claim ${claim.id}`, claim]),
    ["suite's heading and confidence", heading],
    ["suite file's SHA-256", sha256],
    ["claimbench", claimbench.version],
    ["engine", `${engine.name} (${engine.version}) on ${engine.device}, ${engine.precision}`],
    ...dataSets.map((file): [string, unknown] => [`data file ${file.name}`, checksums(file.name, dataSets)]),
    ["published values", published],
  ];
}

/** Files of several folders may share a name. */
function checksums(name: string, files: RunRecord["provenance"]["dataSets"]): string[] {
  return files.flatMap((file) => (file.name === name ? [file.sha256] : [])).toSorted();
}
