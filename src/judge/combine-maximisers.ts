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

/** Whether all maximisers see a ratio on the same side of 1, whichever. @param findings of that it lies above. */
export function agreeOnSide(findings: readonly Finding[]): { status: VerdictStatus; reason: string } {
  const results = findings.map(({ result }) => result);
  const absent = results.filter(({ status }) => status === "not-measured");
  if (absent.length > 0) return { status: "not-measured", reason: listReasons(absent) };
  const words = { pass: "above", fail: "below", inconclusive: "undecided", "not-measured": "" };
  const summary = results.map((result) => `${estimateWords(result)} (${words[result.status]})`).join(", ");
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has("pass") && statuses.has("fail")) return { status: "fail", reason: `they disagree: ${summary}` };
  if (statuses.has("inconclusive")) return { status: "inconclusive", reason: summary };
  return { status: "pass", reason: `all on one side: ${summary}` };
}

/** All must hold: the first of fail, not measured, inconclusive that occurs decides. */
export function combineAll(results: readonly SingleResult[]): { status: VerdictStatus; reason: string } {
  const status = (["fail", "not-measured", "inconclusive"] as const).find((one) =>
    results.some((result) => result.status === one),
  );
  if (status) return { status, reason: listReasons(results.filter((result) => result.status === status)) };
  return { status: "pass", reason: `each of ${results.length}: ${results.map(summarise).join(", ")}` };
}

function summarise(result: SingleResult): string {
  return `${estimateWords(result)} (${result.status})`;
}

function estimateWords(result: SingleResult): string {
  const estimate = "effect" in result ? ` ${result.effect.scale} ${formatNumber(result.effect.estimate)}` : "";
  return `${nameOf(result)}${estimate}`;
}

function nameOf({ label, maximiser }: SingleResult): string {
  return [label, maximiser].filter((word) => word !== undefined).join(" ");
}

/** Equal reasons are told once, and one that all share without naming whose they are. */
function listReasons(results: readonly SingleResult[]): string {
  const byReason = new Map<string, string[]>();
  for (const result of results) {
    byReason.set(result.reason, [...(byReason.get(result.reason) ?? []), nameOf(result)]);
  }
  const [shared] = byReason.keys();
  if (shared !== undefined && byReason.size === 1 && results.length > 1) return shared;
  return [...byReason].map(([reason, names]) => `${names.join(", ")}: ${reason}`).join("; ");
}
