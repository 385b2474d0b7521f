import type { Arm } from "../spec/run.types.ts";
import { formatWhole } from "./quantities.ts";

/** "MNIST, 6,000 training and 5,000 test samples". */
export function dataWords(data: Arm["data"]): string {
  if ("files" in data) return `${data.files.train} and ${data.files.test}`;
  const size = (count: number | undefined, of: string) => `${count === undefined ? "all" : formatWhole(count)} ${of}`;
  const drawn = data.subsetSeed === undefined ? "" : `, drawn with seed ${data.subsetSeed}`;
  return `${data.set.toUpperCase()}, ${size(data.train, "training")} and ${size(data.test, "test")} samples${drawn}`;
}
