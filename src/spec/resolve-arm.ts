import type { JsonPath } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import type { Network } from "./network.types.ts";
import { applyOverride } from "./override.ts";
import type { Problems } from "./problems.ts";
import { readNetwork, resolveNetwork } from "./read-network.ts";
import type { Arm as ResolvedArm } from "./run.types.ts";
import type { Arm, Measurement, Optimizer } from "./suite.types.ts";
import type { SuiteContext } from "./suite-context.ts";
import { type SuiteVariant, suffix } from "./variants.ts";

/** Arms of one variant, complete; what is wrong goes to `problems` and the arm is left out. */
export function resolveArms(variant: SuiteVariant, context: SuiteContext, problems: Problems): ResolvedArm[] {
  return Object.keys(variant.arms).flatMap((name) => resolveArm(name, variant, context, problems) ?? []);
}

function resolveArm(
  name: string,
  variant: SuiteVariant,
  context: SuiteContext,
  problems: Problems,
): ResolvedArm | undefined {
  const path = ["arms", name];
  const arm = extended(name, variant.arms, problems, []);
  if (!arm) return undefined;
  const { network: reference, data, train = {} } = arm;
  const missing = [
    ...(reference === undefined ? ["network"] : []),
    ...(data === undefined ? ["data"] : []),
    ...(["batch", "optimizer", "stop"] as const).filter((key) => train[key] === undefined).map((key) => `train.${key}`),
  ];
  if (reference === undefined || data === undefined || !train.batch || !train.optimizer || !train.stop) {
    problems.add(path, `arm ${name} lacks ${missing.join(", ")}`, "key");
    return undefined;
  }
  const network = resolveReference(reference, `${name}'s network`, context, problems, [...path, "network"]);
  if (!network) return undefined;
  const resolved: ResolvedArm = {
    name: name + suffix(variant.axes),
    networkName: network.name ?? name,
    network,
    data: typeof data === "string" ? { set: data } : data,
    regime: {
      batch: train.batch,
      optimizer: withDefaults(train.optimizer),
      stop: "updatesOf" in train.stop ? { updatesOf: train.stop.updatesOf + suffix(variant.axes) } : train.stop,
      lastBatch: train.lastBatch ?? "keep",
    },
    measure: Object.fromEntries(
      Object.entries(variant.measure).map(([id, measurement]) => [id, measurementDefaults(measurement)]),
    ),
  };
  checkStop(name, train.stop, variant, problems);
  return checkSizes(resolved, path, context, problems) ? resolved : undefined;
}

/** Follows `extends` to its end; later settings win. */
function extended(
  name: string,
  arms: SuiteVariant["arms"],
  problems: Problems,
  trail: readonly string[],
): Arm | undefined {
  const arm = arms[name];
  if (!arm) return undefined;
  if (arm.extends === undefined) return arm;
  const path = ["arms", name, "extends"];
  if (trail.includes(name)) {
    problems.add(
      path,
      `arms extend each other in a circle: ${[...trail.slice(trail.indexOf(name)), name].join(" → ")}`,
    );
    return undefined;
  }
  if (!Object.hasOwn(arms, arm.extends)) {
    problems.add(path, `there is no arm "${arm.extends}"${didYouMean(arm.extends, Object.keys(arms))}`);
    return undefined;
  }
  const base = extended(arm.extends, arms, problems, [...trail, name]);
  const { extends: _, ...own } = arm;
  return base && (applyOverride({ ...base }, { ...own }) as Arm);
}

function resolveReference(
  reference: string | Network,
  what: string,
  context: SuiteContext,
  problems: Problems,
  path: JsonPath,
): Network | undefined {
  if (typeof reference !== "string") return resolveNetwork(reference, what);
  const found = context.readNetwork(reference);
  if (!found) {
    const known = `known: ${context.networkNames.join(", ")}`;
    problems.add(path, `there is no network "${reference}"${didYouMean(reference, context.networkNames)} (${known})`);
    return undefined;
  }
  return readNetwork(found.text, found.file);
}

function withDefaults(optimizer: Optimizer): Optimizer {
  if ("adam" in optimizer) return { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...optimizer.adam } };
  return { sgd: { momentum: 0, ...optimizer.sgd } };
}

function measurementDefaults(measurement: Measurement): Measurement {
  switch (measurement.metric) {
    case "accuracy":
    case "loss":
      return { at: "end", ...measurement };
    case "distance":
      return measurement;
    case "gradient-norm":
      return { evaluationBatch: 5000, ...measurement };
    case "top-eigenvalue":
      return { iterations: 50, tolerance: 1e-3, evaluationBatch: 5000, ...measurement };
    case "sharpness": {
      const { space } = measurement;
      return {
        evaluationBatch: 5000,
        ...measurement,
        space: space === "full" ? space : { draws: 5, columns: "gaussian", ...space },
      };
    }
  }
}

function checkStop(
  name: string,
  stop: NonNullable<NonNullable<Arm["train"]>["stop"]>,
  variant: SuiteVariant,
  problems: Problems,
): void {
  if (!("updatesOf" in stop)) return;
  const path = ["arms", name, "train", "stop", "updatesOf"];
  const other = stop.updatesOf;
  if (!Object.hasOwn(variant.arms, other)) {
    problems.add(path, `there is no arm "${other}"${didYouMean(other, Object.keys(variant.arms))}`);
    return;
  }
  const theirs = extended(other, variant.arms, problems, [])?.train?.stop;
  if (theirs && ("updatesOf" in theirs || "trainLoss" in theirs)) {
    problems.add(
      path,
      `the updates of "${other}" are not known beforehand; expected an arm that stops after epochs or updates`,
    );
  }
}

/** @returns whether batch, subsets and measurements fit the data, as far as its size is known before loading. */
function checkSizes(arm: ResolvedArm, path: readonly string[], context: SuiteContext, problems: Problems): boolean {
  if (!("set" in arm.data)) return true;
  const { set, train, test } = arm.data;
  const size = context.dataSetSize(set);
  const found: [JsonPath, string][] = [];
  if (train !== undefined && train > size.train)
    found.push([[...path, "data", "train"], `${set} has ${size.train} training samples; ${train} were asked for`]);
  if (test !== undefined && test > size.test)
    found.push([[...path, "data", "test"], `${set} has ${size.test} test samples; ${test} were asked for`]);
  const count = Math.min(train ?? size.train, size.train);
  const { batch } = arm.regime;
  const samples = typeof batch === "number" ? batch : Math.floor((Number.parseFloat(batch) / 100) * count);
  const batchPath = [...path, "train", "batch"];
  if (samples > count)
    found.push([batchPath, `arm ${arm.name}: a batch of ${samples} is larger than its training set of ${count}`]);
  if (samples < 1) found.push([batchPath, `arm ${arm.name}: ${batch} of ${count} training samples is less than one`]);
  const needsPairs = arm.network.layers.some(
    (layer) => "layer" in layer && layer.layer === "batch-norm" && layer.statistics !== "running",
  );
  const last = count % samples;
  if (needsPairs && samples === 1)
    found.push([
      batchPath,
      `arm ${arm.name}: batch normalisation with batch statistics needs at least 2 samples a batch`,
    ]);
  else if (needsPairs && last === 1 && arm.regime.lastBatch === "keep") {
    found.push([
      batchPath,
      `arm ${arm.name}: the last batch of an epoch would have 1 sample, too few for batch statistics; set "lastBatch": "drop" or another size`,
    ]);
  }
  for (const [id, measurement] of Object.entries(arm.measure)) {
    const samplesUsed = "samples" in measurement ? measurement.samples : undefined;
    if (samplesUsed !== undefined && samplesUsed > count) {
      found.push([
        ["measure", id, "samples"],
        `arm ${arm.name} has ${count} training samples; ${id} asks for ${samplesUsed}`,
      ]);
    }
  }
  const inputs = arm.network.input.reduce((product, length) => product * length, 1);
  const features = size.shape.reduce((product, length) => product * length, 1);
  if (inputs !== features) {
    found.push([
      [...path, "network"],
      `network ${arm.networkName} takes [${arm.network.input}], ${inputs} numbers; a sample of ${set} is [${size.shape}], ${features}`,
    ]);
  }
  for (const [place, message] of found) problems.add(place, message);
  return found.length === 0;
}
