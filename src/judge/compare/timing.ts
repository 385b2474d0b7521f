import type { CompletedTrial } from "../../spec/run.types.ts";
import { median } from "../../stats/quantile.ts";
import { mean } from "../../stats/sample.ts";
import { trainingText } from "./claim-spec.ts";
import type { Machine } from "./machine.ts";

/** How long a machine took to train the trials of an arm: medians over trials. */
export interface ArmTiming {
  readonly secondsPerUpdate: number;
  /** Training, learning curve included. */
  readonly secondsPerTrial: number;
  readonly measureSecondsPerTrial: number;
  readonly trials: number;
  /** Of these, taken over from earlier runs with the times of then. */
  readonly reused: number;
  /** Seconds per update over those of the fastest machine. */
  readonly relative: number;
}

export interface TimingComparison {
  /** Arms that two machines or more trained alike. */
  readonly arms: readonly {
    readonly arm: string;
    /** By machine, in their order. */
    readonly machines: readonly (ArmTiming | null)[];
  }[];
  /** Geometric mean of `relative` over the arms that all machines have, by machine; null where there are none. */
  readonly relative: readonly number[] | null;
}

export function compareTiming(machines: readonly Machine[]): TimingComparison {
  const names = [...new Set(machines.flatMap(({ record }) => record.suite.arms.map(({ name }) => name)))];
  const arms = names.flatMap((arm) => {
    const texts = new Set(
      machines
        .filter(({ record }) => record.suite.arms.some(({ name }) => name === arm))
        .map(({ record }) => trainingText(record, arm)),
    );
    const timings = machines.map((machine) => timingOf(machine, arm));
    if (texts.size > 1 || timings.filter((timing) => timing !== null).length < 2) return [];
    const fastest = Math.min(...timings.flatMap((timing) => timing?.secondsPerUpdate ?? []));
    return [
      { arm, machines: timings.map((timing) => timing && { ...timing, relative: timing.secondsPerUpdate / fastest }) },
    ];
  });
  const common = arms.filter((each) => each.machines.every((timing) => timing !== null));
  const relative =
    common.length === 0
      ? null
      : machines.map((_, i) => Math.exp(mean(common.map((each) => Math.log(each.machines[i]?.relative ?? 1)))));
  return { arms, relative };
}

/** Of the trials that the record's own machine trained. */
function timingOf({ record }: Machine, arm: string): Omit<ArmTiming, "relative"> | null {
  const trials = record.trials.filter(
    (trial): trial is CompletedTrial =>
      trial.state === "completed" &&
      trial.arm === arm &&
      trial.machine === undefined &&
      trial.updates > 0 &&
      trial.trainSeconds > 0,
  );
  if (trials.length === 0) return null;
  return {
    secondsPerUpdate: median(trials.map(({ trainSeconds, updates }) => trainSeconds / updates)),
    secondsPerTrial: median(trials.map(({ trainSeconds }) => trainSeconds)),
    measureSecondsPerTrial: median(trials.map(({ measureSeconds }) => measureSeconds)),
    trials: trials.length,
    reused: trials.filter(({ reused }) => reused).length,
  };
}
