import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { tensorflowFolder } from "../../engine/tensorflow-setup/folder.ts";
import type { EngineRequest } from "../../run/engines/choose-engine.ts";
import type { CheckpointMetric, CheckpointReport } from "../../run/measure-checkpoint.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { DEFAULT_EVALUATION_BATCH } from "../../spec/evaluation-batch.ts";
import { MAXIMISERS } from "../../spec/reference.ts";
import type { DataSetName, Maximiser } from "../../spec/suite.types.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count, dataOption, engineOptions, parallelism, positiveNumbers, repeatable, wordsOf } from "../options.ts";
import { dataFolder } from "../suite-options.ts";

interface MeasureOptions {
  readonly network: string;
  readonly weights: string;
  readonly data: string;
  readonly split: "train" | "test";
  readonly metric?: CheckpointMetric[];
  readonly epsilon?: number[];
  readonly maximiser?: Maximiser[];
  readonly samples?: number;
  readonly evaluationBatch: number;
  readonly threads?: number;
  readonly engine: EngineRequest["engine"];
  readonly device: EngineRequest["device"];
  readonly gradient?: string;
  readonly dataDir?: string;
  readonly json?: true;
}

const METRICS = ["loss", "sharpness", "top-eigenvalue"] as const satisfies CheckpointMetric[];
const EPSILON = [1e-3, 5e-4] as const;

export function measureCommand(io: Io, exit: (code: number) => void): Command {
  const [engine, device] = engineOptions();
  return new Command("measure")
    .description("Measure a checkpoint of your own: loss, accuracy, gradient norm, sharpness, top eigenvalue.")
    .requiredOption("--network <file>", "network as JSON, or the name of a shipped one such as F1")
    .requiredOption("--weights <file>", 'safetensors, named as torch.nn.Sequential names them ("0.weight")')
    .requiredOption("--data <file>", "safetensors with x (float [n, …]) and y (integer [n]), or a name such as mnist")
    .addOption(new Option("--split <name>", "part of a named data set").choices(["train", "test"]).default("train"))
    .option("--metric <names>", `of ${METRICS.join(", ")} (default: all)`, repeatable(wordsOf(METRICS)))
    .option("--epsilon <numbers>", `sizes of the box (default: ${EPSILON.join(",")})`, repeatable(positiveNumbers))
    .option("--maximiser <names>", `of ${MAXIMISERS.join(", ")} (default: scaled)`, repeatable(wordsOf(MAXIMISERS)))
    .option("--samples <n>", "use the first n samples", count)
    .option("--evaluation-batch <n>", "most samples per evaluation batch", count, DEFAULT_EVALUATION_BATCH)
    .option("--threads <n>", "threads (default: all cores)", parallelism)
    .addOption(engine)
    .addOption(device)
    .addOption(dataOption())
    .option("--gradient <file>", "write the gradient to this safetensors file")
    .option("--json", "print one JSON document on stdout")
    .action(async (options: MeasureOptions) => {
      const { DATA_SETS } = await import("../../data/data-sets.ts");
      const isDataSet = (name: string): name is DataSetName => Object.hasOwn(DATA_SETS, name);
      const { readNetwork } = await import("../../spec/read-network.ts");
      const { measureCheckpoint } = await import("../../run/measure-checkpoint.ts");
      const { networkFile } = await import("../package-files.ts");
      const path = networkFile(options.network, io.cwd);
      const network = readNetwork(await readText(path), options.network);
      const { samples, threads, gradient } = options;
      const report = await measureCheckpoint({
        network,
        weights: resolve(io.cwd, options.weights),
        data: isDataSet(options.data)
          ? { set: options.data, split: options.split }
          : { path: resolve(io.cwd, options.data) },
        ...dataFolder(options, io),
        metrics: options.metric ?? [...METRICS],
        epsilon: options.epsilon ?? [...EPSILON],
        maximisers: options.maximiser ?? ["scaled"],
        evaluationBatch: options.evaluationBatch,
        engine: { engine: options.engine, device: options.device },
        tensorflowFolder: tensorflowFolder(io.environment),
        ...(samples ? { samples } : {}),
        ...(threads ? { threads } : {}),
        ...(gradient === undefined ? {} : { gradientFile: resolve(io.cwd, gradient) }),
      });
      io.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
      exit(EXIT.success);
    });
}

function renderReport(report: CheckpointReport): string {
  const lines = [
    `parameters      ${report.parameters}`,
    `samples         ${report.samples}`,
    `engine          ${report.engine}`,
    `loss            ${report.loss}`,
    `accuracy        ${report.accuracy}`,
    `gradient norm   ${report.gradientNorm}`,
  ];
  if (report.topEigenvalue) {
    const { value, iterations, converged } = report.topEigenvalue;
    lines.push(`top eigenvalue  ${value} (${iterations} iterations, ${converged ? "converged" : "not converged"})`);
  }
  for (const { epsilon, maximiser, value, evaluations, stop } of report.sharpness ?? []) {
    lines.push(`sharpness       ${value} (ε = ${epsilon}, ${maximiser}, ${evaluations} evaluations, ${stop})`);
  }
  return `${lines.join("\n")}\n`;
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: Error) => {
    throw new ClaimbenchError("network-not-readable", `cannot read ${path}: ${cause.message}`, { cause });
  });
}
