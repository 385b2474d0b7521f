import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

/** The example as the only variant of a matrix. */
function asVariant(variant: string): RunRecord {
  const text = JSON.stringify(exampleRecord(), (key, value) => {
    return (key === "arm" || key === "name" || key === "id") && /^(SB|LB|[a-z-]+)$/.test(value)
      ? `${value}[${variant}]`
      : value;
  });
  return JSON.parse(text);
}

function variantHeading(record: RunRecord): string | undefined {
  return open(render(record)).document.querySelector(".overview .variant")?.textContent?.replace(/\s+/g, " ").trim();
}

test("the claims of a variant stand under its name and the network that its arms trained", () => {
  expect(variantHeading(asVariant("none"))).toBe("none F1");
});

test("a variant named after its network is named once", () => {
  expect(variantHeading(asVariant("F1"))).toBe("F1");
});

test("without a matrix the claims have no heading", () => {
  expect(variantHeading(exampleRecord())).toBeUndefined();
});
