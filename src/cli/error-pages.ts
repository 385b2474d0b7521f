/** The page of docs/ that helps with an error, by its code. Where a hint says all there is to say, there is none. */
export const ERROR_PAGES: Readonly<Record<string, string>> = {
  ...pages("baselines", ["baseline-exists", "captured-invalid", "captured-format", "no-baseline", "not-a-baseline"]),
  ...pages("ci", ["reporters-conflict"]),
  ...pages("compare", ["compare-count", "nothing-in-common", "same-record"]),
  ...pages("data", [
    "data-archive",
    "data-checksum",
    "data-missing",
    "data-not-fetched",
    "data-private",
    "data-shape",
    "data-subset",
    "data-tensor",
    "npy-order",
    "npy-type",
    "safetensors-type",
    "unknown-data-set",
  ]),
  ...pages("extending", ["plugin-changed", "plugin-data"]),
  ...pages("gpu", [
    "device-not-available",
    "engine-already-loaded",
    "engine-not-available",
    "not-on-device",
    "setup-failed",
    "setup-not-possible",
    "wheel-not-found",
  ]),
  ...pages("history", ["not-a-site", "reports-not-readable"]),
  ...pages("metrics", ["cannot-rescale"]),
  ...pages("running", ["not-a-store", "store-format", "store-not-writable"]),
  ...pages("shards", ["nothing-to-merge", "record-of-shard", "records-differ", "samples-differ"]),
  ...pages("slurm", ["config-invalid", "slurm-missing", "slurm-refused", "slurm-unreachable"]),
  ...pages("suites", [
    "batch-size",
    "budget",
    "network-invalid",
    "network-shape",
    "open-seeds",
    "suite-invalid",
    "unknown-profile",
  ]),
};

function pages(page: string, codes: readonly string[]): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, `docs/${page}.md`]));
}
