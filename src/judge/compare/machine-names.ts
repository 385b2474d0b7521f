import { grouped } from "../../spec/grouped.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { hardwareClass } from "../captured/hardware-class.ts";
import { formatCount } from "../wording.ts";

/** What may tell two records of one device and engine apart, the likeliest first. */
const DISCRIMINATORS: readonly ((record: RunRecord) => string)[] = [
  ({ provenance }) => formatCount(provenance.threadsPerWorker, "thread"),
  ({ provenance }) => formatCount(provenance.workers, "worker"),
  ({ provenance }) => provenance.engine.precision,
  ({ provenance }) => provenance.engine.version,
  ({ provenance }) => formatCount(provenance.hardware.cores, "core"),
  ({ provenance }) => provenance.operatingSystem,
  ({ provenance }) => provenance.hardware.architecture,
  ({ provenance }) => `Node ${provenance.node}`,
  ({ provenance }) => `claimbench ${provenance.claimbench.version}`,
  ({ suite }) => (suite.profile === undefined ? "no profile" : `profile ${suite.profile}`),
  ({ suite }) => `suite ${suite.id}`,
  ({ suite }) => `suite file ${suite.sha256.slice(0, 8)}`,
];

/**
 * A short name for each record: its class of hardware, and what else it takes to tell it from the others; records that
 * nothing tells apart are numbered as they were run. The names do not depend on the order of the records.
 *
 * @param labels the user's own, by place.
 */
export function machineNames(
  records: readonly RunRecord[],
  labels: readonly (string | undefined)[] = [],
): readonly string[] {
  const named = records.map(deviceOf);
  const unlabelled = [...records.keys()].filter((i) => labels[i] === undefined);
  for (const discriminator of DISCRIMINATORS) {
    for (const places of grouped(unlabelled, (i) => named[i] as string).values()) {
      const words = places.map((i) => discriminator(records[i] as RunRecord));
      if (new Set(words).size === 1) continue;
      for (const [at, i] of places.entries()) named[i] = `${named[i]}, ${words[at]}`;
    }
  }
  const ranks = numbersOf(records, named, labels);
  return records.map((_, i) => labels[i] ?? `${named[i]}${ranks[i]}`);
}

/** "AMD EPYC 7B13, onnx cpu" */
function deviceOf({ provenance }: RunRecord): string {
  const { facts } = hardwareClass(provenance);
  const model = facts[0]?.value ?? "unknown";
  return `${model}, ${provenance.engine.name} ${provenance.engine.device}`;
}

/** " (1)", " (2)" for equal names, by when they were run; else nothing. */
function numbersOf(
  records: readonly RunRecord[],
  names: readonly string[],
  labels: readonly (string | undefined)[],
): string[] {
  const taken = new Set(labels.filter((label) => label !== undefined));
  const numbers = names.map(() => "");
  const unlabelled = [...names.keys()].filter((i) => labels[i] === undefined);
  for (const [name, places] of grouped(unlabelled, (i) => names[i] as string)) {
    if (places.length === 1 && !taken.has(name)) continue;
    const whenOf = (i: number) => `${records[i]?.run.startedAt} ${records[i]?.run.id}`;
    let number = 0;
    for (const i of places.toSorted((a, b) => (whenOf(a) < whenOf(b) ? -1 : whenOf(a) > whenOf(b) ? 1 : a - b))) {
      do number += 1;
      while (taken.has(`${name} (${number})`));
      numbers[i] = ` (${number})`;
    }
  }
  return numbers;
}
