import type { ClaimVerdict } from "../../judge/verdict.ts";
import { effectWords } from "../words/measured-result.ts";

/** Every result of a claim on a line: "LB.loss / SB.loss > 1 (scaled): ratio 1.2 (1.1 to 1.3), 5 seeds". */
export function assertionLines({ assertions }: ClaimVerdict): string[] {
  return assertions.flatMap(({ expression, results }) =>
    results.map((result) => {
      const names = [result.label, result.maximiser].filter((name) => name !== undefined);
      return `${expression}${names.length > 0 ? ` (${names.join(", ")})` : ""}: ${effectWords(result)}`;
    }),
  );
}
