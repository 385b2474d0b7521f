import { expect, test } from "vitest";
import { renderTap } from "../../../src/report/reporters/tap.ts";
import { exampleRecord } from "../example-record.ts";
import { againstBaseline, NASTY, reported, withClaims } from "./reported.ts";

interface Point {
  ok: boolean;
  number: number;
  name: string;
  directive: string | undefined;
  diagnostics: Record<string, unknown>;
}

/** Reads what we write of TAP 14; anything else is an error. */
function pointsOf(text: string): Point[] {
  const [version, plan = "", ...lines] = text.split("\n");
  expect(version).toBe("TAP version 14");
  expect(lines.pop()).toBe("");
  const points: Point[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, ok, number, name = "", directive] =
      /^(ok|not ok) (\d+) - ((?:[^#\\]|\\[#\\])*?)(?: # ((?:SKIP|TODO)(?: (?:[^#\\]|\\[#\\])*)?))?$/.exec(
        lines[i] ?? "",
      ) ?? [];
    if (ok === undefined) throw new Error(`no test point: ${lines[i]}`);
    expect(lines[++i]).toBe("  ---");
    const diagnostics: Record<string, unknown> = {};
    while (lines[++i] !== "  ...") {
      const [, key = "", value = ""] = /^ {2}(\w+): (.*)$/.exec(lines[i] ?? "") ?? [];
      diagnostics[key] = JSON.parse(value);
    }
    points.push({
      ok: ok === "ok",
      number: Number(number),
      name: name.replace(/\\([#\\])/g, "$1"),
      directive,
      diagnostics,
    });
  }
  expect(plan).toBe(`1..${points.length}`);
  expect(points.map(({ number }) => number)).toEqual(points.map((_, i) => i + 1));
  return points;
}

test("a point a claim, numbered through all suites", () => {
  const points = pointsOf(renderTap([reported(), reported()]));
  expect(points.map(({ ok }) => ok)).toEqual([true, true, false, false, true, true, false, false]);
  expect(points.map(({ directive }) => directive).slice(0, 4)).toEqual([
    undefined,
    "SKIP inconclusive",
    undefined,
    undefined,
  ]);
  expect(points[2]?.name).toBe("keskar-2017/sharp-minima (quick): goes-ten-times-farther");
  expect(points[2]?.diagnostics).toMatchObject({
    verdict: "fail",
    message: expect.stringMatching(/^ratio 4 /),
    measured: [expect.stringContaining("SB.distance / LB.distance > 10: ratio 4")],
    at: "suites/a.json:60",
  });
  expect(points[3]?.diagnostics).toMatchObject({ verdict: "not-measured" });
});

test("a finding is told and holds nothing up", () => {
  const points = pointsOf(renderTap([reported(withClaims(exampleRecord(), { finding: true }))]));
  expect(points.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(points[2]?.diagnostics).toMatchObject({ verdict: "fail", finding: true });
});

test("a known failure is a TODO, a drift is none", () => {
  const points = pointsOf(renderTap([againstBaseline(exampleRecord(), { gap: "fail" })]));
  expect(points.map(({ ok, directive }) => [ok, directive])).toEqual([
    [false, undefined],
    [true, "SKIP inconclusive"],
    [false, "TODO fail, not gated"],
    [false, "TODO not-measured, not gated"],
    [false, undefined],
  ]);
  expect(points[4]?.name).toMatch(/: captured baseline$/);
  const same = pointsOf(renderTap([againstBaseline(exampleRecord())]));
  expect(same.filter(({ ok, directive }) => !ok && directive === undefined)).toEqual([]);
});

test("no text ends a line, starts a directive or ends the diagnostics", () => {
  const record = exampleRecord();
  const claims = record.suite.claims.map((claim) => ({
    ...claim,
    id: `${claim.id} # TODO ${NASTY}`,
    statement: NASTY,
  }));
  const text = renderTap([reported({ ...record, suite: { ...record.suite, claims } })]);
  const points = pointsOf(text);
  expect(points).toHaveLength(4);
  expect(points[0]?.name).toContain("gap # TODO a]]><b>");
  expect(points[0]?.directive).toBeUndefined();
  expect(points[0]?.diagnostics["statement"]).toBe(NASTY);
  expect(text).not.toMatch(/[^\P{Cc}\n]|\u2028/u);
});
