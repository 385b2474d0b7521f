import type { RunRecord } from "../spec/run.types.ts";
import { type ArmGroup, groupArms } from "./arms.ts";
import { armKey } from "./charts/arm-key.ts";
import { type LearningCurvesView, learningCurvesView } from "./learning-curves.ts";
import type { ProfileView } from "./profile-view.ts";
import { profileViews } from "./profiles.ts";
import { type ScalarsView, scalarsView } from "./scalars.ts";
import { type SharpnessView, sharpnessViews } from "./sharpness.ts";

/** What was measured on arms that are compared with one another. */
export interface MeasuredView {
  readonly heading: string;
  readonly anchor: string;
  readonly key: readonly { readonly chart: string; readonly label: string; readonly batch: string }[];
  readonly curves: LearningCurvesView | null;
  readonly sharpness: readonly SharpnessView[];
  readonly scalars: ScalarsView | null;
  readonly profiles: readonly ProfileView[];
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
    sharpness: sharpnessViews(record, group),
    scalars: scalarsView(record, group),
    profiles: profileViews(record, group),
  };
}

/** As declared: 32 or 10%. */
function batchOf({ suite }: RunRecord, name: string): string {
  return String(suite.arms.find((arm) => arm.name === name)?.regime.batch ?? "unknown");
}
