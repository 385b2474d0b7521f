import { checkSizes, checkSubspaces, type Report } from "./arm-fit.ts";
import { ClaimbenchError } from "./error.ts";
import { type JsonPath, parseJson } from "./json-source.ts";
import { checkMeasuredArms } from "./measured-arms.ts";
import { didYouMean } from "./nearest.ts";
import type { Network } from "./network.types.ts";
import { applyOverride } from "./override.ts";
import type { Problems } from "./problems.ts";
import { readNetwork, resolveNetwork } from "./read-network.ts";
import { resolveMeasurement } from "./resolve-measurement.ts";
import type { Arm as ResolvedArm } from "./run.types.ts";
import type { Arm, Optimizer } from "./suite.types.ts";
import type { SuiteContext } from "./suite-context.ts";
import { type SuiteVariant, suffix } from "./variants.ts";
import { checkWarmStarts } from "./warm-starts.ts";

/** Arms of one variant, complete; what is wrong goes to `problems` and the arm is left out. */
export function resolveArms(variant: SuiteVariant, context: SuiteContext, problems: Problems): ResolvedArm[] {
  const arms = Object.keys(variant.arms).flatMap((name) => resolveArm(name, variant, context, problems) ?? []);
  checkMeasuredArms(variant, arms, problems);
  checkWarmStarts(variant, arms, (name, path, message) =>
    reporter(chainOf(name, variant.arms), variant, problems)(path, message),
  );
  return arms;
}

/** Reports at the arm's own setting where it has it, else where the arm it extends, or an override, has it. */
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
  const parameters = countParameters(network, reference, context, report);
  if (parameters === "misfit") return undefined;
  const resolved: ResolvedArm = {
    name: name + suffix(variant.axes),
    networkName: network.name ?? name,
    network,
    data: resolveData(data, context),
    regime: {
      batch: train.batch,
      optimizer: withDefaults(train.optimizer),
      stop: "updatesOf" in train.stop ? { updatesOf: train.stop.updatesOf + suffix(variant.axes) } : train.stop,
      lastBatch: train.lastBatch ?? "keep",
      ...(train.microBatch === undefined ? {} : { microBatch: train.microBatch }),
      ...(train.ghostBatchNorm === undefined ? {} : { ghostBatchNorm: train.ghostBatchNorm }),
      ...(train.schedule === undefined ? {} : { schedule: train.schedule }),
      ...(train.batchGrowth === undefined ? {} : { batchGrowth: train.batchGrowth }),
      ...(train.rateScaling === undefined ? {} : { rateScaling: train.rateScaling }),
      ...(train.objective === undefined ? {} : { objective: train.objective }),
      ...(train.augment === undefined ? {} : { augment: train.augment }),
      ...(train.start === undefined
        ? {}
        : { start: { optimizerState: "fresh" as const, ...train.start, arm: train.start.arm + suffix(variant.axes) } }),
    },
    measure: Object.fromEntries(
      Object.entries(variant.measure)
        .filter(([, { arms }]) => arms === undefined || arms.includes(name))
        .map(([id, measurement]) => [id, resolveMeasurement(measurement, suffix(variant.axes))]),
    ),
  };
  checkStop(train.stop, variant, report);
  if (parameters !== undefined) {
    checkSubspaces(resolved, parameters, (id, message) => {
      const places = variant.origins.map((origin) => [...origin, "measure", id, "space", "random"]);
      problems.addAt(places, message);
    });
  }
  checkSizes(name, resolved, context, report, (id, message) => {
    const places = variant.origins.map((origin) => [...origin, "measure", id]);
    problems.addAt([...places.map((place) => [...place, "samples"]), ...places], message);
  });
  return resolved;
}

/** Data that is not here gives way to its surrogate, where one is declared. */
function resolveData(data: NonNullable<Arm["data"]>, context: SuiteContext): ResolvedArm["data"] {
  if (typeof data === "string") return { set: data };
  if (!("set" in data) || !data.orSurrogate) return data;
  const { orSurrogate, ...real } = data;
  return context.hasDataSet(data.set) ? real : orSurrogate;
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
  const isPath = reference.startsWith(".") || reference.startsWith("/") || /\.jsonc?$/.test(reference);
  const message = isPath
    ? `there is no network file ${reference}`
    : `there is no network "${reference}"${didYouMean(reference, networkNames)} (known: ${networkNames.join(", ")})`;
  report(["network"], message);
  return undefined;
}

/** @returns "misfit" when that is reported, undefined when nobody can tell. */
function countParameters(
  network: Network,
  reference: string | Network,
  context: SuiteContext,
  report: Report,
): number | undefined | "misfit" {
  try {
    return context.parameterCount?.(network);
  } catch (error) {
    if (!(error instanceof ClaimbenchError)) throw error;
    const found = typeof reference === "string" ? context.readNetwork(reference) : undefined;
    if (found) {
      const location = parseJson(found.text, found.file).locate(["layers"], "key");
      throw new ClaimbenchError(error.code, error.message, { location, cause: error });
    }
    // The table of shapes has no room among other problems.
    report(["network"], error.message.split("\n", 1).join());
    return "misfit";
  }
}

function withDefaults(optimizer: Optimizer): Optimizer {
  if ("adam" in optimizer) return { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...optimizer.adam } };
  if ("sgd" in optimizer) return { sgd: { momentum: 0, ...optimizer.sgd } };
  return { adagrad: { epsilon: 1e-10, ...optimizer.adagrad } };
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
  if (theirs && ("updatesOf" in theirs || "trainLoss" in theirs || "plateau" in theirs)) {
    report(
      path,
      `the updates of "${other}" are not known beforehand; expected an arm that stops after epochs or updates`,
    );
  }
}
