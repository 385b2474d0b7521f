import { grouped } from "../spec/grouped.ts";
import type { Finding } from "./judge-criterion.ts";
import type { SingleResult, VerdictStatus } from "./verdict.ts";
import { formatNumber } from "./wording.ts";

interface Combined {
  readonly status: VerdictStatus;
  readonly reason: string;
  /** See `AssertionVerdict`. */
  readonly maximiserDependent?: true;
}

/**
 * One verdict from those of the maximisers. Metric 2.1 is a maximum that none of them finds for certain, so the weakest
 * counts; where they disagree about the direction, the assertion says more about the maximiser than about the minimiser.
 */
export function combineMaximisers(findings: readonly Finding[]): Combined {
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
    return { status: "inconclusive", reason: `maximiser-dependent: ${summary}`, maximiserDependent: true };
  }
  const open = results.filter((result) => result.status === "inconclusive");
  return { status: "inconclusive", reason: listReasons(open) };
}

/**
 * Whether all maximisers see a ratio on the same side of 1, whichever.
 *
 * @param findings of that it lies above.
 * @returns also the results: where those that are decided all lie below, that is the side they share.
 */
export function agreeOnSide(findings: readonly Finding[]): Combined & { results: SingleResult[] } {
  const results = findings.map(({ result }) => result);
  const absent = results.filter(({ status }) => status === "not-measured");
  if (absent.length > 0) return { status: "not-measured", reason: listReasons(absent), results };
  const sides = { pass: "above", fail: "below", inconclusive: "undecided", "not-measured": "" };
  const summary = results.map((result) => `${estimateWords(result)} (${sides[result.status]})`).join(", ");
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has("pass") && statuses.has("fail")) {
    return { status: "fail", reason: `they disagree: ${summary}`, results };
  }
  const shared = results.map((result) => (result.status === "fail" ? { ...result, status: "pass" as const } : result));
  if (statuses.has("inconclusive")) return { status: "inconclusive", reason: summary, results: shared };
  return { status: "pass", reason: `all on one side: ${summary}`, results: shared };
}

/** What one of several comparisons came to. */
interface Labelled extends Combined {
  readonly label: string;
}

/** All must hold: the first of fail, not measured, inconclusive that occurs decides. */
export function combineAll(all: readonly Labelled[]): Combined {
  const status =
    (["fail", "not-measured", "inconclusive"] as const).find((one) => all.some((each) => each.status === one)) ??
    "pass";
  const deciding = all.filter((each) => each.status === status);
  const dependent = deciding.some(({ maximiserDependent }) => maximiserDependent);
  const [only] = deciding;
  return {
    status,
    reason:
      only && all.length === 1 ? only.reason : deciding.map(({ label, reason }) => `${label}: ${reason}`).join("; "),
    ...(dependent ? { maximiserDependent: true } : {}),
  };
}

function summarise(result: SingleResult): string {
  return `${estimateWords(result)} (${result.status})`;
}

function estimateWords(result: SingleResult): string {
  const estimate = "effect" in result ? ` ${result.effect.scale} ${formatNumber(result.effect.estimate)}` : "";
  return `${result.maximiser ?? ""}${estimate}`;
}

/** Equal reasons are told once, and one that all share without naming whose they are. */
function listReasons(results: readonly SingleResult[]): string {
  const byReason = [...grouped(results, ({ reason }) => reason)];
  const [[shared] = [""]] = byReason;
  if (byReason.length === 1 && results.length > 1) return shared;
  return byReason
    .map(([reason, of]) => `${of.map(({ maximiser }) => maximiser ?? "").join(", ")}: ${reason}`)
    .join("; ");
}
