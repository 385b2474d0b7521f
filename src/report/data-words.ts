import type { Arm } from "../spec/run.types.ts";
import type { DataFiles } from "../spec/suite.types.ts";
import { formatWhole } from "./quantities.ts";

/** "MNIST, 6,000 training and 5,000 test samples". */
export function dataWords(data: Arm["data"]): string {
  if ("files" in data) return `${fileWords(data.files.train)} and ${fileWords(data.files.test)}`;
  if ("surrogate" in data) {
    const { features, classes, train, test, seed = 0, noise = 1 } = data;
    return `surrogate ${data.surrogate}, made up: ${features} features, ${classes} classes, ${formatWhole(train)} training and ${formatWhole(test)} test samples, noise ${noise}, seed ${seed}`;
  }
  const size = (count: number | undefined, of: string) => `${count === undefined ? "all" : formatWhole(count)} ${of}`;
  const drawn = data.subsetSeed === undefined ? "" : `, drawn with seed ${data.subsetSeed}`;
  const noisy = data.labelNoise
    ? `, ${Number((100 * data.labelNoise.share).toPrecision(4))} % of the training labels wrong`
    : "";
  return `${data.set.toUpperCase()}, ${size(data.train, "training")} and ${size(data.test, "test")} samples${drawn}${noisy}`;
}

function fileWords(file: DataFiles["files"]["train"]): string {
  return typeof file === "string" ? file : `${file.x} with ${file.y}`;
}
