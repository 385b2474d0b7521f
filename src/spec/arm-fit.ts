import { batchSize } from "./batch-size.ts";
import { elementCount } from "./element-count.ts";
import type { JsonPath } from "./json-source.ts";
import type { Network } from "./network.types.ts";
import type { Arm as ResolvedArm } from "./run.types.ts";
import type { SuiteContext } from "./suite-context.ts";

/** Reports on one arm. @param path from the arm on. */
export type Report = (path: JsonPath, message: string, part?: "value" | "key") => void;

type ReportMeasurement = (measurement: string, message: string) => void;

/** Whether batch, subsets and measurements fit the data, as far as its size is known before loading. */
export function checkSizes(
  name: string,
  arm: ResolvedArm,
  context: SuiteContext,
  report: Report,
  reportSamples: ReportMeasurement,
): void {
  const known = sizeOf(arm.data, context);
  if (!known) return;
  const { set, size } = known;
  const { train, test } = "set" in arm.data ? arm.data : {};
  if (train !== undefined && train > size.train)
    report(["data", "train"], `${set} has ${size.train} training samples; ${train} were asked for`);
  if (test !== undefined && test > size.test)
    report(["data", "test"], `${set} has ${size.test} test samples; ${test} were asked for`);
  const count = Math.min(train ?? size.train, size.train);
  checkBatch(name, arm, count, report);
  checkMicroBatch(name, arm, count, report);
  checkGrowth(name, arm, count, report);
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
  checkAugmentation(name, arm, size.shape, report);
}

/** As far as it is known before the data is loaded. */
function sizeOf(data: ResolvedArm["data"], context: SuiteContext) {
  if ("files" in data || "plugin" in data) return undefined;
  if ("surrogate" in data) return { set: "the surrogate", size: { ...data, shape: [data.features] } };
  const size = context.dataSetSize(data.set);
  return size && { set: data.set, size };
}

function checkAugmentation(name: string, { regime }: ResolvedArm, shape: readonly number[], report: Report): void {
  if (regime.augment && shape.length !== 3) {
    report(["train", "augment"], `arm ${name}: only images can be augmented; a sample is [${shape.join(", ")}]`, "key");
  }
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

function checkGrowth(name: string, { regime }: ResolvedArm, count: number, report: Report): void {
  const { batch, batchGrowth } = regime;
  if (batchGrowth?.most === undefined) return;
  const [first, most] = [batchSize(batch, count), batchSize(batchGrowth.most, count)];
  if (most < first) {
    report(["train", "batchGrowth", "most"], `arm ${name}: a batch of ${first} cannot grow to at most ${most}`);
  }
}

function checkMicroBatch(name: string, { regime, network }: ResolvedArm, count: number, report: Report): void {
  const { batch, microBatch, ghostBatchNorm } = regime;
  const normalises = network.layers.some((layer) => "layer" in layer && layer.layer === "batch-norm");
  if (microBatch === undefined) {
    if (ghostBatchNorm) report(["train", "ghostBatchNorm"], `arm ${name}: ghostBatchNorm needs a microBatch`, "key");
    return;
  }
  const path = ["train", "microBatch"];
  const size = batchSize(batch, count);
  if (microBatch > size)
    report(path, `arm ${name}: a micro-batch of ${microBatch} is larger than its batch of ${size}`);
  else if (normalises && !ghostBatchNorm) {
    report(
      path,
      `arm ${name}: over micro-batches batch norm has other statistics than over the batch; declare "ghostBatchNorm": true, or drop microBatch`,
      "key",
    );
  } else if (
    smallestPart(size, count, microBatch, regime.lastBatch) === 1 &&
    normalisesSingles(network) !== undefined
  ) {
    report(path, `arm ${name}: some micro-batches would have 1 sample, too few for batch normalisation`);
  }
}

/** Batches are cut into nearly equal parts of at most `microBatch`. */
function smallestPart(batch: number, count: number, microBatch: number, lastBatch: "keep" | "drop"): number {
  const smallest = (size: number) => Math.floor(size / Math.ceil(size / microBatch));
  const rest = lastBatch === "keep" ? count % batch : 0;
  return rest === 0 ? smallest(batch) : Math.min(smallest(batch), smallest(rest));
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
  const fits = input.length === 1 ? input[0] === elementCount(shape) : input.join() === shape.join();
  if (fits) return;
  report(
    ["network"],
    `network ${networkName} takes [${input.join(", ")}]; a sample of ${set} is [${shape.join(", ")}], ${elementCount(shape)} numbers`,
  );
}

/** p columns in n dimensions: more than n cannot be independent. */
export function checkSubspaces(arm: ResolvedArm, parameters: number, report: ReportMeasurement): void {
  for (const [id, measurement] of Object.entries(arm.measure)) {
    if (measurement.metric !== "sharpness" || measurement.space === "full") continue;
    const { random } = measurement.space;
    if (random > parameters) {
      report(id, `${id} draws a subspace of ${random} dimensions; ${arm.networkName} has ${parameters} parameters`);
    }
  }
}
