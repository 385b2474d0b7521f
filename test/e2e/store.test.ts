import { readdirSync, readFileSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const data = { files: { train: "data.safetensors", test: "data.safetensors" } };
const network = { input: [4], layers: [{ layer: "dense", units: 3 }] };
const run = ["run", "suite.json", "--threads", "1", "--workers", "1"];

/** A folder with a suite of two arms, one of batch 32. */
function folderWithSuite() {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const { arms, ...suite } = tinySuite({ network, data, seeds: 1, claims: { holds } });
  here.write("suite.json", { ...suite, arms: { ...arms, LB: { extends: "SB", train: { batch: 32 } } } });
  return here;
}

test("store lists, verifies and removes", async () => {
  const here = folderWithSuite();
  const empty = await here.run(["store", "ls"]);
  expect(empty).toMatchObject({ code: 0, stdout: "entries: none\n" });
  await here.run(run);
  const listed = await here.run(["store", "ls"]);
  expect(listed.stdout.split("\n").filter((line) => / batch 32 +2 epochs {2}seed 0 .* today$/.test(line))).toHaveLength(
    1,
  );
  expect(listed.stdout).toMatch(/entries: .*2 trial/);
  expect((await here.run(["store", "verify"])).code).toBe(0);

  const entries = join(here.path, ".claimbench", "entries", "trial");
  const [first = ""] = readdirSync(entries);
  truncateSync(join(entries, first), 100);
  const damaged = await here.run(["store", "verify"]);
  expect(damaged.code).toBe(4);
  expect(damaged.stderr).toContain(`damaged, set aside: ${join(entries, first)}`);
  expect(readdirSync(join(here.path, ".claimbench", "damaged")).some((name) => name.startsWith(first))).toBe(true);

  const kept = await here.run(["store", "gc", "--older-than", "1", "--json"]);
  expect(JSON.parse(kept.stdout)).toMatchObject({ entries: 0 });
  const removed = await here.run(["store", "gc", "--older-than", "0", "--json"]);
  expect(JSON.parse(removed.stdout).entries).toBeGreaterThan(5);
  expect((await here.run(["store", "ls"])).stdout).toBe("entries: none\n");
  expect((await here.run(["store", "gc", "--older-than", "soon"])).code).toBe(2);
  // Another version's store is not touched.
  here.write("other/format", "claimbench-store/9\n");
  const other = await here.run(["store", "ls", "--store", "other"]);
  expect(other.code).toBe(2);
  expect(readFileSync(join(here.path, "other", "format"), "utf8")).toBe("claimbench-store/9\n");
});

test("trials on surrogate data are listed as such", async () => {
  const here = folder();
  const data = { surrogate: "frames", features: 784, classes: 10, train: 256, test: 64 };
  here.write("suite.json", tinySuite({ data, seeds: 1 }));
  await here.run(run);
  const { stdout } = await here.run(["store", "ls"]);
  expect(stdout.match(/\[784\] 3 layers, surrogate frames 256 {2}batch /g)).toHaveLength(2);
});

test("gc --dry-run tells what gc removes, and removes nothing", async () => {
  const here = folderWithSuite();
  await here.run(run);
  const store = join(here.path, ".claimbench");
  here.write(".claimbench/objects/ab/abandoned.safetensors", "nobody names it");
  const files = () =>
    readdirSync(store, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  const before = files();
  // What was written within the hour stays.
  const yesterday = new Date(Date.now() - 90_000_000);
  for (const file of before) utimesSync(file, yesterday, yesterday);
  const gc = async (...words: string[]) => JSON.parse((await here.run(["store", "gc", "--json", ...words])).stdout);

  const little = await gc("--dry-run");
  expect(little).toMatchObject({ dryRun: true, entries: 0 });
  const all = await gc("--dry-run", "--older-than", "0");
  expect(all.entries).toBeGreaterThan(5);
  expect(all.files).toBeGreaterThan(little.files);
  const said = await here.run(["store", "gc", "--dry-run", "--older-than", "0"]);
  expect(said.stdout).toMatch(/^\d+ results and \d+ files would be removed, [\d.]+ MB\n$/);
  expect(files()).toEqual(before);

  expect({ dryRun: true, ...(await gc()) }).toEqual(little);
  expect(files().some((file) => file.endsWith("abandoned.safetensors"))).toBe(false);
  const { entries, files: rest, bytes } = await gc("--older-than", "0");
  expect({ entries, files: rest + little.files, bytes: bytes + little.bytes, dryRun: true }).toEqual(all);
});

test("what is no store is left alone, and files of other programs in one do not matter", async () => {
  const here = folderWithSuite();
  here.write("elsewhere/objects/ab/abcdef", "not ours");
  here.write("elsewhere/HEAD", "not ours");
  for (const words of [["gc"], ["verify"], ["ls"]]) {
    const refused = await here.run(["store", ...words, "--store", "elsewhere"]);
    expect(refused.stderr).toMatch(/elsewhere is no store of claimbench/);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
  }
  expect(readFileSync(join(here.path, "elsewhere/objects/ab/abcdef"), "utf8")).toBe("not ours");

  await here.run(run);
  here.write(".claimbench/objects/Thumbs.db", "");
  expect(await here.run(["store", "verify"])).toMatchObject({ code: 0, stderr: "" });
  expect(await here.run(["store", "gc"])).toMatchObject({ code: 0, stderr: "" });
});
