import fc from "fast-check";

// The same cases in every run, so that a CI is red for a change and not for a draw; PROPERTY_SEED draws others, and
// PROPERTY_RUNS more of them.
const { PROPERTY_SEED, PROPERTY_RUNS } = process.env;
fc.configureGlobal({
  seed: Number(PROPERTY_SEED ?? 1609),
  ...(PROPERTY_RUNS === undefined ? {} : { numRuns: Number(PROPERTY_RUNS) }),
});
