import { parameterLayout } from "../networks/layout.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import { activationCount, forwardWork } from "../networks/work.ts";
import { elementCount } from "../spec/element-count.ts";
import type { Arm } from "../spec/run.types.ts";
import type { TrialSize } from "./trial-cost.ts";

/** How large an arm's trials are, from its network and the size of its data. */
export function trialSize(arm: Arm, trainCount: number, testCount: number): TrialSize {
  const network = resolvedNetwork(arm.network, arm.networkName);
  return {
    forwardWork: forwardWork(network),
    parameterCount: parameterLayout(network).parameterCount,
    activationCount: (batch) => activationCount(network, batch),
    features: elementCount(network.input),
    trainCount,
    testCount,
  };
}
