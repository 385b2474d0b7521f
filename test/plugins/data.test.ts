// Data that a plugin makes: its form, its checksums, its random numbers.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadPlugin } from "../../src/plugins/load-plugin.ts";
import { loadPluginData } from "../../src/plugins/plugin-data.ts";

/** @param body of the function `load`. */
async function loaded(body: string, options: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), "claimbench-plugin-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const load = `load({ options, folder, random }) { ${body} }`;
  writeFileSync(join(folder, "d.mjs"), `export default { name: "d", dataSets: { one: { title: "x", ${load} } } };`);
  const { plugin: _, ...code } = await loadPlugin("./d.mjs", folder);
  return loadPluginData({ plugin: "d/one", ...options, code: { ...code, title: "x" } }, folder);
}

const two = (x: string, y = "[0, 1]") => `{ x: Float32Array.of(${x}), y: Int32Array.from(${y}) }`;
const good = `return { shape: [2], train: ${two("1, 2, 3, 4")}, test: ${two("5, 6, 7, 8")} };`;

test("samples come as the plugin made them, with checksums of what they are", async () => {
  const { train, test: held, files } = await loaded(good);
  expect([Array.from(train.x), Array.from(train.y), train.count, train.shape]).toEqual([[1, 2, 3, 4], [0, 1], 2, [2]]);
  expect(Array.from(held.x)).toEqual([5, 6, 7, 8]);
  expect(files.map(({ name }) => name)).toEqual(["d/one, training samples", "d/one, test samples"]);
  // Another program text, the same samples.
  expect((await loaded(`const made = () => { ${good} }; return made();`)).files).toEqual(files);
  const other = await loaded(good.replace("3, 4", "3, 5"));
  expect(other.files[0]?.sha256).not.toBe(files[0]?.sha256);
  expect(other.files[1]).toEqual(files[1]);
});

test("options and a generator's numbers reach it; the numbers are the same each time", async () => {
  const body = `const { uniform, normal } = random(options.seed);
    const draw = () => ({ x: Float32Array.of(uniform(), normal()), y: Int32Array.of(0) });
    return { shape: [2], train: draw(), test: draw() };`;
  const [first, again, other] = [
    await loaded(body, { seed: 1 }),
    await loaded(body, { seed: 1 }),
    await loaded(body, { seed: 2 }),
  ];
  expect(again.files).toEqual(first.files);
  expect(other.files[0]).not.toEqual(first.files[0]);
  expect(first.test.x).not.toEqual(first.train.x);
});

test.each<[string, string, RegExp]>([
  ["throws", 'throw new Error("no such corpus");', /the data of d\/one: no such corpus/],
  ["gives nothing", "", /the data of d\/one: it gave undefined/],
  [
    "gives arrays of numbers",
    good.replace("Float32Array.of(1, 2, 3, 4)", "[1, 2, 3, 4]"),
    /train\.x as a Float32Array/,
  ],
  ["gives too few numbers", good.replace("7, 8", "7"), /test\.x has 3 numbers; 2 samples of \[2\] were expected/],
  ["gives no sample", good.replace("1, 2, 3, 4", "").replace("[0, 1]", "[]"), /there is no train sample/],
  ["gives no shape", good.replace("shape: [2]", "shape: []"), /its shape is \[\]/],
  ["leaves out the test set", good.replace("test:", "tset:"), /test\.x as a Float32Array/],
])("data of a plugin that %s is refused with the reason", async (_, body, message) => {
  await expect(loaded(body)).rejects.toThrow(message);
  await expect(loaded(body)).rejects.toMatchObject({ code: "plugin-data" });
});

test("an edited plugin does not stand for the one that the suite was read with", async () => {
  const code = { module: "./d.mjs", sha256: "0".repeat(64), title: "x" };
  const folder = mkdtempSync(join(tmpdir(), "claimbench-plugin-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "d.mjs"), 'export default { name: "d", dataSets: { one: { title: "x", load() {} } } };');
  await expect(loadPluginData({ plugin: "d/one", code }, folder)).rejects.toMatchObject({ code: "plugin-changed" });
});
