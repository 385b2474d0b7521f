import type { CompletedTrial, RunRecord } from "../../spec/run.types.ts";
import { quantileOfSorted } from "../../stats/quantile.ts";

/** How long the trials of an arm took, training and measuring, in seconds. */
export interface ArmSeconds {
  readonly arm: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly trials: number;
  /** Workers and threads of each, on which times depend: "2 × 1". */
  readonly layout: string;
}

/** Of the trials that this run itself trained, on its own processor. */
export function armSeconds({ suite, trials, provenance }: RunRecord): ArmSeconds[] {
  const layout = `${provenance.workers} × ${provenance.threadsPerWorker}`;
  const seconds = new Map<string, number[]>();
  for (const trial of trials) {
    if (trial.state !== "completed" || !isOwn(trial)) continue;
    const known = seconds.get(trial.arm);
    const taken = trial.trainSeconds + trial.measureSeconds;
    if (known) known.push(taken);
    else seconds.set(trial.arm, [taken]);
  }
  return suite.arms.flatMap(({ name }) => {
    const all = (seconds.get(name) ?? []).toSorted((a, b) => a - b);
    const [least] = all;
    const most = all.at(-1);
    if (least === undefined || most === undefined || most <= 0) return [];
    return [{ arm: name, median: quantileOfSorted(all, 0.5), least, most, trials: all.length, layout }];
  });
}

function isOwn({ reused, machine }: CompletedTrial): boolean {
  return !reused && machine === undefined;
}
