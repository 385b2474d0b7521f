import { parameterLayout } from "../../src/networks/layout.ts";
import { resolvedNetwork } from "../../src/networks/shapes.ts";
import { ClaimbenchError } from "../../src/spec/error.ts";
import { type ReadSuiteOptions, readSuite } from "../../src/spec/read-suite.ts";
import type { SuiteContext } from "../../src/spec/suite-context.ts";

/** A suite in which every kind of entry occurs, one line each, for tests to change. */
export const SUITE = `{
  "suite": "demo",
  "seeds": 3,
  "arms": {
    "SB": {
      "network": "plain",
      "data": { "set": "mnist", "train": 1000, "test": 500 },
      "train": { "batch": 32, "optimizer": { "adam": { "learningRate": 0.001 } }, "stop": { "epochs": 2 } }
    },
    "LB": { "extends": "SB", "train": { "batch": "10%" } }
  },
  "measure": {
    "accuracy": { "metric": "accuracy", "on": "test" },
    "sharpness": { "metric": "sharpness", "space": "full", "epsilon": [0.001, 0.0005], "maximiser": ["scaled", "sign-ascent"] }
  },
  "claims": {
    "gap": {
      "statement": "Large batches generalise worse.",
      "source": "Table 2",
      "assert": [{ "greater": ["SB.accuracy", "LB.accuracy"] }]
    },
    "sharper": {
      "statement": "Large batches end in sharper minima.",
      "source": "Table 3",
      "assert": [{ "ratio": ["LB.sharpness[0.001]", "SB.sharpness[0.001,scaled]"], "above": 1 }]
    }
  }
}
`;

const NETWORKS: Readonly<Record<string, string>> = {
  plain: '{ "input": [784], "layers": [{ "layer": "dense", "units": 10 }] }',
  normed: '{ "input": [784], "layers": [{ "layer": "dense", "units": 10 }, { "layer": "batch-norm" }] }',
  running:
    '{ "input": [784], "layers": [{ "layer": "dense", "units": 10 }, { "layer": "batch-norm", "statistics": "running" }] }',
  image: '{ "input": [1, 28, 28], "layers": [{ "layer": "flatten" }, { "layer": "dense", "units": 10 }] }',
  "image-3": '{ "input": [3, 32, 32], "layers": [{ "layer": "flatten" }, { "layer": "dense", "units": 10 }] }',
  "./broken.json": '{\n  "input": [784],\n  "layers": [{ "layer": "dens", "units": 10 }]\n}',
  "./cut.json": '{\n  "input": [784',
  "./misfit.json": '{ "input": [1, 28, 28], "layers": [{ "layer": "dense", "units": 10 }] }',
};

export const CONTEXT: SuiteContext = {
  readNetwork: (reference) => {
    const text = Object.hasOwn(NETWORKS, reference) ? NETWORKS[reference] : undefined;
    return text === undefined ? undefined : { file: reference.replace("./", ""), text };
  },
  networkNames: Object.keys(NETWORKS).filter((name) => !name.startsWith(".")),
  dataSetSize: () => ({ train: 60_000, test: 10_000, shape: [1, 28, 28] }),
  hasDataSet: () => true,
  parameterCount: (network) => parameterLayout(resolvedNetwork(network, network.name ?? "")).parameterCount,
};

export function read(text: string, options: ReadSuiteOptions = {}) {
  return readSuite({ file: "suite.json", text, sha256: "0".repeat(64) }, CONTEXT, options);
}

/** The suite with one piece of text replaced by another; it must be there once. */
export function changed(from: string, to: string, suite = SUITE): string {
  if (suite.split(from).length !== 2) throw new Error(`the suite must contain ${from} once`);
  return suite.replace(from, () => to);
}

/** Runs what should fail. @throws when it does not, or fails with anything but a ClaimbenchError. */
export function failure(action: () => unknown): ClaimbenchError {
  try {
    action();
  } catch (error) {
    if (error instanceof ClaimbenchError) return error;
    throw error;
  }
  throw new Error("nothing was wrong with it");
}

/** A text with a ▶ before the place an error should point at, without it, and that place. */
export function marked(text: string): { text: string; line: number; column: number } {
  const before = text.slice(0, text.indexOf("▶"));
  return {
    text: text.replace("▶", ""),
    line: before.split("\n").length,
    column: before.length - before.lastIndexOf("\n"),
  };
}
