import type { RunRecord } from "../../spec/run.types.ts";
import { hardwareClass } from "../captured/hardware-class.ts";
import type { Machine } from "./machine.ts";

/** A fact of how samples were made, by machine in their order; null where a record does not have it. */
export interface SettingFacts {
  readonly what: string;
  readonly values: readonly (string | null)[];
}

export interface SettingComparison {
  readonly differing: readonly SettingFacts[];
  readonly same: readonly { readonly what: string; readonly value: string }[];
}

const SETTINGS: readonly { readonly what: string; readonly of: (record: RunRecord) => string | undefined }[] = [
  { what: "hardware class", of: ({ provenance }) => hardwareClass(provenance).id },
  { what: "processor", of: ({ provenance }) => provenance.hardware.cpu },
  { what: "graphics processor", of: ({ provenance }) => provenance.hardware.gpu },
  { what: "logical cores", of: ({ provenance }) => String(provenance.hardware.cores) },
  {
    what: "memory",
    of: ({ provenance }) => `${Number((provenance.hardware.memoryBytes / 2 ** 30).toPrecision(3))} GiB`,
  },
  { what: "architecture", of: ({ provenance }) => provenance.hardware.architecture },
  { what: "operating system", of: ({ provenance }) => provenance.operatingSystem },
  { what: "engine", of: ({ provenance }) => provenance.engine.name },
  { what: "runtime", of: ({ provenance }) => provenance.engine.version },
  { what: "device", of: ({ provenance }) => provenance.engine.device },
  {
    what: "operators left on the CPU",
    of: ({ provenance }) => provenance.engine.cpuOperators?.join(", ") || undefined,
  },
  { what: "precision", of: ({ provenance }) => provenance.engine.precision },
  { what: "workers", of: ({ provenance }) => String(provenance.workers) },
  { what: "threads per worker", of: ({ provenance }) => String(provenance.threadsPerWorker) },
  { what: "claimbench", of: ({ provenance }) => provenance.claimbench.version },
  { what: "commit", of: ({ provenance }) => provenance.claimbench.gitCommit },
  { what: "Node", of: ({ provenance }) => provenance.node },
  { what: "suite", of: ({ suite }) => suite.id },
  { what: "profile", of: ({ suite }) => suite.profile },
  { what: "suite file, SHA-256", of: ({ suite }) => suite.sha256 },
  { what: "seeds", of: ({ suite }) => suite.seeds.join(", ") },
  { what: "confidence", of: ({ suite }) => String(suite.confidence) },
  { what: "claims judged together", of: ({ suite }) => suite.multiplicity ?? "none" },
  { what: "run", of: ({ run }) => run.id },
  { what: "status", of: ({ run }) => run.status },
];

/** What the records were made with: what differs, and what does not. */
export function compareSettings(machines: readonly Machine[]): SettingComparison {
  const facts = SETTINGS.map(({ what, of }) => ({ what, values: machines.map(({ record }) => of(record) ?? null) }));
  const all = [...facts, ...dataFiles(machines)].filter(({ values }) => values.some((value) => value !== null));
  const differs = ({ values }: SettingFacts) => new Set(values).size > 1;
  return {
    differing: all.filter(differs),
    same: all.filter((fact) => !differs(fact)).map(({ what, values }) => ({ what, value: values[0] as string })),
  };
}

function dataFiles(machines: readonly Machine[]): SettingFacts[] {
  const files = machines.flatMap(({ record }) => record.provenance.dataSets.map(({ name }) => name));
  return [...new Set(files)].toSorted().map((file) => ({
    what: `data file ${file}, SHA-256`,
    values: machines.map(({ record }) => {
      const sums = record.provenance.dataSets.flatMap(({ name, sha256 }) => (name === file ? [sha256] : []));
      return sums.length === 0 ? null : sums.toSorted().join(", ");
    }),
  }));
}
