import { formatCount } from "../judge/wording.ts";
import type { RunRecord } from "../spec/run.types.ts";
import { type TableView, tableView } from "./table.ts";
import { formatDuration, formatMemory, formatTime } from "./words/quantities.ts";

/** What the samples were made with, and how to make them again. */
export interface ProvenanceView {
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  readonly dataSets: TableView | null;
  readonly command: string;
}

export function provenanceView({ run, suite, provenance, format, trials }: RunRecord): ProvenanceView {
  const { claimbench, engine, hardware, workers, threadsPerWorker, dataSets } = provenance;
  const facts: [string, string | undefined][] = [
    [
      "claimbench",
      claimbench.gitCommit === undefined ? claimbench.version : `${claimbench.version}, commit ${claimbench.gitCommit}`,
    ],
    ["Engine", `${engine.name}: ${engine.version}, ${engine.device}, ${engine.precision}`],
    ["Engine chosen because", engine.chosen],
    ["Operators left on the CPU", engine.cpuOperators?.join(", ") || undefined],
    ["Processor", `${hardware.cpu}, ${formatCount(hardware.cores, "logical core")}, ${hardware.architecture}`],
    ["Graphics processor", hardware.gpu],
    ["Memory", formatMemory(hardware.memoryBytes)],
    ["Operating system", provenance.operatingSystem],
    ["Node", provenance.node],
    ["Workers", `${workers}, ${formatCount(threadsPerWorker, "thread")} each`],
    ["Suite", suite.profile === undefined ? suite.id : `${suite.id}, profile ${suite.profile}`],
    ["Suite file, SHA-256", suite.sha256],
    ["Paper", suite.paper],
    ["Run", run.id],
    ["Started", formatTime(run.startedAt)],
    ["Ended", `${formatTime(run.endedAt)}, after ${formatDuration(run.durationSeconds)}`],
    ["From earlier runs", reusedTrials(trials)],
    ["Trained on", otherMachines(trials)],
    [
      "Put together from",
      run.parts?.map(({ id, shard }) => (shard ? `${id} (shard ${shard.index}/${shard.count})` : id)).join(", "),
    ],
    ["Record", `${format}, ${run.status}`],
  ];
  return {
    facts: facts.flatMap(([term, text]) => (text === undefined ? [] : [{ term, text }])),
    dataSets:
      dataSets.length === 0
        ? null
        : tableView(
            "Files the data came from",
            ["File", "SHA-256"],
            dataSets.map(({ name, sha256 }) => [name, sha256]),
          ),
    command: run.command,
  };
}

function reusedTrials(trials: RunRecord["trials"]): string | undefined {
  const reused = trials.filter((trial) => trial.state === "completed" && trial.reused).length;
  return reused === 0
    ? undefined
    : `${reused} of ${trials.length} trials were in the store; their times are those of then`;
}

/** Processors and GPUs other than the record's own. */
function otherMachines(trials: RunRecord["trials"]): string | undefined {
  const counts = new Map<string, number>();
  for (const trial of trials) {
    if (trial.state !== "completed" || trial.machine === undefined) continue;
    counts.set(trial.machine, (counts.get(trial.machine) ?? 0) + 1);
  }
  return counts.size === 0
    ? undefined
    : [...counts].map(([machine, count]) => `${machine}: ${formatCount(count, "trial")}`).join("; ");
}
