import { contentKey } from "../../plan/content-key.ts";
import type { HardwareFacts, Provenance, RunPart } from "../../spec/run.types.ts";

/** What samples may depend on in their last bits and that runs to be merged may differ in. */
const MACHINE: readonly { readonly what: string; readonly of: (provenance: Provenance) => string | undefined }[] = [
  { what: "processors", of: ({ hardware }) => hardware.cpu },
  { what: "architectures", of: ({ hardware }) => hardware.architecture },
  { what: "graphics processors", of: ({ hardware }) => hardware.gpu ?? "none" },
  { what: "threads per worker", of: ({ threadsPerWorker }) => String(threadsPerWorker) },
  { what: "operating systems", of: ({ operatingSystem }) => operatingSystem },
  { what: "versions of Node", of: ({ node }) => node },
  { what: "commits of claimbench", of: ({ claimbench }) => claimbench.gitCommit ?? "none" },
];

/** A line for each thing that the runs with samples differ in, such as "processors: A, B". */
export function machineDifferences(parts: readonly RunPart[]): string[] {
  const provenances = withSamples(parts);
  return MACHINE.flatMap(({ what, of }) => {
    const values = distinct(provenances.map(of));
    return values.length > 1 ? [`${what}: ${values.join(", ")}`] : [];
  });
}

/** What all samples were made with: of words every one there is, of numbers the smallest. */
export function mergedProvenance(parts: readonly [RunPart, ...RunPart[]]): Provenance {
  const all = withSamples(parts);
  const [first] = all;
  if (new Set(all.map(contentKey)).size === 1) return first;
  const engines = all.map(({ engine }) => engine);
  const commit = words(all.map(({ claimbench }) => claimbench.gitCommit));
  const chosen = words(engines.map((engine) => engine.chosen));
  const cpuOperators = distinct(engines.flatMap((engine) => engine.cpuOperators));
  return {
    claimbench: { version: first.claimbench.version, ...(commit ? { gitCommit: commit } : {}) },
    node: words(all.map(({ node }) => node)),
    engine: {
      ...first.engine,
      ...(chosen ? { chosen } : {}),
      ...(cpuOperators.length > 0 ? { cpuOperators } : {}),
    },
    hardware: mergedHardware(all.map(({ hardware }) => hardware)),
    operatingSystem: words(all.map(({ operatingSystem }) => operatingSystem)),
    workers: Math.min(...all.map(({ workers }) => workers)),
    threadsPerWorker: Math.min(...all.map(({ threadsPerWorker }) => threadsPerWorker)),
    dataSets: first.dataSets,
  };
}

function mergedHardware(machines: readonly HardwareFacts[]): HardwareFacts {
  const gpu = words(machines.map((machine) => machine.gpu));
  return {
    cpu: words(machines.map(({ cpu }) => cpu)),
    cores: Math.min(...machines.map(({ cores }) => cores)),
    memoryBytes: Math.min(...machines.map(({ memoryBytes }) => memoryBytes)),
    architecture: words(machines.map(({ architecture }) => architecture)),
    ...(gpu ? { gpu } : {}),
  };
}

/** A shard without trials has made none of the samples; when none has, there is still a machine to name. */
function withSamples(parts: readonly RunPart[]): [Provenance, ...Provenance[]] {
  const used = parts.filter(({ trials }) => trials.length > 0);
  return (used.length > 0 ? used : parts).map(({ provenance }) => provenance) as [Provenance, ...Provenance[]];
}

function words(values: readonly (string | undefined)[]): string {
  return distinct(values).join(" and ");
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
