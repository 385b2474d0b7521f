import { resolve } from "node:path";
import { planStatus } from "../../run/plan/plan-status.ts";
import { prepareSuite } from "../../run/prepare-suite.ts";
import { Results } from "../../run/results.ts";
import { openStore } from "../../run/store/store.ts";
import { readSuite } from "../../spec/read-suite.ts";
import type { Io } from "../io.ts";
import { contextOf, loadSuiteFile } from "../package-files.ts";
import { prepareOptions, type SuiteOptions, scopeOf } from "../suite-options.ts";
import { planTotals, renderPlan } from "./plan-table.ts";

export interface PlanOptions extends SuiteOptions {
  readonly json?: true;
  /** A line per trial, however many there are. */
  readonly verbose?: true;
}

/** Prints what a run of the suite would do. */
export async function planSuite(name: string, options: PlanOptions, io: Io): Promise<void> {
  const source = loadSuiteFile(name, io.cwd);
  const prepare = prepareOptions(options, source.folder, io);
  const suite = readSuite(source, await contextOf(source, prepare.dataFolder), scopeOf(options));
  const { trials, absent, placement } = await prepareSuite(suite, prepare);
  const onDamaged = (file: string, why: string) => io.err(`damaged, set aside: ${file}: ${why}\n`);
  const results = new Results(await openStore(resolve(io.cwd, options.store), { now: io.now, onDamaged }));
  const status = await planStatus(trials, results);
  const totals = planTotals(status, placement.workers);
  const leftOut = new Map(absent.map(({ arm, reason }) => [arm, reason]));
  for (const [arm, reason] of leftOut) io.err(`left out: ${arm}: ${reason}\n`);
  if (!options.json) {
    io.out(renderPlan(status, totals, placement.workers, options.verbose === true));
    if (suite.sequential) io.out(`Then up to ${suite.sequential.max} seeds, until every claim is decided.\n`);
    return;
  }
  const listed = status.trials.map(({ trial, ...rest }) => ({
    arm: trial.arm.name,
    seed: trial.seed,
    key: trial.keys.trial,
    ...(trial.source ? { startsFrom: trial.source.arm.name } : {}),
    bytes: trial.bytes,
    ...rest,
  }));
  const { trials: count, ...rest } = totals;
  const document = {
    suite: suite.id,
    ...placement,
    rough: status.rough,
    ...(suite.sequential ? { mostSeeds: suite.sequential.max } : {}),
    count,
    ...rest,
    trials: listed,
    leftOut: [...leftOut.keys()],
  };
  io.out(`${JSON.stringify(document, null, 2)}\n`);
}
