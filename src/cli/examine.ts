import { listSupportedBackends } from "onnxruntime-node";
import { loadMnist, mnistFolder } from "../data/mnist.ts";
import { onnxEngine } from "../engine/onnx/engine.ts";
import { claimbenchFacts, hardwareFacts, operatingSystem } from "../run/provenance.ts";
import { measureThreadDrift, type ThreadDrift } from "../run/thread-drift.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { HardwareFacts } from "../spec/run.types.ts";
import type { Io } from "./io.ts";

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
  readonly engines: readonly Finding[];
  readonly dataSets: readonly Finding[];
  readonly threads?: ThreadDrift;
  /** Whether a suite can be run. */
  readonly ready: boolean;
}

export async function examine(io: Io): Promise<Examination> {
  const { version, gitCommit } = await claimbenchFacts();
  const engines = [onnx(), await tensorflow()];
  const dataSets = [await mnist(io.environment)];
  const ready = engines[0]?.available === true && dataSets[0]?.available === true;
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

function onnx(): Finding {
  const { version } = onnxEngine({ threads: 1 }).facts;
  const backends = listSupportedBackends().map(({ name }) => name);
  return {
    name: "onnx",
    available: true,
    detail: `${version}, runs on cpu (the runtime was built with ${backends.join(", ")})`,
  };
}

/** The engine itself is not part of this version: this only says whether its package is there. */
async function tensorflow(): Promise<Finding> {
  const name = "tensorflow";
  const packageName = "@tensorflow/tfjs-node-gpu";
  try {
    await import(packageName);
    return {
      name,
      available: false,
      detail: `${packageName} is installed; this version of claimbench does not use it yet`,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === "ERR_MODULE_NOT_FOUND"
        ? "is not installed (its library could not be downloaded, or was not wanted)"
        : `does not load: ${(error as Error).message.split("\n")[0]}`;
    return { name, available: false, detail: `${packageName} ${why}; this version of claimbench does not use it yet` };
  }
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

export function renderExamination(examination: Examination): string {
  const { hardware, threads } = examination;
  const mark = ({ available }: Finding) => (available ? "✓" : "–");
  const lines = [
    `claimbench  ${examination.claimbench}`,
    `node        ${examination.node}, ${examination.operatingSystem}`,
    `machine     ${hardware.cpu}, ${hardware.cores} cores, ${Math.round(hardware.memoryBytes / 2 ** 30)} GiB, ${hardware.architecture}`,
    `gpu         ${hardware.gpu ?? "none found"}`,
    ...examination.engines.map((finding) => `engine      ${mark(finding)} ${finding.name}: ${finding.detail}`),
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
