import type { Arm, RunRecord } from "../../spec/run.types.ts";
import { dataWords } from "../words/data-words.ts";
import { formatWhole, listWords } from "../words/quantities.ts";
import { parameterCounts } from "../words/scale-words.ts";
import { armSentences, seedSentence } from "./arms-prose.ts";
import { measurementSentences } from "./measurements-prose.ts";
import { layersInWords } from "./network-words.ts";
import { statisticsSentences } from "./statistics-prose.ts";

const MOST_NETWORKS = 4;

/** How the run was made, as the paragraphs of an appendix: what was trained, how, what was measured, how it was judged. */
export function methodsProse(record: RunRecord): string[] {
  return [
    `${networkSentences(record)} ${dataSentence(record)}`,
    `${armSentences(record)} ${seedSentence(record)}`,
    measurementSentences(record),
    statisticsSentences(record),
    computingSentence(record),
  ].filter((paragraph) => paragraph !== "");
}

const INITIALISERS = {
  "glorot-uniform": "from Glorot's uniform distribution",
  "he-uniform": "from He's uniform distribution",
  uniform: "uniformly within ±1/√(inputs)",
};

function networkSentences(record: RunRecord): string {
  const { arms } = record.suite;
  const networks = [...new Map(arms.map(({ networkName, network }) => [networkName, network]))];
  const described = networks.slice(0, MOST_NETWORKS).map(([name, network]) => {
    const own = arms.filter((arm) => arm.networkName === name).map((arm) => arm.name);
    const sizes = parameterCounts(record, own);
    const size = sizes.length === 0 ? "" : `; ${listWords(sizes.map(formatWhole))} parameters`;
    return `${name} (${layersInWords(network)}${size})`;
  });
  const more = networks.length - described.length;
  const told = listWords(more > 0 ? [...described, `${more} more`] : described, MOST_NETWORKS + 1);
  const initialisers = [...new Set(networks.map(([, network]) => network.initialiser ?? "glorot-uniform"))];
  const drawn = listWords(initialisers.map((each) => INITIALISERS[each]));
  return [
    `The ${networks.length === 1 ? "network trained is" : "networks trained are"} ${told}; weights are drawn ${drawn}, biases start at 0.`,
    "The loss is the mean cross-entropy over the training samples, in nats.",
    ...batchNormSentence(networks.map(([, network]) => network)),
  ].join(" ");
}

const STATISTICS = { batch: "the statistics of the evaluation batch", running: "running averages" };

function batchNormSentence(networks: readonly Arm["network"][]): string[] {
  const statistics = [...new Set(networks.flatMap(({ layers }) => batchNormStatistics(layers)))];
  if (statistics.length === 0) return [];
  return [`Batch normalisation uses ${listWords(statistics.map((each) => STATISTICS[each]))} at evaluation.`];
}

type Layers = Arm["network"]["layers"];

function batchNormStatistics(layers: Layers | readonly Layers[number][]): (keyof typeof STATISTICS)[] {
  return layers.flatMap((layer) => {
    if ("repeat" in layer) return batchNormStatistics(layer.layers);
    return layer.layer === "batch-norm" ? [layer.statistics ?? "batch"] : [];
  });
}

function dataSentence({ suite }: RunRecord): string {
  const data = [...new Set(suite.arms.map((arm) => dataWords(arm.data)))];
  return `The data are ${listWords(data, 4)}.`;
}

function computingSentence({ provenance }: RunRecord): string {
  const { claimbench, engine, hardware } = provenance;
  const commit = claimbench.gitCommit === undefined ? "" : ` (commit ${claimbench.gitCommit})`;
  const machine = engine.device === "cpu" || hardware.gpu === undefined ? hardware.cpu : hardware.gpu;
  return `Computed by claimbench ${claimbench.version}${commit} with ${engine.version} on ${machine}, in ${engine.precision}.`;
}
