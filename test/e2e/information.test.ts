import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { tinySuite } from "./suites.ts";

test("validate tells of each suite whether it is valid, in every profile", async () => {
  const place = folder();
  place.write("right.json", { ...tinySuite(), profiles: { smoke: { seeds: 1 } } });
  place.write("wrong.json", { ...tinySuite(), sedes: 1 });
  const valid = await place.run(["validate", "right.json", "quick", "keskar-2017/sharp-minima"]);
  expect(valid).toMatchObject({ code: 0, stderr: "" });
  expect(valid.stdout).toContain("right.json: valid, 1 claim(s), 2 arm(s) (also smoke)\n");
  expect(valid.stdout.match(/: valid, /g)).toHaveLength(3);

  const both = await place.run(["validate", "wrong.json", "right.json"]);
  expect(both.stdout).toBe("right.json: valid, 1 claim(s), 2 arm(s) (also smoke)\n");
  expect(both.stderr).toMatch(/wrong\.json:\d+:3: .*sedes/);
  expect(both.code).toBe(2);

  const json = await place.run(["validate", "wrong.json", "right.json", "--json"]);
  expect(JSON.parse(json.stdout)).toEqual([
    { suite: "wrong.json", valid: false, error: expect.objectContaining({ location: expect.anything() }) },
    { suite: "tiny", valid: true, profiles: ["smoke"] },
  ]);
  expect(json).toMatchObject({ code: 2, stderr: "" });
  expect(place.names()).toEqual(["right.json", "wrong.json"]);
});

test("list shows the shipped suites, or those asked for", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const shipped = JSON.parse((await place.run(["list", "--json"])).stdout);
  expect(shipped.map(({ suite }: { suite: string }) => suite)).toEqual(
    expect.arrayContaining(["keskar-2017/sharp-minima", "quick"]),
  );
  const own = await place.run(["list", "suite.json"]);
  expect(own.stdout).toMatch(/^tiny — tiny\n +4 trials: 2 arm\(s\) × 2 seed\(s\), roughly \d+ s on one core\n/);
  expect(own.stdout).toContain("\n  claim   holds: A statement.\n");
  expect(own).toMatchObject({ code: 0, stderr: "" });
});

test("doctor says what the machine offers", async () => {
  const { code, stdout, stderr } = await folder().run(["doctor", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    claimbench: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.version,
    operatingSystem: expect.any(String),
    hardware: { cpu: expect.any(String), cores: expect.any(Number), memoryBytes: expect.any(Number) },
    engines: expect.arrayContaining([
      expect.objectContaining({
        engine: "onnx",
        device: "cpu",
        available: true,
        probe: expect.objectContaining({ passed: true }),
        updateMilliseconds: expect.any(Number),
        drift: 0,
      }),
      expect.objectContaining({ engine: "onnx", device: "cuda" }),
      expect.objectContaining({ engine: "tensorflow", device: "cpu" }),
    ]),
    dataSets: [{ name: "mnist", available: true, detail: expect.stringContaining("60,000") }],
    threads: { repeatable: true, relativeDistance: expect.any(Number) },
    ready: true,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("doctor without the data set says so and ends with 4", async () => {
  const place = folder();
  const run = await place.run(["doctor"], { environment: { CLAIMBENCH_MNIST: place.path } });
  expect(run.stdout).toMatch(/data set {4}– mnist: .*cannot be read/);
  expect(run.stdout).toMatch(
    /engine {6}✓ onnx on cpu: onnxruntime-node [\d.]+\n.* ms an update of F1 .* end at the same bits/,
  );
  const missing = /engine {6}– /.test(run.stdout);
  expect(run.stdout.split("docs/gpu.md")).toHaveLength(missing ? 2 : 1);
  expect(run.code).toBe(4);
});

const exitCodes = `Exit codes
  0    no claim fails
  1    a claim fails, or drifts from its baseline with --gate baseline
  2    wrong usage or specification; nothing was run
  3    something is inconclusive, nothing fails, with --fail-on inconclusive
  4    something could not be measured
  130  interrupted
`;

test.each([
  { words: [], usage: "Usage: claimbench [options] [command]", codes: true },
  { words: ["run"], usage: "Usage: claimbench run [options] [suite...]", codes: true },
  { words: ["judge"], usage: "Usage: claimbench judge [options] <run.json>", codes: true },
  { words: ["validate"], usage: "Usage: claimbench validate [options] <suite...>", codes: false },
  { words: ["list"], usage: "Usage: claimbench list [options] [suite...]", codes: false },
  { words: ["measure"], usage: "Usage: claimbench measure [options]", codes: false },
  { words: ["doctor"], usage: "Usage: claimbench doctor [options]", codes: false },
])("claimbench $words --help", async ({ words, usage, codes }) => {
  const place = folder();
  const { code, stdout, stderr } = await place.run([...words, "--help"]);
  expect(stdout.split("\n")[0]).toBe(usage);
  expect(stdout.endsWith(exitCodes)).toBe(codes);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("without a command the help is shown, which names every command", async () => {
  const { code, stdout } = await folder().run([]);
  for (const name of ["run", "judge", "validate", "list", "measure", "doctor"]) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  expect(code).toBe(0);
});

test("--version is the package's", async () => {
  const { version } = readJson(new URL("../../package.json", import.meta.url).pathname);
  expect(await folder().run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});
