import { initialRunningStatistics, type ParameterLayout } from "../networks/layout.ts";
import type { TrainingState } from "./engine.ts";
import type { UpdateConstants } from "./update-constants.ts";

/** The state before the first update. @param theta x₀; copied. */
export function initialState(
  theta: Float32Array,
  layout: ParameterLayout,
  { stateCount }: Pick<UpdateConstants, "stateCount">,
): TrainingState {
  const moments = Array.from({ length: stateCount }, () => new Float32Array(layout.parameterCount));
  return { theta: Float32Array.from(theta), running: initialRunningStatistics(layout), moments, updates: 0 };
}

/** The rule's numbers of consecutive updates, [steps × numbers of the rule], the learning rate with its factor. */
export function scheduleOf(
  rule: Pick<UpdateConstants, "schedule">,
  updatesBefore: number,
  steps: number,
  rateFactor: (update: number) => number,
): Float32Array {
  const numbers = Array.from({ length: steps }, (_, i) => {
    const update = updatesBefore + i + 1;
    const [rate = 0, ...rest] = rule.schedule(update);
    return [rate * rateFactor(update), ...rest];
  });
  return Float32Array.from(numbers.flat());
}
