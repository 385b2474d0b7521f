import { parseHTML } from "linkedom";
import { judge } from "../../src/judge/judge.ts";
import { renderHtml } from "../../src/report/html.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";

/** The report of a record, judged. */
export function render(record: RunRecord): string {
  return renderHtml(record, judge(record));
}

/** The page's document, and what a reader sees of it with spaces run together. */
export function open(html: string): { document: ReturnType<typeof parseHTML>["document"]; text: string } {
  const { document } = parseHTML(html);
  const visible = parseHTML(html).document;
  for (const element of visible.querySelectorAll("style, head")) element.remove();
  return { document, text: (visible.body.textContent ?? "").replace(/\s+/g, " ") };
}
