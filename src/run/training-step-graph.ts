import { loadData } from "../data/load.ts";
import { updateRule } from "../engine/onnx/graphs/optimiser.ts";
import { segmentsOf } from "../engine/onnx/graphs/segments.ts";
import { buildTrainingGraph } from "../engine/onnx/graphs/training-graph.ts";
import { parameterLayout } from "../networks/layout.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import { batchSize } from "../spec/batch-size.ts";
import type { Arm } from "../spec/run.types.ts";
import { dataSources } from "./data-sources.ts";

/**
 * The graph by which the onnx engine trains an arm on the CPU, as the bytes of an .onnx file.
 *
 * @param suiteFolder folder that data files in the suite are relative to.
 */
export async function trainingStepGraph(arm: Arm, suiteFolder: string): Promise<Uint8Array> {
  const { train } = await loadData(arm.data, dataSources(suiteFolder, undefined));
  const network = resolvedNetwork(arm.network, arm.networkName);
  const layout = parameterLayout(network);
  return buildTrainingGraph({
    network,
    layout,
    segments: segmentsOf(layout),
    rule: updateRule(arm.regime.optimizer),
    samples: train.count,
    batch: batchSize(arm.regime.batch, train.count),
    microBatch: arm.regime.microBatch,
  });
}
