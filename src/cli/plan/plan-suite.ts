import { resolve } from "node:path";
import { tensorflowFolder } from "../../engine/tensorflow-setup/folder.ts";
import { planStatus } from "../../run/plan/plan-status.ts";
import { prepareSuite } from "../../run/prepare-suite.ts";
import { Results } from "../../run/results.ts";
import { openStore } from "../../run/store/store.ts";
import { readSuite } from "../../spec/read-suite.ts";
import type { Io } from "../io.ts";
import { contextOf, loadSuiteFile } from "../package-files.ts";
import { dataFolder } from "../run/options.ts";
import { planTotals, renderPlan } from "./plan-table.ts";
import type { WatchOptions } from "./watch-suite.ts";

/** Prints what a run of the suite would do. @param all a line per trial, however many there are. */
export async function planSuite(name: string, options: WatchOptions, all: boolean, io: Io): Promise<void> {
  const { profile, filter, seeds, workers, threads } = options;
  const source = loadSuiteFile(name, io.cwd);
  const data = dataFolder(options, io);
  const suite = readSuite(source, await contextOf(source, data.dataFolder), {
    ...(profile ? { profile } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(seeds ? { seeds } : {}),
  });
  const { trials, absent, placement } = await prepareSuite(suite, {
    ...(workers ? { workers } : {}),
    ...(threads ? { threads } : {}),
    engine: { engine: options.engine, device: options.device },
    tensorflowFolder: tensorflowFolder(io.environment),
    suiteFolder: source.folder,
    ...data,
    signal: io.signal,
  });
  const onDamaged = (file: string, why: string) => io.err(`damaged, set aside: ${file}: ${why}\n`);
  const results = new Results(await openStore(resolve(io.cwd, options.store), { now: io.now, onDamaged }));
  const status = await planStatus(trials, results);
  const totals = planTotals(status, placement.workers);
  const leftOut = new Map(absent.map(({ arm, reason }) => [arm, reason]));
  for (const [arm, reason] of leftOut) io.err(`left out: ${arm}: ${reason}\n`);
  if (!options.json) {
    io.out(renderPlan(status, totals, placement.workers, all));
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
