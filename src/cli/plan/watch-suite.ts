import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { judge } from "../../judge/judge.ts";
import type { PlannedTrial } from "../../plan/plan-trials.ts";
import { storedRecord } from "../../run/records/stored-record.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { readSuite } from "../../spec/read-suite.ts";
import type { Suite } from "../../spec/run.types.ts";
import type { SuiteContext } from "../../spec/suite-context.ts";
import type { Io } from "../io.ts";
import { contextOf, loadBaseline, loadSuiteFile } from "../package-files.ts";
import { renderError } from "../print-error.ts";
import { repeatCommandHere } from "../run/options.ts";
import { dataFolder, prepareOptions, type SuiteOptions, scopeOf } from "../suite-options.ts";
import { renderVerdicts } from "../tables/verdicts.ts";

const LOOK_MILLISECONDS = 300;

/**
 * Validates, plans and judges a suite by what is in the store, and again whenever the suite, or a network that it names by
 * path, changes. Nothing is trained.
 */
export async function watchSuite(name: string, options: SuiteOptions, io: Io): Promise<void> {
  let last: string | undefined;
  while (!io.signal.aborted) {
    const { state, look } = await readAll(name, options, io);
    if (state !== last) {
      last = state;
      await look();
    }
    await sleep(LOOK_MILLISECONDS, undefined, { signal: io.signal }).catch(() => {});
  }
}

/** @returns the text of all files that make the suite, or what is wrong with them, and what to do when it is new. */
async function readAll(
  name: string,
  options: SuiteOptions,
  io: Io,
): Promise<{ state: string; look: () => Promise<void> }> {
  const texts: string[] = [];
  const complain = (error: unknown) => {
    if (!(error instanceof ClaimbenchError)) throw error;
    return {
      state: `${texts.join("")}${error.message}`,
      look: async () => io.err(renderError(error, io.cwd, io.colours.err)),
    };
  };
  try {
    const source = loadSuiteFile(name, io.cwd);
    texts.push(source.text);
    const context = await contextOf(source, dataFolder(options, io).dataFolder);
    for (const plugin of context.plugins?.values() ?? [])
      texts.push(typeof plugin === "string" ? plugin : plugin.sha256);
    const watched: SuiteContext = {
      ...context,
      readNetwork(reference) {
        const found = context.readNetwork(reference);
        texts.push(found?.text ?? "");
        return found;
      },
    };
    const suite = readSuite(source, watched, scopeOf(options));
    const look = async () => {
      try {
        await judgeStored(name, suite, source.folder, options, io);
      } catch (error) {
        await complain(error).look();
      }
    };
    return { state: texts.join(""), look };
  } catch (error) {
    return complain(error);
  }
}

async function judgeStored(name: string, suite: Suite, folder: string, options: SuiteOptions, io: Io): Promise<void> {
  const { record, missing } = await storedRecord(suite, loadBaseline(suite.paper), {
    ...prepareOptions(options, folder, io),
    storeFolder: resolve(io.cwd, options.store),
    command: "",
    now: io.now,
  });
  if (io.signal.aborted) return;
  io.out(renderVerdicts(record, judge(record), io.columns.out, io.colours.out));
  const total = record.trials.length;
  io.err(
    `${io.now().toTimeString().slice(0, 8)} ${suite.id}: ${total - missing.length} of ${total} trials are in the store\n`,
  );
  if (missing.length === 0) return;
  io.err(`to train: ${byArm(missing)}\n`);
  io.err(`train them: ${repeatCommandHere(name, { ...options, reports: "reports", gate: "claims" })}\n`);
}

/** "SB seeds 0, 1; LB seed 2" */
function byArm(trials: readonly PlannedTrial[]): string {
  const seeds = new Map<string, number[]>();
  for (const { arm, seed } of trials) seeds.set(arm.name, [...(seeds.get(arm.name) ?? []), seed]);
  return [...seeds].map(([arm, of]) => `${arm} seed${of.length > 1 ? "s" : ""} ${of.join(", ")}`).join("; ");
}
