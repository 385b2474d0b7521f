import type { SampleReference } from "../../spec/run.types.ts";
import { plainName } from "../arms.ts";

/** "LB sharpness[0.001,scaled]". */
export function referenceWords({ arm, measurement, epsilon, maximiser, part, at }: SampleReference): string {
  const options = [part, epsilon, maximiser, at === undefined ? undefined : `at ${at}`].filter(
    (option) => option !== undefined,
  );
  return `${plainName(arm)} ${measurement}${options.length === 0 ? "" : `[${options.join(",")}]`}`;
}
