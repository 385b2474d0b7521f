import type { Claim, RunRecord } from "../spec/run.types.ts";
import { isDecided, judgeClaim } from "./judge-claim.ts";
import { type Look, looksOf } from "./looks.ts";
import type { ClaimVerdict } from "./verdict.ts";
import { formatCount, formatPercent } from "./wording.ts";

/** The verdicts on a run's claims, in the suite's order. A pure function of the record: no verdict is stored in it. */
export function judge(record: RunRecord): ClaimVerdict[] {
  const { claims, multiplicity = "none" } = record.suite;
  const candidates = claims.map((claim) => ({ claim, looks: looksOf(record, claim) }));
  const family = multiplicity === "holm" ? candidates.filter(({ claim }) => !claim.finding) : [];
  const ofFamily = new Map(judgeFamily(record, family).map((verdict) => [verdict.claim, verdict]));
  return candidates.map((each) => ofFamily.get(each.claim.id) ?? judgeAt(record, each, 1));
}

interface Candidate {
  readonly claim: Claim;
  readonly looks: readonly [Look, ...Look[]];
}

/**
 * Holm's step-down procedure: of the r claims that are not decided yet each is judged at a level of α/r, and every one
 * that is decided leaves more to the others.
 *
 * @see Holm 1979, A simple sequentially rejective multiple test procedure.
 */
function judgeFamily(record: RunRecord, family: readonly Candidate[]): ClaimVerdict[] {
  const reach = new Map(family.map((each) => [each, reachOf(record, each, family.length)]));
  let decided = 0;
  for (const most of [...reach.values()].toSorted((a, b) => b - a)) {
    if (most < family.length - decided) break;
    decided++;
  }
  const left = family.length - decided;
  return family.map((candidate) => {
    const alone = judgeAt(record, candidate, 1);
    // A claim that stands among the others keeps its own interval: it says more than one widened for their sake. One that
    // is open shows the interval that it is judged by, for what would settle it.
    if ((reach.get(candidate) ?? 0) >= left) return alone;
    const together = judgeAt(record, candidate, left);
    if (together.status === alone.status) return alone.status === "inconclusive" ? together : alone;
    const note = `${formatCount(family.length, "claim")} judged together ask for ${formatPercent(together.confidence)} (Holm); alone, at ${formatPercent(alone.confidence)}, it would be ${alone.status}`;
    return { ...together, alone: alone.status, reason: `${together.reason}; ${note}` };
  });
}

/** The most claims that may share the allowed error for this one to be decided still, as ⌊α/p⌋ of a test; 0 to most. */
function reachOf(record: RunRecord, candidate: Candidate, most: number): number {
  const decides = (left: number) => isDecided(judgeAt(record, candidate, left));
  let [within, beyond] = [0, most + 1];
  while (beyond - within > 1) {
    const left = Math.floor((within + beyond) / 2);
    if (decides(left)) within = left;
    else beyond = left;
  }
  return within;
}

/** At the first look that decides, or the last. @param left claims that share the allowed error. */
function judgeAt(record: RunRecord, { claim, looks: [first, ...later] }: Candidate, left: number): ClaimVerdict {
  const { confidence } = record.suite;
  const at = ({ seeds, share }: Look) => {
    // To the last digit what the suite says, where nothing is shared.
    const level = share === left ? confidence : 1 - ((1 - confidence) * share) / left;
    return judgeClaim(record, claim, { seeds, confidence: level });
  };
  let verdict = at(first);
  for (const look of later) {
    if (isDecided(verdict)) break;
    verdict = at(look);
  }
  return verdict;
}
