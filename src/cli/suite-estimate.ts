import { trialSize } from "../plan/arm-facts.ts";
import { planTraining } from "../plan/training-plan.ts";
import { trialCost } from "../plan/trial-cost.ts";
import type { Arm, Suite } from "../spec/run.types.ts";
import type { SuiteContext } from "../spec/suite-context.ts";

/** Of one core with nothing known of it. */
const SECONDS_PER_MULTIPLY_ADD = 1e-10;

/**
 * Roughly how long all trials of a suite take on one core, in seconds, when nothing of them is in the store; undefined where
 * the size of some data is not known.
 */
export function estimatedSeconds(suite: Suite, context: SuiteContext): number | undefined {
  const sizes = new Map(suite.arms.map((arm) => [arm.name, dataSize(arm, context)]));
  let work = 0;
  for (const arm of suite.arms) {
    const size = sizes.get(arm.name);
    if (!size) return undefined;
    const plan = planTraining(suite, arm, ({ name }) => sizes.get(name)?.train ?? 1);
    work += trialCost(arm, plan, trialSize(arm, size.train, size.test)).total;
  }
  return work * suite.seeds.length * SECONDS_PER_MULTIPLY_ADD;
}

function dataSize({ data }: Arm, context: SuiteContext): { train: number; test: number } | undefined {
  if ("files" in data || "plugin" in data) return undefined;
  if ("surrogate" in data) return data;
  const whole = context.dataSetSize(data.set);
  return whole && { train: data.train ?? whole.train, test: data.test ?? whole.test };
}
