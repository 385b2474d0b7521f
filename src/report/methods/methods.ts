import type { Arm, RunRecord, Trial } from "../../spec/run.types.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { dataWords } from "../words/data-words.ts";
import { measurementOptions, measurementWords } from "../words/measurement-words.ts";
import { formatDuration, formatShare, formatValue, formatWhole, listWords } from "../words/quantities.ts";
import { parameterCounts } from "../words/scale-words.ts";
import { layersInWords } from "./network-words.ts";
import { methodsProse } from "./prose.ts";
import { optimizerWords, scheduleWords, specialWords, stopWords } from "./regime-words.ts";

/** How the run was made: all that determines its samples. */
export interface MethodsView {
  /** Paragraphs that could stand in an appendix. */
  readonly prose: readonly string[];
  readonly arms: TableView;
  readonly networks: readonly NetworkView[];
  readonly measurements: TableView | null;
  readonly trials: TableView;
  readonly failures: readonly { readonly trial: string; readonly reason: string }[];
}

interface NetworkView {
  readonly name: string;
  readonly layers: string;
  readonly description: string | null;
}

export function methodsView(record: RunRecord): MethodsView {
  const { suite, trials } = record;
  return {
    prose: methodsProse(record),
    arms: armsTable(record),
    networks: networksOf(suite.arms),
    measurements: measurementsTable(suite.arms),
    trials: trialsTable(trials),
    failures: trials.flatMap((trial) => {
      return trial.state === "completed"
        ? []
        : [{ trial: `${trial.arm}, seed ${trial.seed}: ${stateWords(trial)}`, reason: trial.reason }];
    }),
  };
}

function armsTable(record: RunRecord): TableView {
  const warm = record.suite.arms.some(({ regime }) => regime.start);
  const start = warm ? ["Start"] : [];
  const special = record.suite.arms.some(({ regime }) => specialWords(regime) !== "");
  return tableView(
    "What was trained, and how",
    [
      "Arm",
      "Network",
      numeric("Parameters"),
      "Data",
      ...start,
      "Batch",
      "Optimiser",
      ...(special ? ["Besides"] : []),
      "Stop",
      numeric("Updates"),
    ],
    record.suite.arms.map(({ name, networkName, data, regime }) => {
      const completed = record.trials.flatMap((trial) =>
        trial.arm === name && trial.state === "completed" ? [trial] : [],
      );
      const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b).map(formatWhole);
      const sizes = distinct(completed.map(({ batchSize }) => batchSize));
      const parameters = parameterCounts(record, [name]).map(formatWhole);
      return [
        name,
        networkName,
        parameters.length === 0 ? "–" : listWords(parameters),
        dataWords(data),
        ...(warm ? [startWords(regime.start)] : []),
        batchWords(regime, sizes),
        optimizerWords(regime.optimizer) + scheduleWords(regime.schedule),
        ...(special ? [specialWords(regime) || "–"] : []),
        stopWords(regime.stop),
        listWords(distinct(completed.map(({ updates }) => updates)), 3).replace(/^none$/, "–"),
      ];
    }),
  );
}

function startWords(start: Arm["regime"]["start"]): string {
  if (!start) return "cold";
  const state = start.optimizerState === "carried" ? "its" : "a fresh";
  return `from ${start.arm} after epoch ${start.epoch}, with ${state} optimiser state`;
}

function batchWords({ batch, lastBatch, microBatch, ghostBatchNorm }: Arm["regime"], sizes: readonly string[]): string {
  const size = sizes.length === 0 || String(batch) === sizes.join() ? String(batch) : `${batch} (${sizes.join(", ")})`;
  const notes = [
    ...(lastBatch === "drop" ? ["last short batch dropped"] : []),
    ...(microBatch === undefined ? [] : [`in micro-batches of at most ${microBatch}`]),
    ...(ghostBatchNorm ? ["batch norm over each of them"] : []),
  ];
  return [size, ...notes].join(", ");
}

function networksOf(arms: readonly Arm[]): NetworkView[] {
  const networks = new Map(
    arms.map(({ networkName, network }) => [`${networkName} ${JSON.stringify(network)}`, { networkName, network }]),
  );
  return [...networks.values()].map(({ networkName, network }) => ({
    name: networkName,
    layers: layersInWords(network),
    description: network.description ?? null,
  }));
}

/** Arms measured in the same way share a row. */
function measurementsTable(arms: readonly Arm[]): TableView | null {
  const rows = new Map<string, { name: string; measurement: Arm["measure"][string]; arms: string[] }>();
  for (const arm of arms) {
    for (const [name, measurement] of Object.entries(arm.measure)) {
      const key = JSON.stringify([name, measurement]);
      const row = rows.get(key);
      if (row) row.arms.push(arm.name);
      else rows.set(key, { name, measurement, arms: [arm.name] });
    }
  }
  if (rows.size === 0) return null;
  return tableView(
    "What was measured on every trial, at its minimiser",
    ["Name", "Quantity", "Options", "Arms"],
    [...rows.values()].map(({ name, measurement, arms: names }) => [
      name,
      measurementWords(measurement),
      measurementOptions(measurement),
      names.length === arms.length ? "all" : listWords(names, 6),
    ]),
  );
}

function trialsTable(trials: readonly Trial[]): TableView {
  return tableView(
    "Every training run, with the last point of its learning curve",
    [
      "Arm",
      numeric("Seed"),
      "State",
      ...[
        "Epochs",
        "Updates",
        "Training loss",
        "Training accuracy",
        "Test loss",
        "Test accuracy",
        "Training",
        "Measuring",
      ].map(numeric),
    ],
    trials.map((trial) => {
      const last = "curve" in trial ? trial.curve.at(-1) : undefined;
      const share = (value: number | undefined) => (value === undefined ? "–" : formatShare(value));
      return [
        trial.arm,
        String(trial.seed),
        stateWords(trial),
        last ? String(last.epoch) : "–",
        trial.state === "completed" ? formatWhole(trial.updates) : last ? formatWhole(last.updates) : "–",
        formatValue(last?.trainLoss),
        share(last?.trainAccuracy),
        formatValue(last?.testLoss),
        share(last?.testAccuracy),
        trial.state === "completed" ? formatDuration(trial.trainSeconds) : "–",
        trial.state === "completed" ? formatDuration(trial.measureSeconds) : "–",
      ];
    }),
  );
}

function stateWords(trial: Trial): string {
  if (trial.state === "diverged") return `diverged at update ${trial.update}, epoch ${trial.epoch}`;
  return trial.state === "not-run" ? "not run" : trial.state;
}
