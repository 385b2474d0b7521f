import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderJunit } from "../../../src/report/reporters/junit.ts";
import type { ReportedSuite } from "../../../src/report/reporters/reported-suite.ts";
import { exampleRecord } from "../example-record.ts";
import { againstBaseline, NASTY, reported, scaled, withClaims } from "./reported.ts";
import { readXml, type XmlElement } from "./xml.ts";

interface ElementFacts {
  readonly children: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly text?: true;
}
const FACTS: Readonly<Record<string, ElementFacts>> = JSON.parse(
  readFileSync(new URL("../../fixtures/report/junit.json", import.meta.url), "utf8"),
);

/** What the schemas would say against an element and those in it. */
function faults({ name, attributes, children, text }: XmlElement): string[] {
  const facts = FACTS[name];
  if (!facts) return [`${name} is not known`];
  const known = Object.entries(facts.attributes).map(([key, pattern]) => ({
    key: key.replace(/\?$/, ""),
    optional: key.endsWith("?"),
    pattern,
  }));
  const order = facts.children.map((each) => {
    const [, names = "", times = ""] = /^(.*?)([*?]?)$/.exec(each) ?? [];
    return `(?:(?:${names}) )${times}`;
  });
  const found = children.map((child) => `${child.name} `).join("");
  return [
    ...Object.keys(attributes)
      .filter((key) => !known.some((each) => each.key === key))
      .map((key) => `${name} has ${key}`),
    ...known.flatMap(({ key, optional, pattern }) => {
      const value = attributes[key];
      if (value === undefined) return optional ? [] : [`${name} lacks ${key}`];
      return new RegExp(`^${pattern}$`, "s").test(value) ? [] : [`${name} ${key} is ${value}`];
    }),
    ...(new RegExp(`^${order.join("")}$`).test(found) ? [] : [`${name} contains ${found}`]),
    ...(facts.text || text.trim() === "" ? [] : [`${name} contains text`]),
    ...children.flatMap(faults),
  ];
}

/** The test suites of a report that fits the schemas. */
function suitesOf(reports: readonly ReportedSuite[]): XmlElement[] {
  const root = readXml(renderJunit(reports));
  expect(root.name).toBe("testsuites");
  expect(faults(root)).toEqual([]);
  for (const { attributes, children } of root.children) {
    const inside = children.flatMap((child) => child.children.map(({ name }) => name));
    const count = (name: string) => inside.filter((each) => each === name).length;
    expect(attributes).toMatchObject({
      tests: String(children.filter(({ name }) => name === "testcase").length),
      failures: String(count("failure")),
      errors: String(count("error")),
      skipped: String(count("skipped")),
    });
  }
  return [...root.children];
}

function results(suite: XmlElement | undefined): [name: string | undefined, result: string][] {
  const cases = suite?.children.filter(({ name }) => name === "testcase") ?? [];
  return cases.map(({ attributes, children }) => [attributes["name"], children[0]?.name ?? "passed"]);
}

test("a claim is a test case: failing a failure, unmeasured an error, inconclusive skipped with its reason", () => {
  const [suite, ...others] = suitesOf([reported()]);
  expect(others).toEqual([]);
  expect(suite?.attributes).toMatchObject({
    name: "keskar-2017/sharp-minima (quick)",
    timestamp: "2026-03-14T09:26:53",
    time: "1879.000",
  });
  expect(results(suite)).toEqual([
    ["gap", "passed"],
    ["sharper", "skipped"],
    ["goes-ten-times-farther", "failure"],
    ["more-curved", "error"],
  ]);
  const [, sharper, farther] = suite?.children.filter(({ name }) => name === "testcase") ?? [];
  expect(sharper?.children[0]?.attributes["message"]).toMatch(/^1 of 2 assertions is inconclusive: /);
  expect(farther?.attributes["classname"]).toBe("keskar-2017/sharp-minima (quick)");
  expect(farther?.children[0]?.attributes["type"]).toBe("fail");
  expect(farther?.children[0]?.text).toMatch(/^Small-batch training ends .*\nsuites\/a\.json:60$/s);
});

test("several suites are numbered; a record without trials and claims is one without test cases", () => {
  const record = exampleRecord();
  const empty = { ...record, trials: [], suite: { ...record.suite, claims: [] } };
  const suites = suitesOf([reported(), reported(empty)]);
  expect(suites.map(({ attributes }) => attributes["id"])).toEqual(["0", "1"]);
  expect(results(suites[1])).toEqual([]);
});

test("findings pass, and the suite's output has what they found", () => {
  const [suite] = suitesOf([reported(withClaims(exampleRecord(), { finding: true }))]);
  expect(results(suite).map(([, result]) => result)).toEqual(Array(4).fill("passed"));
  const output = suite?.children.find(({ name }) => name === "system-out")?.text;
  expect(output).toMatch(
    /^goes-ten-times-farther: finding, not gated: fail: ratio 4 .*\nSB\.distance \/ LB\.distance > 10: /m,
  );
});

test("any text is kept but for the characters that XML does not have", () => {
  const record = withClaims(exampleRecord(), { statement: NASTY, source: NASTY });
  const [suite] = suitesOf([
    reported({ ...record, suite: { ...record.suite, id: NASTY, paper: NASTY } }, { file: NASTY }),
  ]);
  const kept = ["\u0000", "\u0007", "\u001b", "\ufffe", "\ud800"].reduce(
    (text, each) => text.replaceAll(each, ""),
    NASTY,
  );
  expect(suite?.attributes["name"]).toBe(`${kept} (quick)`);
  expect(suite?.children.find(({ children }) => children[0]?.name === "failure")?.children[0]?.text).toContain(kept);
});

test("with a baseline what drifted is a failure, what is known is none, and the comparison a test case", () => {
  const [same] = suitesOf([againstBaseline(exampleRecord())]);
  expect(results(same)).toEqual([
    ["gap", "passed"],
    ["sharper", "skipped"],
    ["goes-ten-times-farther", "skipped"],
    ["more-curved", "skipped"],
    ["captured baseline", "passed"],
  ]);
  const [drifted] = suitesOf([againstBaseline(scaled(exampleRecord(), "SB", "distance", 1.5))]);
  expect(results(drifted)[2]).toEqual(["goes-ten-times-farther", "failure"]);
  expect(results(drifted)[4]).toEqual(["captured baseline", "failure"]);
  const [none] = suitesOf([
    reported(exampleRecord(), { baseline: { status: "not-measured", text: "baseline: none\n" } }),
  ]);
  expect(results(none)[4]).toEqual(["captured baseline", "error"]);
});
