import type { Arm, RunRecord, Trial } from "../spec/run.types.ts";
import type { Measurement, Optimizer, StopRule } from "../spec/suite.types.ts";
import { dataWords } from "./data-words.ts";
import { layersInWords } from "./network-words.ts";
import { formatDuration, formatMemory, formatTime, formatValue, formatWhole } from "./quantities.ts";
import { numeric, type TableView, tableView } from "./table.ts";

/** Everything that determines the samples, as tables. */
export interface MethodsView {
  readonly tables: readonly TableView[];
  readonly provenance: TableView;
  /** The command that repeats the run. */
  readonly command: string;
}

export function methodsView(record: RunRecord): MethodsView {
  return {
    tables: [armsTable(record), measurementsTable(record), trialsTable(record)],
    provenance: provenanceTable(record),
    command: record.run.command,
  };
}

function armsTable({ suite, trials }: RunRecord): TableView {
  const completed = (name: string) => trials.find((trial) => trial.state === "completed" && trial.arm === name);
  const rows = suite.arms.map(({ name, networkName, network, data, regime }) => {
    const trial = completed(name);
    const known = trial?.state === "completed" ? trial : undefined;
    const size =
      known && String(known.batchSize) !== String(regime.batch)
        ? `${regime.batch} (${known.batchSize})`
        : String(regime.batch);
    return [
      name,
      `${networkName}: ${layersInWords(network)}`,
      known ? formatWhole(known.parameterCount) : "–",
      dataWords(data),
      size,
      optimizerWords(regime.optimizer),
      stopWords(regime),
      known ? formatWhole(known.updates) : "–",
    ];
  });
  return tableView(
    "Arms",
    ["Arm", "Network", numeric("Parameters"), "Data", numeric("Batch"), "Optimiser", "Stop", numeric("Updates")],
    rows,
  );
}

function optimizerWords(optimizer: Optimizer): string {
  if ("adam" in optimizer) {
    const { learningRate, beta1, beta2, epsilon } = optimizer.adam;
    return `Adam, learning rate ${learningRate}, β₁ ${beta1}, β₂ ${beta2}, ε ${epsilon}`;
  }
  const { learningRate, momentum } = optimizer.sgd;
  return `SGD, learning rate ${learningRate}, momentum ${momentum}`;
}

function stopWords({ stop, lastBatch }: Arm["regime"]): string {
  return `${ruleWords(stop)}; last short batch ${lastBatch === "keep" ? "kept" : "dropped"}`;
}

function ruleWords(stop: StopRule): string {
  if ("epochs" in stop) return `after ${formatWhole(stop.epochs)} epochs`;
  if ("updates" in stop) return `after ${formatWhole(stop.updates)} updates`;
  if ("updatesOf" in stop) return `after as many updates as ${stop.updatesOf}`;
  return `at training loss ${stop.trainLoss}, at most ${formatWhole(stop.maxEpochs)} epochs`;
}

function measurementsTable({ suite }: RunRecord): TableView {
  const found = new Map<string, { id: string; measurement: Measurement; arms: string[] }>();
  for (const { name, measure } of suite.arms) {
    for (const [id, measurement] of Object.entries(measure)) {
      const key = JSON.stringify([id, measurement]);
      const known = found.get(key);
      if (known) known.arms.push(name);
      else found.set(key, { id, measurement, arms: [name] });
    }
  }
  const rows = [...found.values()].map(({ id, measurement, arms }) => [
    id,
    measurement.metric,
    optionsWords(measurement),
    arms.length === suite.arms.length ? "all" : arms.join(", "),
  ]);
  return tableView("Measurements", ["Measurement", "Metric", "Options", "Arms"], rows);
}

function optionsWords(measurement: Measurement): string {
  const words = Object.entries(measurement)
    .filter(([key]) => key !== "metric")
    .map(([key, value]) => `${key} ${optionWords(value)}`);
  return words.join("; ") || "none";
}

function optionWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, part]) => `${key} ${part}`)
      .join(", ");
  return String(value);
}

function trialsTable({ trials }: RunRecord): TableView {
  const numbers = [
    "Seed",
    "Updates",
    "Training loss",
    "Training accuracy",
    "Test loss",
    "Test accuracy",
    "Training",
    "Measuring",
  ];
  return tableView("Trials", ["Arm", ...numbers.map(numeric), "State"], trials.map(trialRow));
}

function trialRow(trial: Trial): string[] {
  const end = "curve" in trial ? trial.curve.at(-1) : undefined;
  const results = [end?.trainLoss, end?.trainAccuracy, end?.testLoss, end?.testAccuracy].map(formatValue);
  if (trial.state === "completed") {
    const { arm, seed, updates, trainSeconds, measureSeconds } = trial;
    return [
      arm,
      String(seed),
      formatWhole(updates),
      ...results,
      formatDuration(trainSeconds),
      formatDuration(measureSeconds),
      "completed",
    ];
  }
  const updates = trial.state === "diverged" ? formatWhole(trial.update) : "–";
  return [trial.arm, String(trial.seed), updates, ...results, "–", "–", `${trial.state}: ${trial.reason}`];
}

function provenanceTable({ provenance, run, suite }: RunRecord): TableView {
  const { claimbench, node, engine, hardware, operatingSystem, workers, threadsPerWorker, dataSets } = provenance;
  const rows: [string, string][] = [
    ["claimbench", [claimbench.version, claimbench.gitCommit].filter(Boolean).join(", commit ")],
    ["Suite", `${suite.id}${suite.profile ? `, profile ${suite.profile}` : ""}, SHA-256 ${suite.sha256}`],
    ["Seeds", suite.seeds.join(", ")],
    ["Engine", `${engine.name}: ${engine.version}, ${engine.device}, ${engine.precision}`],
    ["Node", node],
    ["Processor", `${hardware.cpu}, ${hardware.cores} cores, ${hardware.architecture}`],
    ["Memory", formatMemory(hardware.memoryBytes)],
    ["GPU", hardware.gpu ?? "none found"],
    ["Operating system", operatingSystem],
    ["Workers", `${workers} × ${threadsPerWorker} thread(s); the last bits of samples depend on the threads`],
    ["Started", formatTime(run.startedAt)],
    ["Took", formatDuration(run.durationSeconds)],
    ...dataSets.map(({ name, sha256 }): [string, string] => ["Data", `${name}, SHA-256 ${sha256}`]),
  ];
  return tableView("Provenance", ["Fact", "Value"], rows);
}
