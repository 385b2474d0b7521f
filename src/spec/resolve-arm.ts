import { batchSize } from "./batch-size.ts";
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

/** Reports on one arm: at its own setting where it has it, else where the arm it extends, or an override, has it. */
type Report = (path: JsonPath, message: string, part?: "value" | "key") => void;

function reporter(names: readonly string[], { origins }: SuiteVariant, problems: Problems): Report {
  const places = (path: JsonPath) => names.flatMap((arm) => origins.map((origin) => [...origin, "arms", arm, ...path]));
  return (path, message, part) => problems.addAt([...places(path), ...places([])], message, part);
}

/** The arm, the one it extends, and so on. */
function chainOf(name: string, arms: SuiteVariant["arms"]): string[] {
  const chain: string[] = [];
  let next: string | undefined = name;
  while (next !== undefined && Object.hasOwn(arms, next) && !chain.includes(next)) {
    chain.push(next);
    next = arms[next]?.extends;
  }
  return chain;
}

function resolveArm(
  name: string,
  variant: SuiteVariant,
  context: SuiteContext,
  problems: Problems,
): ResolvedArm | undefined {
  const chain = chainOf(name, variant.arms);
  const report = reporter(chain, variant, problems);
  const reportExtends = (other: string, message: string) => reporter([other], variant, problems)(["extends"], message);
  const arm = extended(name, variant.arms, reportExtends);
  if (!arm) return undefined;
  const { network: reference, data, train = {} } = arm;
  if (reference === undefined || data === undefined || !train.batch || !train.optimizer || !train.stop) {
    const base = variant.arms[name]?.extends;
    const known = base === undefined ? [] : missingFrom(extended(base, variant.arms, () => {}) ?? {});
    const missing = missingFrom(arm).filter((key) => !known.includes(key));
    if (missing.length > 0) report([], `arm ${name} lacks ${missing.join(", ")}`, "key");
    return undefined;
  }
  const owner = chain.find((each) => variant.arms[each]?.network !== undefined) ?? name;
  const network = resolveReference(reference, `${owner}'s network`, context, report);
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
  checkStop(train.stop, variant, report);
  checkSizes(name, resolved, context, report, (id, message) => {
    const places = variant.origins.map((origin) => [...origin, "measure", id]);
    problems.addAt([...places.map((place) => [...place, "samples"]), ...places], message);
  });
  return resolved;
}

function missingFrom({ network, data, train = {} }: Arm): string[] {
  return [
    ...(network === undefined ? ["network"] : []),
    ...(data === undefined ? ["data"] : []),
    ...(["batch", "optimizer", "stop"] as const).filter((key) => train[key] === undefined).map((key) => `train.${key}`),
  ];
}

/** Follows `extends` to its end; later settings win. */
function extended(
  name: string,
  arms: SuiteVariant["arms"],
  report: (arm: string, message: string) => void,
  trail: readonly string[] = [],
): Arm | undefined {
  const arm = arms[name];
  if (arm?.extends === undefined) return arm;
  if (trail.includes(name)) {
    // From the same arm whoever asks, so that it is said once.
    const circle = trail.slice(trail.indexOf(name));
    const start = circle.indexOf(Object.keys(arms).find((other) => circle.includes(other)) ?? name);
    const names = [...circle.slice(start), ...circle.slice(0, start + 1)];
    report(names[0] ?? name, `arms extend each other in a circle: ${names.join(" → ")}`);
    return undefined;
  }
  if (!Object.hasOwn(arms, arm.extends)) {
    report(name, `there is no arm "${arm.extends}"${didYouMean(arm.extends, Object.keys(arms))}`);
    return undefined;
  }
  const base = extended(arm.extends, arms, report, [...trail, name]);
  const { extends: _, ...own } = arm;
  return base && (applyOverride({ ...base }, { ...own }, ["arms", name]) as Arm);
}

function resolveReference(
  reference: string | Network,
  what: string,
  context: SuiteContext,
  report: Report,
): Network | undefined {
  if (typeof reference !== "string") return resolveNetwork(reference, what);
  const found = context.readNetwork(reference);
  if (found) return readNetwork(found.text, found.file);
  const { networkNames } = context;
  const isPath = reference.startsWith(".") || reference.startsWith("/") || reference.endsWith(".json");
  const message = isPath
    ? `there is no network file ${reference}`
    : `there is no network "${reference}"${didYouMean(reference, networkNames)} (known: ${networkNames.join(", ")})`;
  report(["network"], message);
  return undefined;
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

function checkStop(stop: NonNullable<NonNullable<Arm["train"]>["stop"]>, variant: SuiteVariant, report: Report): void {
  if (!("updatesOf" in stop)) return;
  const path = ["train", "stop", "updatesOf"];
  const other = stop.updatesOf;
  if (!Object.hasOwn(variant.arms, other)) {
    report(path, `there is no arm "${other}"${didYouMean(other, Object.keys(variant.arms))}`);
    return;
  }
  const theirs = extended(other, variant.arms, () => {})?.train?.stop;
  if (theirs && ("updatesOf" in theirs || "trainLoss" in theirs)) {
    report(
      path,
      `the updates of "${other}" are not known beforehand; expected an arm that stops after epochs or updates`,
    );
  }
}

/** Whether batch, subsets and measurements fit the data, as far as its size is known before loading. */
function checkSizes(
  name: string,
  arm: ResolvedArm,
  context: SuiteContext,
  report: Report,
  reportSamples: (measurement: string, message: string) => void,
): void {
  if (!("set" in arm.data)) return;
  const { set, train, test } = arm.data;
  const size = context.dataSetSize(set);
  if (train !== undefined && train > size.train)
    report(["data", "train"], `${set} has ${size.train} training samples; ${train} were asked for`);
  if (test !== undefined && test > size.test)
    report(["data", "test"], `${set} has ${size.test} test samples; ${test} were asked for`);
  const count = Math.min(train ?? size.train, size.train);
  checkBatch(name, arm, count, report);
  const batchNorm = normalisesSingles(arm.network);
  for (const [id, measurement] of Object.entries(arm.measure)) {
    if (!("evaluationBatch" in measurement)) continue;
    const { samples = count, evaluationBatch } = measurement;
    if (samples > count) {
      reportSamples(id, `${id} asks for ${samples} training samples; an arm has only ${count}`);
    } else if (batchNorm === "batch" && (samples === 1 || evaluationBatch === 1)) {
      reportSamples(id, `${id} evaluates single samples; arm ${name} normalises over the batch and needs at least 2`);
    }
  }
  checkInput(arm, set, size.shape, report);
}

function checkBatch(name: string, { regime, network }: ResolvedArm, count: number, report: Report): void {
  const { batch, lastBatch } = regime;
  const samples = batchSize(batch, count);
  const path = ["train", "batch"];
  if (samples > count) report(path, `arm ${name}: a batch of ${samples} is larger than its training set of ${count}`);
  else if (samples < 1) report(path, `arm ${name}: ${batch} of ${count} training samples is less than one`);
  else if (normalisesSingles(network) === undefined) return;
  else if (samples === 1) report(path, `arm ${name}: batch normalisation needs at least 2 samples a batch`);
  else if (count % samples === 1 && lastBatch === "keep") {
    report(
      path,
      `arm ${name}: the last batch of an epoch would have 1 sample, too few for batch normalisation; set "lastBatch": "drop" or another size`,
    );
  }
}

/**
 * The statistics of a batch norm over features, which needs two samples to have a variance; one over channels has the
 * pixels of its one image.
 */
function normalisesSingles({ input, layers }: Network): "batch" | "running" | undefined {
  let flat = input.length === 1;
  let found: "running" | undefined;
  for (const layer of layers) {
    if (!("layer" in layer)) continue;
    if (layer.layer === "flatten") flat = true;
    if (layer.layer !== "batch-norm" || !flat) continue;
    if (layer.statistics !== "running") return "batch";
    found = "running";
  }
  return found;
}

/** A flat input takes samples of any shape. */
function checkInput(
  { network, networkName }: ResolvedArm,
  set: string,
  shape: readonly number[],
  report: Report,
): void {
  const { input } = network;
  const product = (lengths: readonly number[]) => lengths.reduce((total, length) => total * length, 1);
  const fits = input.length === 1 ? input[0] === product(shape) : input.join() === shape.join();
  if (fits) return;
  report(
    ["network"],
    `network ${networkName} takes [${input.join(", ")}]; a sample of ${set} is [${shape.join(", ")}], ${product(shape)} numbers`,
  );
}
