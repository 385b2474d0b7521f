import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { record, tinyRecord } from "./past-runs.ts";
import { folder } from "./program.ts";

/** Pages of a site, by path. */
function pagesOf(site: string): Map<string, string> {
  const files = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
  return new Map(files.sort().map((file) => [file, readFileSync(join(site, file), "utf8")]));
}

test("an index, a history, reports and a comparison, whose links all lead somewhere", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  for (const day of [1, 2]) record(place, run, { day });
  record(place, run, { day: 2, cpu: "Another Processor" });
  const { code, stdout } = await place.run(["site"]);
  expect(stdout).toBe("3 runs: 6 pages written, 0 up to date; site/index.html\n");
  expect(code).toBe(0);
  const site = join(place.path, "site");
  const pages = pagesOf(site);
  expect([...pages.keys()].map((file) => file.replace(/2026\S*?Z-[0-9a-f]{8}/, "RUN"))).toEqual([
    "compare/tiny/all.html",
    "index.html",
    "runs/tiny/RUN/index.html",
    "runs/tiny/RUN/index.html",
    "runs/tiny/RUN/index.html",
    "suites/tiny/index.html",
  ]);
  let links = 0;
  for (const [file, html] of pages) {
    expect(html).toContain("Content-Security-Policy");
    for (const [, href = ""] of html.matchAll(/<a [^>]*href="([^"#]+)"/g)) {
      if (href.startsWith("data:")) continue;
      expect(existsSync(resolve(site, dirname(file), decodeURIComponent(href))), `${file}: ${href}`).toBe(true);
      links++;
    }
  }
  expect(links).toBeGreaterThan(5);
  const withoutWayBack = [...pages].filter(([file, html]) => {
    const index = relative(dirname(file), "index.html");
    return !html.includes(`<a href="${index}">All suites</a>`);
  });
  expect(withoutWayBack.map(([file]) => file)).toEqual(["index.html"]);
});

test("a second time only what is new is written, and pages of runs that are gone are removed", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  for (const day of [1, 2, 3]) record(place, run, { day });
  await place.run(["site"]);
  const site = join(place.path, "site");
  const [report = ""] = [...pagesOf(site).keys()].filter((file) => file.startsWith("runs/"));
  const writtenAt = () => statSync(join(site, report)).mtimeMs;
  const before = writtenAt();
  expect((await place.run(["site"])).stdout).toBe("3 runs: 0 pages written, 5 up to date; site/index.html\n");

  record(place, run, { day: 4 });
  expect((await place.run(["site", "--json"])).stdout).toContain('"written": 3');
  expect(writtenAt()).toBe(before);

  rmSync(join(place.path, "reports/tiny/2026-06-01T02-17-00Z"), { recursive: true });
  await place.run(["site"]);
  expect([...pagesOf(site).keys()].filter((file) => file.includes("2026-06-01"))).toEqual([]);
});

test("a folder with other things in it is left alone, and ids of records lead nowhere else", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  place.write("public/mine.txt", "mine");
  const refused = await place.run(["site", "--out", "public"]);
  expect(refused.stderr).toContain("public has other things in it");
  expect(refused.code).toBe(2);
  expect(readdirSync(join(place.path, "public"))).toEqual(["mine.txt"]);

  const hostile = { ...run, suite: { ...run.suite, id: "../../out", title: "<img src=x onerror=alert(1)>" } };
  rmSync(join(place.path, "reports"), { recursive: true });
  record(place, hostile, { day: 1 });
  expect((await place.run(["site"])).code).toBe(0);
  expect(place.names()).toEqual([".claimbench", "made", "public", "reports", "site", "suite.json"]);
  const pages = pagesOf(join(place.path, "site"));
  expect([...pages.values()].join("")).not.toContain("<img src=x");
  expect(pages.get("index.html")).toContain("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;");
});

test("one report that cannot be written is told, and the rest of the site is made", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  const unwritable = { ...run, suite: { ...run.suite, id: "long".repeat(100) } };
  place.write("reports/a/2026-06-02T02-17-00Z/run.json", unwritable);
  const failed = await place.run(["site"]);
  expect(failed.stderr).toMatch(/^failed: reports\/a\/2026-06-02T02-17-00Z\/run\.json: cannot write .*name too long/m);
  expect(failed.stdout).toBe("1 run: 3 pages written, 0 up to date, 1 failed; site/index.html\n");
  expect(failed.code).toBe(2);
  const pages = pagesOf(join(place.path, "site"));
  expect([...pages.keys()]).toHaveLength(3);
  expect(pages.get("index.html")).not.toContain("longlong");
  rmSync(join(place.path, "reports/a"), { recursive: true });
  const mended = await place.run(["site"]);
  expect(mended.stdout).toBe("1 run: 0 pages written, 3 up to date; site/index.html\n");
  expect(mended.code).toBe(0);
});

test("a suite whose history cannot be written is not linked from the index", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  place.write("reports/other/2026-06-02T02-17-00Z/run.json", { ...run, suite: { ...run.suite, id: "other" } });
  await place.run(["site"]);
  const site = join(place.path, "site");
  writeFileSync(join(site, "suites/other/index.html"), "mine");
  const failed = await place.run(["site"]);
  expect(failed.stderr).toMatch(/^failed: other: .*suites\/other\/index\.html is there already/m);
  expect(failed.code).toBe(2);
  const index = readFileSync(join(site, "index.html"), "utf8");
  expect(index).toContain('href="suites/tiny/index.html"');
  expect(index).not.toContain('href="suites/other/index.html"');
  expect(readFileSync(join(site, "suites/other/index.html"), "utf8")).toBe("mine");
});

test("a call that ended halfway is gone on with", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  await place.run(["site"]);
  record(place, run, { day: 2 });
  const index = join(place.path, "site/index.html");
  rmSync(index);
  mkdirSync(index);
  const failed = await place.run(["site"]);
  expect(failed.stderr).toContain("[reports-not-writable]");
  rmSync(index, { recursive: true });
  expect((await place.run(["site"])).stdout).toBe("2 runs: 1 page written, 3 up to date; site/index.html\n");
});

test("what a site no longer needs is removed, and nothing that somebody else put there", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  record(place, { ...run, suite: { ...run.suite, id: "other" } }, { day: 2 });
  record(place, { ...run, suite: { ...run.suite, id: "other" } }, { day: 3, cpu: "Another Processor" });
  await place.run(["site"]);
  const site = join(place.path, "site");
  const others = [...pagesOf(site).keys()].filter((file) => file.includes("/other/"));
  expect(others.map((file) => file.split("/")[0]).sort()).toEqual(["compare", "runs", "runs", "suites"]);
  const [noted = "", replaced = ""] = others.filter((file) => file.startsWith("runs/"));
  const note = join(site, dirname(noted), "note.txt");
  writeFileSync(note, "mine");
  writeFileSync(join(site, replaced), "mine");

  rmSync(join(place.path, "reports"), { recursive: true });
  record(place, run, { day: 1 });
  expect((await place.run(["site"])).stdout).toContain(" 1 page written, 2 up to date;");
  expect([...pagesOf(site).keys()].filter((file) => file.includes("/other/"))).toEqual([replaced]);
  expect([note, join(site, replaced)].map((file) => readFileSync(file, "utf8"))).toEqual(["mine", "mine"]);
  expect(readdirSync(site).sort()).toEqual([".claimbench-site.json", "index.html", "runs", "suites"]);

  writeFileSync(join(site, "index.html"), "mine");
  const refused = await place.run(["site"]);
  expect(refused.stderr).toContain("is no page of claimbench");
  expect(readFileSync(join(site, "index.html"), "utf8")).toBe("mine");
});

test("a list of files that was tampered with removes nothing outside of the site", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  await place.run(["site"]);
  const state = join(place.path, "site/.claimbench-site.json");
  const kept = JSON.parse(readFileSync(state, "utf8"));
  place.write("precious.json", "{}");
  writeFileSync(
    state,
    JSON.stringify({ ...kept, files: [...kept.files, "../precious.json", "runs/../../precious.json"] }),
  );
  expect((await place.run(["site"])).code).toBe(0);
  expect(readFileSync(join(place.path, "precious.json"), "utf8")).toBe("{}");
});
