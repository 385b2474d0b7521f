import type { Finding } from "./judge-criterion.ts";
import type { SingleResult, VerdictStatus } from "./verdict.ts";
import { formatNumber } from "./wording.ts";

/**
 * One verdict from those of the maximisers. Metric 2.1 is a maximum that none of them finds for certain, so the weakest
 * counts; where they disagree about the direction, the assertion says more about the maximiser than about the minimiser.
 */
export function combineMaximisers(findings: readonly Finding[]): { status: VerdictStatus; reason: string } {
  const results = findings.map(({ result }) => result);
  const [only] = results;
  if (only && results.length === 1) return { status: only.status, reason: only.reason };

  const absent = results.filter(({ status }) => status === "not-measured");
  if (absent.length > 0) return { status: "not-measured", reason: listReasons(absent) };

  const statuses = new Set(results.map(({ status }) => status));
  const [status] = statuses;
  const summary = results.map(summarise).join(", ");
  if (status && status !== "inconclusive" && statuses.size === 1) {
    return { status, reason: `with each of ${results.length} maximisers: ${summary}` };
  }
  const sides = new Set(findings.map(({ side }) => side));
  if ((sides.has("claimed") && sides.has("other")) || (statuses.has("pass") && statuses.has("fail"))) {
    return { status: "inconclusive", reason: `maximiser-dependent: ${summary}` };
  }
  const open = results.filter((result) => result.status === "inconclusive");
  return { status: "inconclusive", reason: listReasons(open) };
}

function summarise(result: SingleResult): string {
  const estimate = "effect" in result ? ` ${result.effect.scale} ${formatNumber(result.effect.estimate)}` : "";
  return `${result.maximiser}${estimate} (${result.status})`;
}

/** Equal reasons are told once, and one that all share without naming the maximisers. */
function listReasons(results: readonly SingleResult[]): string {
  const byReason = new Map<string, string[]>();
  for (const { reason, maximiser = "" } of results) byReason.set(reason, [...(byReason.get(reason) ?? []), maximiser]);
  const [shared] = byReason.keys();
  if (shared !== undefined && byReason.size === 1 && results.length > 1) return shared;
  return [...byReason].map(([reason, maximisers]) => `${maximisers.join(", ")}: ${reason}`).join("; ");
}
