import pc from "picocolors";
import { type Rejudged, rejudge, type SpecDifference } from "../judge/rejudge.ts";
import type { VerdictStatus } from "../judge/verdict.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import { type ProfileName, profilesOf, readSuite } from "../spec/read-suite.ts";
import type { RunRecord } from "../spec/run.types.ts";
import type { SuiteContext } from "../spec/suite-context.ts";
import { contextOf, loadBaseline, loadSuiteFile } from "./package-files.ts";
import { columns } from "./text/columns.ts";
import { paragraph } from "./text/paragraph.ts";

/**
 * Judges a record by the claims of a suite file.
 *
 * @param name path or id of the suite.
 * @param profile of the suite; the record's own when absent, where the suite has it.
 * @returns also the path of the suite file.
 * @throws ClaimbenchError of the suite file; `record-lacks` where its claims need what the record has not.
 */
export async function rejudgeBySuite(
  record: RunRecord,
  name: string,
  profile: ProfileName | undefined,
  cwd: string,
): Promise<Rejudged & { readonly file: string }> {
  const source = loadSuiteFile(name, cwd);
  // A data set stands for itself where the record was trained on it, whether it is here or not.
  const sets = new Set<string>(record.suite.arms.flatMap(({ data }) => ("set" in data ? [data.set] : [])));
  const context: SuiteContext = { ...(await contextOf(source)), hasDataSet: (set) => sets.has(set) };
  const chosen = profile ?? profilesOf(source).find((known) => known === record.suite.profile);
  const suite = readSuite(source, context, chosen === undefined ? {} : { profile: chosen });
  return { ...rejudge(record, suite, publishedEntries(suite, loadBaseline(suite.paper))), file: source.file };
}

/** "was → now" by claim, then what the suite says otherwise. */
export function renderRejudged({ was, now, differences }: Rejudged, colour: boolean): string {
  const colours = pc.createColors(colour);
  const before = new Map(was.map(({ claim, status }) => [claim, status]));
  const after = new Map(now.map(({ claim, status }) => [claim, status]));
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const rows = ids.map((id) => [id, statusOf(before, id), "→", statusOf(after, id), changeMark(before, after, id)]);
  const turned = ids.filter((id) => before.has(id) && after.has(id) && before.get(id) !== after.get(id)).length;
  const both = ids.filter((id) => before.has(id) && after.has(id)).length;
  const [heading = "", ...lines] = columns([["claim", "was", "", "now", ""], ...rows], 0, "left");
  const shown = lines.map((line, i) => (rows[i]?.[4] === "" ? line : colours.bold(line)));
  return `${[
    heading,
    ...shown,
    "",
    `${turned} of ${both} verdicts turn`,
    ...(differences.length === 0 ? ["The suite says the same as the record."] : ["", "What the suite says otherwise"]),
    ...differences.flatMap(differenceLines),
  ].join("\n")}\n`;
}

type Statuses = ReadonlyMap<string, VerdictStatus>;

function statusOf(statuses: Statuses, id: string): string {
  return statuses.get(id) ?? "–";
}

function changeMark(before: Statuses, after: Statuses, id: string): string {
  if (!before.has(id)) return "added";
  if (!after.has(id)) return "removed";
  return before.get(id) === after.get(id) ? "" : "turned";
}

function differenceLines(difference: SpecDifference): string[] {
  if (difference.kind === "confidence" || difference.kind === "multiplicity") {
    return [`  ${difference.kind} ${difference.was} → ${difference.now}`];
  }
  if (difference.kind !== "changed") return [`  ${difference.claim}: ${difference.kind}`];
  return [
    `  ${difference.claim}`,
    ...difference.changes.flatMap(({ part, was, now }) =>
      paragraph(`${part === "assertion" ? "" : `${part}: `}${was ?? "none"} → ${now ?? "none"}`, 4, 2),
    ),
  ];
}
