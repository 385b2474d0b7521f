import { measureTrial, type TrialToMeasure } from "../../measure/measure-trial.ts";
import { measuredEpochs } from "../../plan/measured-epochs.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import type { Measurement } from "../../spec/suite.types.ts";
import type { CompletedTraining } from "../results.ts";
import { findOrTrain } from "./find-or-train.ts";
import { trainTrial } from "./train-trial.ts";
import { type TrainedNetwork, trainedNetwork } from "./trained-network.ts";
import type { TrialTools } from "./trial-tools.ts";

/** Measures what is not in the store, and leaves it there. */
export async function measureMissing(
  trial: PlannedTrial,
  stored: CompletedTraining,
  tools: TrialTools,
): Promise<"done" | "stopped"> {
  const { arm, cost } = trial;
  let trained: TrainedNetwork | "stopped" | undefined;
  let done = cost.training;
  for (const [name, measurement] of Object.entries(arm.measure)) {
    if (tools.stopping()) return "stopped";
    tools.onProgress({ fraction: done / cost.total, measuring: name });
    done += cost.measuring[name] ?? 0;
    if (await tools.results.measurement(trial, name)) continue;
    trained ??= await trainedNetwork(trial, stored, tools);
    if (trained === "stopped") return "stopped";
    const end = await otherEnd(trial, name, tools);
    if (end === "stopped") return "stopped";
    const iterates = await iteratesAlong(trial, measurement, stored, tools);
    if (iterates === "stopped") return "stopped";
    const startedAt = tools.clock();
    const samples = await measureTrial({ ...trained, ...end }, name, measurement);
    for (const { at, iterate } of iterates) {
      if (tools.stopping()) return "stopped";
      // Its last one is the minimiser, which was measured.
      const along = iterate ? await measureTrial({ ...trained, ...iterate }, name, measurement) : samples;
      samples.push(...along.filter((sample) => sample.at === undefined).map((sample) => ({ ...sample, at })));
    }
    await tools.results.saveMeasurement(trial, name, {
      samples: samples.map(({ arm: _arm, seed: _seed, measurement: _name, ...sample }) => sample),
      seconds: (tools.clock() - startedAt) / 1000,
    });
  }
  return "done";
}

/** The minimiser that a measurement needs of another trial, trained now when it is not in the store; none that diverged. */
async function otherEnd(
  { ends }: PlannedTrial,
  measurement: string,
  tools: TrialTools,
): Promise<Pick<TrialToMeasure, "otherEnd"> | "stopped"> {
  const other = ends[measurement];
  if (!other) return {};
  const { results } = tools;
  const find = async () => {
    const stored = await results.trial(other);
    if (stored?.state !== "completed") return stored;
    return (await results.iterate(other.keys.training, stored.epoch))?.state.theta;
  };
  const found = await findOrTrain(other, find, () => trainTrial(other, tools), tools);
  if (found === "stopped") return found;
  return found instanceof Float32Array ? { otherEnd: found } : {};
}

interface Iterate {
  readonly minimiser: Float32Array;
  readonly running: Float32Array;
}

/**
 * The states along a training that a measurement is for. Those that an earlier run did not keep are trained anew.
 *
 * @returns by epoch; without a state where that is the minimiser.
 */
async function iteratesAlong(
  trial: PlannedTrial,
  measurement: Measurement,
  { epoch: last }: CompletedTraining,
  tools: TrialTools,
): Promise<{ readonly at: number; readonly iterate?: Iterate }[] | "stopped"> {
  if (!("everyEpochs" in measurement) || measurement.everyEpochs === undefined) return [];
  const { results } = tools;
  const along: { at: number; iterate?: Iterate }[] = [];
  for (const at of measuredEpochs(measurement.everyEpochs, last)) {
    if (at === last) {
      along.push({ at });
      continue;
    }
    const find = () => results.iterate(trial.keys.training, at);
    let found = await find();
    if (!found) {
      await trainTrial(trial, tools, at);
      found = await find();
    }
    if (!found && tools.stopping()) return "stopped";
    if (!found) throw new Error(`epoch ${at} of ${trial.arm.name} seed ${trial.seed} is not in the store`);
    along.push({ at, iterate: { minimiser: found.state.theta, running: found.state.running } });
  }
  return along;
}
