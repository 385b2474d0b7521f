import { loadMnist, mnistFolder } from "../data/mnist.ts";
import { choiceName, ENGINE_CHOICES } from "../engine/device.ts";
import { tensorflowFolder } from "../engine/tensorflow-setup/folder.ts";
import { type EngineExamination, examineEngine } from "../run/engines/examine-engine.ts";
import { measureThreadDrift, type ThreadDrift } from "../run/engines/thread-drift.ts";
import { claimbenchFacts, hardwareFacts, operatingSystem } from "../run/records/provenance.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { HardwareFacts } from "../spec/run.types.ts";
import { ERROR_PAGES } from "./error-pages.ts";
import type { Io } from "./io.ts";
import { packageFile } from "./package-path.ts";
import { shortPath } from "./text/short-path.ts";

interface Finding {
  readonly name: string;
  readonly available: boolean;
  readonly detail: string;
}

export interface Examination {
  readonly claimbench: string;
  readonly node: string;
  readonly operatingSystem: string;
  readonly hardware: HardwareFacts;
  readonly engines: readonly EngineExamination[];
  readonly dataSets: readonly Finding[];
  readonly threads?: ThreadDrift;
  /** Whether a suite can be run. */
  readonly ready: boolean;
}

/** Milliseconds to time each engine, and of each of its two equal trainings. */
const TIMING_BUDGET = 3000;
const DRIFT_DURATION = 1000;

export async function examine(io: Io): Promise<Examination> {
  const { version, gitCommit } = await claimbenchFacts();
  const settings = { threads: 0, tensorflowFolder: tensorflowFolder(io.environment) };
  // One after the other: side by side they would slow each other down.
  const engines: EngineExamination[] = [];
  for (const choice of ENGINE_CHOICES) {
    const options = { timingBudget: TIMING_BUDGET, driftDuration: DRIFT_DURATION, signal: io.signal };
    engines.push(await examineEngine(choice, settings, options));
  }
  const dataSets = [await mnist(io.environment)];
  const ready = engines.some(({ available }) => available) && dataSets[0]?.available === true;
  return {
    claimbench: gitCommit ? `${version} (${gitCommit})` : version,
    node: process.version,
    operatingSystem: operatingSystem(),
    hardware: await hardwareFacts(),
    engines,
    dataSets,
    ...(ready ? { threads: await measureThreadDrift() } : {}),
    ready,
  };
}

async function mnist(environment: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    for (const split of ["train", "test"] as const) await loadMnist(mnistFolder(environment), split, new Int32Array());
    return { name: "mnist", available: true, detail: "60,000 training and 10,000 test images, checksums right" };
  } catch (error) {
    if (!(error instanceof ClaimbenchError)) throw error;
    return { name: "mnist", available: false, detail: [error.message, error.hint].filter(Boolean).join("; ") };
  }
}

/** @param cwd that the page of the docs is named from. */
export function renderExamination(examination: Examination, cwd: string): string {
  const { hardware, threads } = examination;
  const mark = ({ available }: Finding) => (available ? "✓" : "–");
  const lines = [
    `claimbench  ${examination.claimbench}`,
    `node        ${examination.node}, ${examination.operatingSystem}`,
    `machine     ${hardware.cpu}, ${hardware.cores} cores, ${Math.round(hardware.memoryBytes / 2 ** 30)} GiB, ${hardware.architecture}`,
    `gpu         ${hardware.gpu ?? "none found"}`,
    ...examination.engines.flatMap(engineLines),
    ...enginePage(examination.engines, cwd),
    ...examination.dataSets.map((finding) => `data set    ${mark(finding)} ${finding.name}: ${finding.detail}`),
  ];
  if (threads) {
    const [one, all] = threads.threads;
    const again = threads.repeatable ? "gave the same bits" : "DIFFER";
    const more =
      threads.relativeDistance === 0
        ? `so did ${all} threads`
        : `with ${all} threads the minimiser moves by ${threads.relativeDistance.toExponential(1)} of its distance from the start`;
    lines.push(`threads     two trainings with ${one} thread ${again}; ${more}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The page of the docs that helps with what is missing, once for all engines. */
function enginePage(engines: readonly EngineExamination[], cwd: string): string[] {
  const page = ERROR_PAGES["device-not-available"];
  if (page === undefined || engines.every(({ available }) => available)) return [];
  return [`              for more engines see ${shortPath(packageFile(page), cwd)}`];
}

function engineLines(engine: EngineExamination): string[] {
  const name = choiceName(engine);
  if (!engine.available) {
    const [first = "", ...more] = engine.reason.split("\n");
    const reasons = [first.replace(/^engine \w+: /, ""), ...more, ...(engine.hint ? [`hint: ${engine.hint}`] : [])];
    return reasons.map((reason, i) =>
      i === 0 ? `engine      – ${name}: ${reason}` : `              ${reason.trim()}`,
    );
  }
  const { facts, probe, updateMilliseconds = Number.NaN, drift = Number.NaN } = engine;
  const error = Math.max(probe.lossError, probe.gradientError).toExponential(0);
  const repeatable =
    drift === 0 ? "two equal trainings end at the same bits" : `equal trainings part by ${drift.toExponential(1)}`;
  return [
    `engine      ✓ ${name}: ${facts.version}`,
    `              ${updateMilliseconds.toPrecision(3)} ms an update of F1 (batch 256); right to ${error}; ${repeatable}`,
  ];
}
