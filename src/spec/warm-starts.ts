import type { JsonPath } from "./json-source.ts";
import { sameNetwork } from "./measured-arms.ts";
import { didYouMean } from "./nearest.ts";
import type { Arm } from "./run.types.ts";
import { type SuiteVariant, suffix } from "./variants.ts";

/** Whether every warm start begins at an iterate that there is, of a network like its own. */
export function checkWarmStarts(
  { arms: own, axes }: SuiteVariant,
  arms: readonly Arm[],
  report: (arm: string, path: JsonPath, message: string) => void,
): void {
  const end = suffix(axes);
  const byName = new Map(arms.map((arm) => [arm.name, arm]));
  for (const arm of arms) {
    const { start, optimizer } = arm.regime;
    if (!start) continue;
    const name = arm.name.slice(0, arm.name.length - end.length);
    const other = start.arm.slice(0, start.arm.length - end.length);
    const source = byName.get(start.arm);
    const say = (key: string, message: string) => report(name, ["train", "start", key], message);
    if (!Object.hasOwn(own, other)) say("arm", `there is no arm "${other}"${didYouMean(other, Object.keys(own))}`);
    if (!source) continue;
    const circle = circleFrom(arm, byName);
    if (circle) {
      say("arm", `arms start from each other in a circle: ${circle.join(" → ")}`);
      continue;
    }
    if (!sameNetwork(source, arm)) {
      say(
        "arm",
        `arm ${name} trains ${arm.networkName}; it cannot start from ${other}, which trains ${source.networkName}`,
      );
    }
    if ("epochs" in source.regime.stop && start.epoch > source.regime.stop.epochs) {
      say("epoch", `arm ${other} trains ${source.regime.stop.epochs} epochs; there is no epoch ${start.epoch} of it`);
    }
    const kind = (each: Arm) => Object.keys(each.regime.optimizer)[0];
    if (start.optimizerState === "carried" && kind(source) !== kind(arm)) {
      const theirs = kind(source);
      say("optimizerState", `the state of ${other}'s ${theirs} cannot be carried on with ${Object.keys(optimizer)[0]}`);
    }
  }
}

/** The names from an arm back to itself, when its warm start leads there. */
function circleFrom(arm: Arm, byName: ReadonlyMap<string, Arm>): string[] | undefined {
  const trail = [arm.name];
  for (let next = arm.regime.start?.arm; next !== undefined; next = byName.get(next)?.regime.start?.arm) {
    if (next === arm.name) return [...trail, next];
    if (trail.includes(next)) return undefined;
    trail.push(next);
  }
  return undefined;
}
