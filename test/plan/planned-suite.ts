import { parameterLayout } from "../../src/networks/layout.ts";
import { resolvedNetwork } from "../../src/networks/shapes.ts";
import { activationCount, forwardWork } from "../../src/networks/work.ts";
import { type ArmFacts, type PlannedTrial, planArms, planTrials } from "../../src/plan/plan-trials.ts";
import type { EngineIdentity } from "../../src/plan/training-input.ts";
import type { Network } from "../../src/spec/network.types.ts";
import { readSuite } from "../../src/spec/read-suite.ts";
import { CONTEXT } from "../spec/suite-under-test.ts";

export const engine: EngineIdentity = { engine: "onnx", device: "cpu", version: "1", machine: "here", threads: 1 };

/** 20-6-5; where samples are of 20 numbers in five classes. */
export const small: Network = {
  input: [20],
  layers: [{ layer: "dense", units: 6 }, { layer: "relu" }, { layer: "dense", units: 5 }],
};

/** What stays of an arm when a test says nothing else. */
export const arm = {
  network: "small",
  data: { files: { train: "a.safetensors", test: "b.safetensors" } },
  train: { batch: 5, optimizer: { sgd: { learningRate: 0.05 } }, stop: { epochs: 3 } },
};

export interface SuiteSketch {
  readonly arms: Readonly<Record<string, object>>;
  readonly seeds?: number | readonly number[];
  readonly measure?: object;
  readonly claims?: object;
  readonly networks?: Readonly<Record<string, object>>;
}

const accuracy = { accuracy: { metric: "accuracy", on: "train" } };

/** The trials of a suite as its file says it, on data of so many samples. @param files SHA-256 of the data files. */
export function planned(
  { arms, seeds = 1, measure = accuracy, claims, networks = { small } }: SuiteSketch,
  trainCount = 24,
  files: readonly string[] = ["train", "test"],
): PlannedTrial[] {
  const [first] = Object.keys(arms);
  const some = { statement: "A statement.", source: "p. 1", assert: [{ greater: [`${first}.accuracy`, 0] }] };
  const text = JSON.stringify({ suite: "planned", seeds, arms, measure, claims: claims ?? { some } });
  const context = {
    ...CONTEXT,
    readNetwork: (name: string) => {
      const network = networks[name];
      return network && { file: name, text: JSON.stringify(network) };
    },
    networkNames: Object.keys(networks),
  };
  const suite = readSuite({ file: "suite.json", text, sha256: "" }, context);
  const facts = new Map(
    suite.arms.map(({ name, network: declared, networkName }): [string, ArmFacts] => {
      const network = resolvedNetwork(declared, networkName);
      return [
        name,
        {
          forwardWork: forwardWork(network),
          parameterCount: parameterLayout(network).parameterCount,
          activationCount: (batch) => activationCount(network, batch),
          features: 20,
          trainCount,
          testCount: trainCount,
          dataFiles: files,
        },
      ];
    }),
  );
  return planTrials(suite.seeds, planArms(suite, facts, 2 ** 40), facts, engine);
}

/** The trial of an arm, at the first seed unless told otherwise. */
export function trialOf(trials: readonly PlannedTrial[], name: string, seed = 0): PlannedTrial {
  const found = trials.find((trial) => trial.arm.name === name && trial.seed === seed);
  if (!found) throw new Error(`no trial of ${name} at seed ${seed}`);
  return found;
}
