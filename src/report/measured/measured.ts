import type { RunRecord } from "../../spec/run.types.ts";
import { type ArmGroup, groupArms } from "../arms.ts";
import { armKey } from "../charts/arm-key.ts";
import { type AlongTrainingView, alongTrainingViews } from "./along-training.ts";
import { type DependenceView, dependenceViews } from "./dependence.ts";
import { type LearningCurvesView, learningCurvesView } from "./learning-curves.ts";
import { type PathView, pathViews } from "./paths.ts";
import { type ScalarsView, scalarsView } from "./scalars.ts";
import { type SharpnessView, sharpnessViews } from "./sharpness.ts";
import { type SpectrumView, spectrumViews } from "./spectra.ts";

/** What was measured on arms that are compared with one another. */
export interface MeasuredView {
  readonly heading: string;
  readonly anchor: string;
  readonly key: readonly { readonly chart: string; readonly label: string; readonly batch: string }[];
  readonly curves: LearningCurvesView | null;
  readonly dependences: readonly DependenceView[];
  readonly sharpness: readonly SharpnessView[];
  readonly alongTraining: readonly AlongTrainingView[];
  readonly paths: readonly PathView[];
  readonly spectra: readonly SpectrumView[];
  readonly scalars: ScalarsView | null;
}

export function measuredViews(record: RunRecord): MeasuredView[] {
  return groupArms(record).map((group) => measuredView(record, group));
}

function measuredView(record: RunRecord, group: ArmGroup): MeasuredView {
  return {
    heading: group.heading,
    anchor: group.anchor,
    key: group.arms.map((arm) => ({
      chart: armKey(arm),
      label: arm.label,
      batch: `batch ${batchOf(record, arm.name)}`,
    })),
    curves: learningCurvesView(record, group),
    dependences: dependenceViews(record, group),
    sharpness: sharpnessViews(record, group),
    alongTraining: alongTrainingViews(record, group),
    paths: pathViews(record, group),
    spectra: spectrumViews(record, group),
    scalars: scalarsView(record, group),
  };
}

/** As declared: 32 or 10%. */
function batchOf({ suite }: RunRecord, name: string): string {
  return String(suite.arms.find((arm) => arm.name === name)?.regime.batch ?? "unknown");
}
