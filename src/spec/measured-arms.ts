import type { JsonPath } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import type { Problems } from "./problems.ts";
import type { Arm } from "./run.types.ts";
import { type SuiteVariant, suffix } from "./variants.ts";

/** Whether the arms that measurements are for, and paths come from, exist, and a path's ends have one network. */
export function checkMeasuredArms(variant: SuiteVariant, arms: readonly Arm[], problems: Problems): void {
  const known = Object.keys(variant.arms);
  const byName = new Map(arms.map((arm) => [arm.name, arm]));
  const end = suffix(variant.axes);
  for (const [id, measurement] of Object.entries(variant.measure)) {
    const report = (path: JsonPath, message: string) =>
      problems.addAt(
        [path, []].flatMap((rest) => variant.origins.map((origin) => [...origin, "measure", id, ...rest])),
        message,
      );
    const absent = (name: string) => `there is no arm "${name}"${didYouMean(name, known)}`;
    const { arms: only = known } = measurement;
    for (const [i, name] of only.entries()) if (!known.includes(name)) report(["arms", i], absent(name));
    if (measurement.metric !== "path") continue;
    const { from } = measurement;
    if (!known.includes(from)) report(["from"], absent(from));
    const source = byName.get(from + end);
    for (const name of only) {
      const arm = byName.get(name + end);
      const circle = circleThrough(name, variant);
      if (name !== from && circle) {
        report(["from"], `arms would wait for each other: ${circle.join(" → ")}`);
        break;
      }
      if (name === from) {
        report(["from"], `${id} would lead from ${from} to itself; name the arms it is for in "arms"`);
      } else if (source && arm && !sameNetwork(source, arm)) {
        report(
          ["from"],
          `${id} leads from ${from}, which trains ${source.networkName}, to ${name}: ${arm.networkName}`,
        );
      }
    }
  }
}

/** The names from an arm back to itself, going from each arm to those that have to be trained before it is done. */
function circleThrough(name: string, variant: SuiteVariant): string[] | undefined {
  const seen = new Set<string>();
  const trails = [[name]];
  for (let trail = trails.pop(); trail; trail = trails.pop()) {
    for (const next of neededBy(trail.at(-1) ?? name, variant)) {
      if (next === name) return [...trail, next];
      if (seen.has(next)) continue;
      seen.add(next);
      trails.push([...trail, next]);
    }
  }
  return undefined;
}

/** Arms that a path to this one leads from, and the one that it starts at. */
function neededBy(name: string, { arms, measure }: SuiteVariant): string[] {
  const ends = Object.values(measure).flatMap((measurement) =>
    measurement.metric === "path" && (measurement.arms ?? Object.keys(arms)).includes(name) ? [measurement.from] : [],
  );
  const start = arms[name]?.train?.start?.arm;
  return start === undefined ? ends : [...ends, start];
}

/** Whatever they are called. */
export function sameNetwork({ network: a }: Arm, { network: b }: Arm): boolean {
  return JSON.stringify([a.input, a.layers]) === JSON.stringify([b.input, b.layers]);
}
