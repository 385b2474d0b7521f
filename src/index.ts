/** The library: the same steps as the command line's, without its edge. */

export { judge } from "./judge/judge.ts";
export type { ClaimVerdict, VerdictStatus } from "./judge/verdict.ts";
export { type Run, type RunSettings, run } from "./library/run.ts";
export type { SuiteObject } from "./library/suite-object.ts";
export { definePlugin } from "./plugins/define-plugin.ts";
export type {
  DataContext,
  DataSet,
  Measured,
  Metric,
  MetricContext,
  Plugin,
  PluginSamples,
} from "./plugins/plugin.ts";
export type { RandomSource } from "./plugins/random-source.ts";
export { renderHtml } from "./report/html.ts";
export type { RunListener, TrialId } from "./run/listener.ts";
export { type RunOptions, type RunResult, runSuite } from "./run/run-suite.ts";
export { ClaimbenchError } from "./spec/error.ts";
export { readBaseline } from "./spec/read-baseline.ts";
export { readNetwork } from "./spec/read-network.ts";
export { readRunRecord } from "./spec/read-run-record.ts";
export { type ProfileName, readSuite } from "./spec/read-suite.ts";
export type { RunRecord, Sample, Suite, Trial } from "./spec/run.types.ts";
export type { SuiteFile } from "./spec/suite.types.ts";
export type { SuiteContext, SuiteSource } from "./spec/suite-context.ts";
export * as stats from "./stats/index.ts";
