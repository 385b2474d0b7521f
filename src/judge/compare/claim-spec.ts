import canonicalize from "canonicalize";
import { grouped } from "../../spec/grouped.ts";
import { innermost, operandsOf } from "../../spec/operands.ts";
import type { Arm, Claim, RunRecord } from "../../spec/run.types.ts";
import type { Machine } from "./machine.ts";

/** What a claim's result rests on and machines say otherwise; a difference of seeds is none. */
export interface SpecDifference {
  /** "assertions", "arm SB: regime" */
  readonly what: string;
  /** Names of machines that say the same. */
  readonly groups: readonly (readonly string[])[];
}

/** Where the machines that have a claim do not mean the same by it; empty where they do. */
export function specDifferences(machines: readonly Machine[], claim: string): SpecDifference[] {
  const specs = machines.map(({ name, record }) => ({ name, record, parts: claimParts(record, claim) }));
  const parts = [...new Set(specs.flatMap((spec) => [...spec.parts.keys()]))];
  const differences = parts.flatMap((what): SpecDifference[] => {
    const groups = grouped(specs, (spec) => spec.parts.get(what));
    return groups.size === 1 ? [] : [{ what, groups: [...groups.values()].map(namesOf) }];
  });
  return [...differences, ...dataDifferences(specs)];
}

/** Canonical JSON of each thing that the samples of a claim, and its verdict, depend on. */
function claimParts(record: RunRecord, id: string): Map<string, string | undefined> {
  const claim = record.suite.claims.find((each) => each.id === id);
  const parts = new Map<string, string | undefined>();
  if (!claim) return parts;
  parts.set("confidence", canonicalize(record.suite.confidence));
  parts.set("assertions", canonicalize(claim.assertions));
  const published = claim.assertions.flatMap((assertion) => {
    const inner = innermost(assertion);
    return inner.kind === "consistent" ? [record.published[inner.pointer] ?? null] : [];
  });
  if (published.length > 0) parts.set("published values", canonicalize(published));
  for (const arm of trainedFor(record, claim)) {
    for (const [part, value] of armParts(arm)) parts.set(`arm ${arm.name}: ${part}`, value);
  }
  for (const { arm: name, measurement } of claim.assertions.flatMap(operandsOf)) {
    const measured = record.suite.arms.find((arm) => arm.name === name)?.measure[measurement];
    parts.set(`measurement ${name}.${measurement}`, canonicalize(measured ?? null));
  }
  return parts;
}

function armParts({ network, data, regime }: Arm): [part: string, value: string | undefined][] {
  const { input, layers, initialiser } = network;
  return [
    ["network", canonicalize({ input, layers, initialiser: initialiser ?? null })],
    ["data", canonicalize(data)],
    ["regime", canonicalize(regime)],
  ];
}

/** How an arm is trained, other arms that it starts from or counts the updates of included: equal texts, equal training. */
export function trainingText(record: RunRecord, name: string): string {
  return JSON.stringify(withSources(record, [name]).map((arm) => [arm.name, ...armParts(arm)]));
}

/** The arms of a claim's samples, and those that these start from, end at or lead from. */
function trainedFor(record: RunRecord, claim: Claim): Arm[] {
  const references = claim.assertions.flatMap(operandsOf);
  const ends = references.flatMap(({ arm, measurement }) => {
    const measured = record.suite.arms.find(({ name }) => name === arm)?.measure[measurement];
    return measured?.metric === "path" ? [measured.from] : [];
  });
  return withSources(record, [...references.map(({ arm }) => arm), ...ends]);
}

function withSources({ suite }: RunRecord, names: readonly string[]): Arm[] {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const arm = suite.arms.find((each) => each.name === name);
    if (!arm || found.has(name)) continue;
    found.add(name);
    const { start, stop } = arm.regime;
    if (start) open.push(start.arm);
    if ("updatesOf" in stop) open.push(stop.updatesOf);
  }
  return suite.arms.filter(({ name }) => found.has(name));
}

/** Files of one name whose checksums are not the same, though a run may have used fewer of them. */
function dataDifferences(machines: readonly Pick<Machine, "name" | "record">[]): SpecDifference[] {
  const names = new Set(machines.flatMap(({ record }) => record.provenance.dataSets.map(({ name }) => name)));
  return [...names].toSorted().flatMap((file): SpecDifference[] => {
    const sums = machines.map(({ record }) => checksumsOf(record, file)).filter((each) => each.size > 0);
    if (sums.every((a) => sums.every((b) => isPartOf(a, b) || isPartOf(b, a)))) return [];
    const groups = grouped(machines, ({ record }) => [...checksumsOf(record, file)].toSorted().join());
    return [{ what: `data file ${file}`, groups: [...groups.values()].map(namesOf) }];
  });
}

function checksumsOf({ provenance }: RunRecord, file: string): Set<string> {
  return new Set(provenance.dataSets.flatMap(({ name, sha256 }) => (name === file ? [sha256] : [])));
}

function isPartOf(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((each) => b.has(each));
}

function namesOf(machines: readonly { readonly name: string }[]): string[] {
  return machines.map(({ name }) => name);
}
