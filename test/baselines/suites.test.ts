import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { dataSetSize } from "../../src/data/load.ts";
import { readBaseline } from "../../src/spec/read-baseline.ts";
import { readSuite, type SuiteContext } from "../../src/spec/read-suite.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const networkNames = readdirSync(`${root}suites/networks`).map((file) => basename(file, ".json"));
const context: SuiteContext = {
  networkNames,
  readNetwork(reference) {
    if (!networkNames.includes(reference)) return undefined;
    const file = `suites/networks/${reference}.json`;
    return { file, text: readFileSync(root + file, "utf8") };
  },
  dataSetSize,
  hasDataSet: () => true,
};
const file = "suites/keskar-2017/sharp-minima.json";
const source = { file, text: readFileSync(root + file, "utf8"), sha256: "0".repeat(64) };
const baseline = readBaseline(readFileSync(`${root}baselines/keskar-2017.json`, "utf8"), "baselines/keskar-2017.json");

const profiles = [
  { profile: undefined, networks: ["F1"], batch: 256, epochs: 100 },
  { profile: "paper", networks: ["F1"], batch: 256, epochs: 100 },
  { profile: "nightly", networks: ["F1-5x256"], batch: 64, epochs: 30 },
  { profile: "quick", networks: ["F1-3x128-plain", "F1-5x128"], batch: 32, epochs: 20 },
  { profile: "smoke", networks: ["F1-tiny"], batch: 16, epochs: 2 },
] as const;

test.each(profiles)("profile $profile trains $networks in two arms each", ({ profile, networks, batch, epochs }) => {
  const suite = readSuite(source, context, profile ? { profile } : {});
  expect(new Set(suite.arms.map((arm) => arm.networkName))).toEqual(new Set(networks));
  expect(suite.arms).toHaveLength(2 * networks.length);
  for (const arm of suite.arms.filter(({ name }) => name.startsWith("SB"))) {
    expect(arm.regime).toMatchObject({ batch, stop: { epochs } });
  }
  for (const arm of suite.arms.filter(({ name }) => name.startsWith("LB"))) {
    expect(arm.regime).toMatchObject({ batch: "10%", stop: { epochs } });
  }
});

test.each(profiles)("profile $profile points at values the paper gives", ({ profile }) => {
  const { claims } = readSuite(source, context, profile ? { profile } : {});
  const pointers = claims.flatMap((claim) => claim.published);
  expect(pointers.length).toBeGreaterThan(0);
  for (const pointer of pointers) expect(Object.keys(baseline.values)).toContain(pointer.replace("keskar-2017#/", ""));
});
