import { expect, test } from "vitest";
import { renderGithub } from "../../../src/report/reporters/github.ts";
import { exampleRecord } from "../example-record.ts";
import { againstBaseline, NASTY, reported, scaled, withClaims } from "./reported.ts";

interface Command {
  level: string;
  properties: Record<string, string>;
  message: string;
}

/** The commands as GitHub's runner takes them apart. */
function commandsOf(text: string): Command[] {
  const undo = (value: string) =>
    value
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%25", "%");
  expect(text.endsWith("\n") || text === "").toBe(true);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const [, level = "", words = "", message = ""] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
      const properties = words
        .split(",")
        .map((each) => [each.slice(0, each.indexOf("=")), undo(each.slice(each.indexOf("=") + 1))]);
      return { level, properties: Object.fromEntries(properties), message: undo(message) };
    });
}

test("a failing and an unmeasured claim are errors, an inconclusive one is a warning, at their lines", () => {
  const commands = commandsOf(renderGithub([reported()]));
  expect(commands.map(({ level, properties: { file, line, title } }) => [level, file, line, title])).toEqual([
    ["warning", "suites/a.json", "50", "keskar-2017/sharp-minima (quick) sharper: inconclusive"],
    ["error", "suites/a.json", "60", "keskar-2017/sharp-minima (quick) goes-ten-times-farther: fail"],
    ["error", "suites/a.json", "70", "keskar-2017/sharp-minima (quick) more-curved: not-measured"],
  ]);
  expect(commands[1]?.message).toMatch(/^ratio 4 \(95 % interval/);
  expect(renderGithub([reported(withClaims(exampleRecord(), { finding: true }))])).toBe("");
});

test("no text can end a command or start another", () => {
  const record = exampleRecord();
  const suite = {
    ...record.suite,
    id: NASTY,
    claims: record.suite.claims.map((claim) => ({ ...claim, id: `${claim.id}${NASTY}` })),
  };
  const text = renderGithub([reported({ ...record, suite }, { file: `a:b,c%0A${NASTY}.json` })]);
  const commands = commandsOf(text);
  expect(commands).toHaveLength(3);
  expect(text.split("\n").filter((line) => line !== "" && !/^::(error|warning) file=/.test(line))).toEqual([]);
  expect(commands[0]?.properties["file"]).toMatch(/^a:b,c%0Aa\]\]><b>/);
  expect(commands[0]?.properties["title"]).toContain("h: 100%\r\n::error::i\n");
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});

test("a claim whose line or file is not known is told without", () => {
  const { file: _, ...suite } = reported();
  const places = commandsOf(renderGithub([suite])).map(({ properties }) => Object.keys(properties));
  expect(places).toEqual([["title"], ["title"], ["title"]]);
});

test("with a baseline only what drifted is told, at its claim", () => {
  expect(renderGithub([againstBaseline(exampleRecord())])).toBe("");
  const changed = commandsOf(renderGithub([againstBaseline(exampleRecord(), { gap: "inconclusive" })]));
  expect(changed).toHaveLength(1);
  expect(changed[0]).toMatchObject({ level: "error", properties: { file: "suites/a.json", line: "40" } });
  expect(changed[0]?.properties["title"]).toMatch(/gap: drifted$/);
  expect(changed[0]?.message).toMatch(/^inconclusive → pass: /);
});

test("what drifted and no claim reads is told without a line, and so is a missing baseline", () => {
  const record = withClaims(scaled(exampleRecord(), "SB", "distance", 1.5), { finding: true });
  const [command, ...others] = commandsOf(renderGithub([againstBaseline(record)]));
  expect(others).toEqual([]);
  expect(command?.properties["line"]).toBeUndefined();
  expect(command?.message).toMatch(/^drifted from the baseline .*\nSB\.distance: /);
  const none = reported(exampleRecord(), {
    baseline: { status: "not-measured", text: "baseline: none was captured\n" },
  });
  const [missing, ...more] = commandsOf(renderGithub([none]));
  expect(more).toEqual([]);
  expect(missing).toMatchObject({ level: "error", message: "none was captured" });
});
