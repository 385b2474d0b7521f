import type { Arm, RunRecord } from "../spec/run.types.ts";
import type { ArmGroup } from "./arms.ts";
import { edgeScale, fittingScale } from "./charts/edge-scale.ts";
import { type ProfileLine, profileChart } from "./charts/profile.ts";
import type { FigureView } from "./figure.ts";
import { lineOf, type ProfileView } from "./profile-view.ts";
import { formatShare, formatValue } from "./quantities.ts";
import { numeric, tableView } from "./table.ts";

/** Arms that differ in one number of their regime. */
interface Family {
  readonly factor: "batch size" | "warm start after epoch";
  readonly members: readonly { readonly arm: Arm; readonly x: number }[];
}

const LEAST_MEMBERS = { "batch size": 4, "warm start after epoch": 3 } as const;

/** Test accuracy and sharpness over the batch size, or over the epoch that warm starts begin at. */
export function dependences(record: RunRecord, group: ArmGroup): ProfileView[] {
  return familiesOf(record, group).map((family) => dependenceView(record, group, family));
}

function familiesOf({ suite, trials }: RunRecord, { arms: views }: ArmGroup): Family[] {
  const arms = suite.arms.filter(({ name }) => views.some((view) => view.name === name));
  const families = new Map<string, { factor: Family["factor"]; members: { arm: Arm; x: number }[] }>();
  const add = (factor: Family["factor"], rest: unknown, arm: Arm, x: number | undefined) => {
    if (x === undefined) return;
    const key = JSON.stringify([factor, rest]);
    const family = families.get(key) ?? { factor, members: [] };
    family.members.push({ arm, x });
    families.set(key, family);
  };
  for (const arm of arms) {
    const { batch: _, start, ...regime } = arm.regime;
    const trial = trials.find((each) => each.arm === arm.name && each.state === "completed");
    if (start) add("warm start after epoch", [arm.regime.batch, regime, start.arm], arm, start.epoch);
    else add("batch size", regime, arm, trial?.state === "completed" ? trial.batchSize : undefined);
  }
  return [...families.values()]
    .filter(({ factor, members }) => new Set(members.map(({ x }) => x)).size >= LEAST_MEMBERS[factor])
    .map(({ factor, members }) => ({ factor, members: members.toSorted((a, b) => a.x - b.x) }));
}

const DASHES = ["", "6 3", "2 3"] as const;

function dependenceView(record: RunRecord, { heading }: ArmGroup, { factor, members }: Family): ProfileView {
  const x = {
    scale:
      factor === "batch size" ? edgeScale(members.map((each) => each.x)) : fittingScale(members.map((each) => each.x)),
    label: factor === "batch size" ? "batch size, logarithmic" : "epochs of the small batch before",
  };
  const line = (label: string, i: number, value: (arm: Arm, seed: number) => number | undefined): ProfileLine =>
    lineOf(
      { label, colour: `var(--arm-${(i % 6) + 1})`, dash: DASHES[i % DASHES.length] ?? "" },
      record.suite.seeds.map((seed) =>
        members.flatMap(({ arm, x: at }) => {
          const y = value(arm, seed);
          return y === undefined ? [] : [{ x: at, y }];
        }),
      ),
    );
  const figure = (title: string, lines: readonly ProfileLine[], logarithmic: boolean): FigureView[] => {
    const ys = lines.flatMap(({ seeds }) => seeds.flat().map(({ y }) => y));
    if (ys.length === 0) return [];
    const scale = logarithmic ? edgeScale(ys) : fittingScale(ys);
    const label = `${title} over the ${factor}, ${heading}; the values are in the table below.`;
    return [{ title, chart: profileChart({ lines, x, y: { scale }, label }), note: null }];
  };
  const accuracy = line("test", 0, (arm, seed) => testAccuracy(record, arm, seed));
  const sharpness = sharpnessOf(members[0]?.arm).flatMap(({ name, epsilon, maximisers }) => ({
    title: `φ (${name}, ε = ${epsilon}), logarithmic`,
    lines: maximisers.map((maximiser, i) =>
      line(maximiser, i, (arm, seed) => sharpnessAt(record, arm, seed, { name, epsilon, maximiser })),
    ),
  }));
  const columns = sharpness.flatMap(({ title, lines }) => lines.map(({ label }) => `${title.split(",")[0]}, ${label}`));
  return {
    heading: factor === "batch size" ? "By batch size" : "By the epoch a warm start begins at",
    remark: "A thin line a seed, the thick one their median.",
    figures: [
      ...figure("Test accuracy", [accuracy], false),
      ...sharpness.flatMap(({ title, lines }) => figure(title, lines, true)),
    ],
    table: tableView(
      `By ${factor}, ${heading}: medians over the seeds`,
      [numeric(factor), numeric("test accuracy"), ...columns.map(numeric)],
      members.map(({ x: at }, i) => [
        String(at),
        accuracy.median[i] ? formatShare(accuracy.median[i].y) : "–",
        ...sharpness.flatMap(({ lines }) => lines.map(({ median }) => formatValue(median[i]?.y))),
      ]),
    ),
  };
}

function testAccuracy({ trials }: RunRecord, { name }: Arm, seed: number): number | undefined {
  const trial = trials.find((each) => each.arm === name && each.seed === seed);
  return trial?.state === "completed" ? trial.curve.at(-1)?.testAccuracy : undefined;
}

function sharpnessOf(arm: Arm | undefined): { name: string; epsilon: number; maximisers: readonly string[] }[] {
  return Object.entries(arm?.measure ?? {}).flatMap(([name, measurement]) =>
    measurement.metric === "sharpness"
      ? measurement.epsilon.map((epsilon) => ({ name, epsilon, maximisers: measurement.maximiser }))
      : [],
  );
}

function sharpnessAt(
  { samples }: RunRecord,
  arm: Arm,
  seed: number,
  { name, epsilon, maximiser }: { name: string; epsilon: number; maximiser: string },
): number | undefined {
  const found = samples.find(
    (sample) =>
      sample.arm === arm.name &&
      sample.seed === seed &&
      sample.measurement === name &&
      sample.epsilon === epsilon &&
      sample.maximiser === maximiser &&
      sample.at === undefined,
  );
  return found && "value" in found ? found.value : undefined;
}
