import type { RunRecord } from "../spec/run.types.ts";
import { dataLink, fileName } from "./data-link.ts";
import { formatWhole } from "./words/quantities.ts";

/** The link that gives the samples away. */
export interface SamplesView {
  /** The value of an HTML attribute in apostrophes. */
  readonly link: string;
  readonly file: string;
  readonly count: string;
}

/** @returns null where there is nothing to give. */
export function samplesView(record: RunRecord): SamplesView | null {
  const { suite, run, samples } = record;
  if (samples.length === 0) return null;
  return {
    link: dataLink("text/csv", samplesCsv(record)),
    file: fileName(`${suite.id} ${run.id} samples`, "csv"),
    count: formatWhole(samples.length),
  };
}

const COLUMNS = [
  "arm",
  "seed",
  "measurement",
  "part",
  "epsilon",
  "maximiser",
  "at",
  "value",
  "absent",
  "loss",
  "gradientNorm",
  "evaluations",
  "iterations",
  "stop",
  "draws",
] as const;

/** Every sample of a record as CSV (RFC 4180): a header, lines that end in CR LF, empty fields for what a sample has not. */
export function samplesCsv({ samples }: RunRecord): string {
  const rows = samples.map((sample) => {
    const detail = "detail" in sample ? sample.detail : undefined;
    const fields: Record<string, unknown> = { ...detail, ...sample };
    return COLUMNS.map((column) => field(fields[column]));
  });
  return [COLUMNS, ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function field(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.join(" ");
  if (typeof value !== "string") return "";
  const text = asText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet would take these for formulas; an apostrophe before makes them text. */
function asText(value: string): string {
  return /^\s*[=+\-@|%]|^[\t\r\n]/.test(value) ? `'${value}` : value;
}
