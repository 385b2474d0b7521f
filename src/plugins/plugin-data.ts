import { createHash } from "node:crypto";
import type { LoadedData, Samples } from "../data/samples.ts";
import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { optionsOf } from "../spec/plugin-options.ts";
import type { DataFileFacts } from "../spec/run.types.ts";
import type { PluginData } from "../spec/suite.types.ts";
import { failureWords } from "./failure.ts";
import type { OptionsOf } from "./options-of.ts";
import { dataSetOf } from "./planned-plugin.ts";
import type { DataSet, PluginSamples } from "./plugin.ts";
import { randomSource } from "./random-source.ts";
import { settled } from "./settled.ts";

/**
 * Has a plugin make its data. The checksums are of the samples: a plugin may read files that nobody else knows of.
 *
 * @param folder of the suite.
 * @throws ClaimbenchError `plugin-data` with what the plugin threw, or what is wrong with its samples.
 */
export async function loadPluginData(data: PluginData, folder: string): Promise<LoadedData> {
  const dataSet = await dataSetOf(data, folder);
  const { plugin: name } = data;
  const made = await makeSamples(dataSet, data, folder).catch((cause: unknown) => {
    throw new ClaimbenchError("plugin-data", `the data of ${name}: ${failureWords(cause, folder)}`, { cause });
  });
  const train = samplesOf(made, "train", name);
  const test = samplesOf(made, "test", name);
  return { train, test, files: [factsOf(train, `${name}, training samples`), factsOf(test, `${name}, test samples`)] };
}

async function makeSamples(dataSet: DataSet, data: PluginData, folder: string): Promise<PluginSamples> {
  const made = await settled(
    dataSet.load({
      options: optionsOf(data) as OptionsOf<NonNullable<DataSet["options"]>>,
      folder,
      random: (seed) => randomSource(data.plugin, seed),
    }),
  );
  if (typeof made !== "object" || made === null) throw new Error(`it gave ${made}; expected { shape, train, test }`);
  return made;
}

function samplesOf({ shape, ...splits }: PluginSamples, split: "train" | "test", name: string): Samples {
  const fault = (message: string) => new ClaimbenchError("plugin-data", `the data of ${name}: ${message}`);
  const { x, y } = splits[split] ?? {};
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every((size) => Number.isInteger(size) && size > 0)) {
    throw fault(`its shape is ${JSON.stringify(shape)}; expected that of one sample, such as [2]`);
  }
  if (!(x instanceof Float32Array) || !(y instanceof Int32Array)) {
    throw fault(`expected ${split}.x as a Float32Array and ${split}.y as an Int32Array`);
  }
  if (y.length === 0) throw fault(`there is no ${split} sample`);
  if (x.length !== y.length * elementCount(shape)) {
    throw fault(`${split}.x has ${x.length} numbers; ${y.length} samples of [${shape.join(", ")}] were expected`);
  }
  return { x, y, count: y.length, shape };
}

function factsOf({ x, y, shape }: Samples, name: string): DataFileFacts {
  const hash = createHash("sha256").update(JSON.stringify(shape));
  for (const { buffer, byteOffset, byteLength } of [x, y]) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return { name, sha256: hash.digest("hex") };
}
