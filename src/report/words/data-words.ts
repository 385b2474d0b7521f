import type { Arm } from "../../spec/run.types.ts";
import type { DataFiles, DataSetName, PluginData } from "../../spec/suite.types.ts";
import { optionWords, versionedName } from "./plugin-words.ts";
import { formatWhole } from "./quantities.ts";

const NAMES: Record<DataSetName, string> = {
  mnist: "MNIST",
  "fashion-mnist": "Fashion-MNIST",
  "cifar-10": "CIFAR-10",
  "cifar-100": "CIFAR-100",
  timit: "TIMIT, the user's own features",
};

/** "MNIST, 6,000 training and 5,000 test samples". */
export function dataWords(data: Arm["data"]): string {
  if ("files" in data) return `${fileWords(data.files.train)} and ${fileWords(data.files.test)}`;
  if ("surrogate" in data) {
    const { features, classes, train, test, seed = 0, noise = 1 } = data;
    return `surrogate ${data.surrogate}, made up by a generator: ${features} features, ${classes} classes, ${formatWhole(train)} training and ${formatWhole(test)} test samples, noise ${noise}, seed ${seed}`;
  }
  if ("plugin" in data) return pluginDataWords(data);
  const size = (count: number | undefined, of: string) => `${count === undefined ? "all" : formatWhole(count)} ${of}`;
  const drawn = data.subsetSeed === undefined ? "" : `, drawn with seed ${data.subsetSeed}`;
  const noisy = data.labelNoise
    ? `, ${Number((100 * data.labelNoise.share).toPrecision(4))} % of the training labels replaced (drawn with seed ${data.labelNoise.seed ?? 0})`
    : "";
  return `${NAMES[data.set]}, ${size(data.train, "training")} and ${size(data.test, "test")} samples${drawn}${noisy}`;
}

function pluginDataWords(data: PluginData): string {
  const { plugin, code } = data;
  return [`${code?.title ?? "data"} (${versionedName(plugin, code)})`, ...optionWords(data)].join(", ");
}

function fileWords(file: DataFiles["files"]["train"]): string {
  return typeof file === "string" ? file : `${file.x} with ${file.y}`;
}
