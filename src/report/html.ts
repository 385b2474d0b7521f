import type { ClaimVerdict } from "../judge/verdict.ts";
import type { RunRecord } from "../spec/run.types.ts";
export function renderHtml(record: RunRecord, _verdicts: readonly ClaimVerdict[]): string { return `<h1>${record.suite.title}</h1>`; }
