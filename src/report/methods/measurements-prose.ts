import type { Arm, RunRecord } from "../../spec/run.types.ts";
import {
  evaluationParts,
  type Measurement,
  measurementOptions,
  measurementWords,
  ownMeasurementOptions,
} from "../words/measurement-words.ts";
import { listWords } from "../words/quantities.ts";
import { usualOf } from "./usual.ts";

/** What was measured, and how; empty where nothing was. */
export function measurementSentences({ suite }: RunRecord): string {
  const found = new Map<string, { measurement: Measurement; arms: Set<string> }>();
  for (const arm of suite.arms) {
    for (const measurement of Object.values(arm.measure)) {
      const key = `${measurementWords(measurement)} ${measurementOptions(measurement)}`;
      const row = found.get(key) ?? { measurement, arms: new Set<string>() };
      row.arms.add(arm.name);
      found.set(key, row);
    }
  }
  if (found.size === 0) return "";
  const rows = [...found.values()].map(({ measurement, arms }) => ({
    measurement,
    evaluation: evaluationParts(measurement).join(", "),
    words: `${measurementWords(measurement)}${arms.size === suite.arms.length ? "" : ` on ${listWords([...arms], 4)}`}`,
    // What the name says already: of the last epoch, unless it is the best.
    read: measurement.metric === "accuracy" || measurement.metric === "loss",
  }));
  // Said once where most that evaluate f do it alike.
  const evaluations = rows.flatMap(({ evaluation }) => evaluation || []);
  const usual = usualOf(evaluations);
  const curve = rows.filter(({ read }) => read).map(({ words }) => words);
  const others = rows
    .filter(({ read }) => !read)
    .map(({ words, measurement, evaluation }) => {
      const told = evaluation === usual ? ownMeasurementOptions(measurement) : measurementOptions(measurement);
      return told === "" ? words : `${words} (${told})`;
    });
  return [
    ...(curve.length === 0
      ? []
      : [`Read off each learning curve, at its last epoch unless said: ${curve.join("; ")}.`]),
    ...(others.length === 0 ? [] : [`Measured on every trial: ${others.join("; ")}.`]),
    ...(usual === undefined
      ? []
      : [`Where f is evaluated, it is ${usual}${new Set(evaluations).size > 1 ? ", unless said otherwise" : ""}.`]),
    ...maximiserSentence(suite.arms),
  ].join(" ");
}

/** φ and its maximisers, where it was measured. */
function maximiserSentence(arms: readonly Arm[]): string[] {
  const measured = arms.flatMap(({ measure }) =>
    Object.values(measure).flatMap((each) => (each.metric === "sharpness" ? [...each.maximiser] : [])),
  );
  if (measured.length === 0) return [];
  const how = {
    "paper-literal": "paper-literal is 10 iterations of L-BFGS-B from y = 0 in the paper's variables",
    scaled: "scaled is the same in variables scaled to the box, the objective scaled by its largest slope",
    "sign-ascent": "sign-ascent is projected sign-gradient ascent within the box",
  };
  const told = [...new Set(measured)].map((each) => how[each]);
  return [
    `Sharpness is φ = 100 · (max f(x + Ay) − f(x)) / (1 + f(x)) over the box |yᵢ| ≤ ε (|(A⁺x)ᵢ| + 1), with A the identity for the full space; its maximum is approximated from below: ${told.join("; ")}.`,
  ];
}
