import type { Arm, RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup, ArmView } from "../arms.ts";

/** Arms that differ by nothing but one number of their regimes. */
export interface FactorFamily {
  readonly factor: "batch" | "warm-start";
  /** The factor: "batch size". */
  readonly words: string;
  /** By the factor, ascending. */
  readonly members: readonly FamilyMember[];
  /** Arms to compare them with. */
  readonly references: readonly FamilyReference[];
}

export interface FamilyMember {
  readonly arm: ArmView;
  /** Samples of a batch, or epochs before the start. */
  readonly at: number;
}

export interface FamilyReference {
  readonly arm: ArmView;
  /** "where they start from". */
  readonly role: string;
}

/** Fewer show no dependence that the arms' own charts do not. */
const LEAST_MEMBERS = 4;

interface Resolved extends Arm {
  readonly view: ArmView;
}

/** The families of at least four arms that share an axis. */
export function factorFamilies(record: RunRecord, group: ArmGroup): FactorFamily[] {
  const arms = record.suite.arms.flatMap((arm): Resolved[] => {
    const view = group.arms.find(({ name }) => name === arm.name);
    return view ? [{ ...arm, view }] : [];
  });
  const cold = arms.filter(({ regime }) => !regime.start);
  const warm = arms.filter(({ regime }) => regime.start);
  return [
    ...familiesOf(cold, ({ regime }) => ({ ...regime, batch: null })).flatMap((family) =>
      familyView("batch", "batch size", family, (arm) => batchOf(record, arm), []),
    ),
    ...familiesOf(warm, ({ regime }) => ({ ...regime, start: { ...regime.start, epoch: null } })).flatMap((family) => {
      const [first] = family;
      const { start, ...coldRegime } = first.regime;
      const same = cold.filter(({ regime }) => canonical(regime) === canonical(coldRegime));
      const source = arms.filter(({ name }) => name === start?.arm);
      const references = [
        ...source.map(({ view }) => ({ arm: view, role: "where they start from" })),
        ...same.map(({ view }) => ({ arm: view, role: "the same from a cold start" })),
      ];
      const from = source[0]?.view.label ?? start?.arm;
      return familyView("warm-start", `epoch of ${from} that it starts from`, family, startOf, references);
    }),
  ];
}

function familyView(
  factor: FactorFamily["factor"],
  words: string,
  arms: readonly Resolved[],
  factorOf: (arm: Arm) => number | undefined,
  references: readonly FamilyReference[],
): FactorFamily[] {
  const members = arms
    .flatMap((arm): FamilyMember[] => {
      const at = factorOf(arm);
      return at === undefined ? [] : [{ arm: arm.view, at }];
    })
    .sort((a, b) => a.at - b.at);
  const distinct = new Set(members.map(({ at }) => at)).size;
  return distinct < LEAST_MEMBERS ? [] : [{ factor, words, members, references }];
}

/** Arms whose regimes agree in all but the factor. */
function familiesOf(arms: readonly Resolved[], without: (arm: Arm) => object): [Resolved, ...Resolved[]][] {
  const families = new Map<string, [Resolved, ...Resolved[]]>();
  for (const arm of arms) {
    const key = canonical(without(arm));
    const family = families.get(key);
    if (family) family.push(arm);
    else families.set(key, [arm]);
  }
  return [...families.values()];
}

/** Equal for equal values, in whatever order their keys were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** In samples; a share of the training set is known from the trials. */
function batchOf({ trials }: RunRecord, { name, regime }: Arm): number | undefined {
  if (typeof regime.batch === "number") return regime.batch;
  const trial = trials.find((each) => each.arm === name && each.state === "completed");
  return trial?.state === "completed" ? trial.batchSize : undefined;
}

function startOf({ regime }: Arm): number | undefined {
  return regime.start?.epoch;
}
