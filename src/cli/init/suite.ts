/** Where `claimbench init` writes its suite, in the folder that it is given. */
export const FIRST_SUITE = "suites/my-first-suite.jsonc";

/**
 * The suite that `claimbench init` writes: small batch against large batch on real digits, a comment to each part.
 *
 * @param schema path of the schema of suites, from the folder of the suite.
 */
export function firstSuite(schema: string): string {
  return `// A suite says what to train (arms), what to measure on what was trained, and which claims must hold.
//
//   npx claimbench validate ${FIRST_SUITE}    finds every mistake; trains nothing
//   npx claimbench plan ${FIRST_SUITE}        what a run would train, and how long it takes
//   npx claimbench run ${FIRST_SUITE}         trains, measures, judges, writes a report
//   npx claimbench watch ${FIRST_SUITE}       judges again at every change of yours; trains nothing
//
// Every field that a suite can have: node_modules/claimbench/docs/suites.md
{
  // By the schema an editor completes fields and marks mistakes as you type.
  "$schema": ${JSON.stringify(schema)},

  "suite": "my-first-suite", // its reports are in reports/my-first-suite/
  "title": "Do large batches end in sharper minima?",

  // Every arm is trained once per seed. Arms of one seed start from the same weights, so they are compared in pairs.
  // More seeds, narrower intervals; { "min": 3, "max": 20, "until": "decided" } goes on until every claim is decided.
  "seeds": 5,

  // An arm is a network, data, and how it is trained.
  "arms": {
    // Small batch. The network is written out here; it could be the path of a file, "./my-network.json", or the name of
    // a network that comes with claimbench ("F1-3x128-plain").
    "SB": {
      "network": {
        "input": [784],
        "layers": [
          { "repeat": 2, "layers": [{ "layer": "dense", "units": 64 }, { "layer": "relu" }] },
          { "layer": "dense", "units": 10 }
        ]
      },
      // 3,000 of the 60,000 MNIST digits. They come with claimbench: nothing is downloaded.
      "data": { "set": "mnist", "train": 3000, "test": 5000 },
      "train": {
        "batch": 32,
        "optimizer": { "adam": { "learningRate": 0.001 } },
        "stop": { "epochs": 30 }
      }
    },
    // Large batch: all that SB has, but a batch of 10 % of the training samples.
    "LB": { "extends": "SB", "train": { "batch": "10%" } }
  },

  // Taken on every trial (an arm at a seed) when its training ends. Claims call them by these names.
  "measure": {
    "testAccuracy": { "metric": "accuracy", "on": "test" },
    "trainAccuracy": { "metric": "accuracy", "on": "train" },
    // How far the training loss can rise within a small box around the minimiser, by two ways to look for the highest
    // point (Keskar et al. 2017, Metric 2.1). A claim is judged by both, and its verdict says so where they disagree.
    "sharpness": {
      "metric": "sharpness",
      "space": "full",
      "epsilon": [0.001],
      "maximiser": ["scaled", "sign-ascent"],
      "samples": 1000
    }
  },

  // A claim is a statement, where it is from, and assertions that must all hold. A number alone decides none: its
  // interval over the seeds does. Wholly on the claimed side: pass; wholly on the other: fail; else inconclusive.
  "claims": {
    "sharper": {
      "statement": "Large-batch minimisers are sharper than small-batch minimisers.",
      "source": "Keskar et al. 2017, Table 3",
      "assert": [{ "ratio": ["LB.sharpness[0.001]", "SB.sharpness[0.001]"], "above": 1, "atLeast": 2 }]
    },
    "both-fit": {
      "statement": "Both arms fit the training set.",
      "source": "Keskar et al. 2017, Table 2",
      "assert": [{ "greater": ["SB.trainAccuracy", 0.97] }, { "greater": ["LB.trainAccuracy", 0.97] }]
    },
    "gap": {
      "statement": "Large-batch training ends with a lower test accuracy.",
      "source": "Keskar et al. 2017, Table 2",
      "assert": [{ "difference": ["SB.testAccuracy", "LB.testAccuracy"], "above": 0 }]
    }
  },

  // Other scales of the same suite, by --profile. A profile names only what it changes.
  "profiles": {
    "smoke": { "seeds": 2, "arms": { "SB": { "train": { "stop": { "epochs": 3 } } } } }, // only shows that it runs
    "quick": {}, // as it stands
    "nightly": { "seeds": 20, "arms": { "SB": { "data": { "set": "mnist", "train": 20000, "test": 10000 } } } }
  }
}
`;
}
