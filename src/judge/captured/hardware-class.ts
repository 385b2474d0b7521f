import type { Provenance, RunRecord } from "../../spec/run.types.ts";

/** One of the facts that a class of hardware is made of. */
interface ClassFact {
  /** What it is: "processor". */
  readonly what: string;
  /** In words: "AMD EPYC 7B13". */
  readonly value: string;
  /** In the id of the class: "amd-epyc-7b13". */
  readonly slug: string;
}

/**
 * Machines and runtimes whose values can be compared: the same model of processor (or GPU, where that computed), engine,
 * device, family of operating systems, architecture, and major versions of the runtime and Node.
 */
export interface HardwareClass {
  /** Such as `amd-epyc-7b13-onnx-cpu-linux-x64-ort1-node20`; also the name of its folder. */
  readonly id: string;
  readonly facts: readonly ClassFact[];
}

export function hardwareClass({ hardware, engine, operatingSystem, node }: Provenance): HardwareClass {
  const onCpu = engine.device === "cpu";
  const model = modelName(onCpu ? hardware.cpu : (hardware.gpu ?? hardware.cpu));
  const system = systemFamily(operatingSystem);
  const runtime = `${RUNTIMES[engine.name] ?? engine.name}${majorVersion(engine.version)}`;
  const facts = [
    fact(onCpu ? "processor" : "device model", model),
    fact("engine", engine.name),
    fact("device", engine.device),
    fact("operating system", system),
    fact("architecture", hardware.architecture),
    { what: "runtime", value: `${engine.name} ${majorVersion(engine.version)}`, slug: slugOf(runtime) },
    { what: "Node", value: majorVersion(node), slug: `node${majorVersion(node)}` },
  ];
  return { id: facts.map(({ slug }) => slug).join("-"), facts };
}

/** What two classes differ in, in words: "processor: AMD EPYC 7B13, captured on Intel Xeon". */
export function classDifferences(ours: HardwareClass, captured: HardwareClass): string[] {
  return ours.facts.flatMap(({ what, value, slug }, i) => {
    const other = captured.facts[i];
    return other === undefined || other.slug === slug ? [] : [`${what}: ${value}, captured on ${other.value}`];
  });
}

/** Ids of the classes that a merged run's values are from; none for a run that is not merged. */
export function classesOfParts({ run }: RunRecord): string[] {
  const parts = (run.parts ?? []).filter(({ trials }) => trials.length > 0);
  return [...new Set(parts.map(({ provenance }) => hardwareClass(provenance).id))];
}

const RUNTIMES: Readonly<Record<string, string>> = { onnx: "ort", tensorflow: "tfjs" };

const SYSTEMS: Readonly<Record<string, string>> = { darwin: "macOS", win32: "Windows", linux: "Linux" };

/** What firmware writes into the name of a model although it does not tell models apart. */
const NOT_THE_MODEL: readonly RegExp[] = [
  /\((?:r|tm|c)\)/gi,
  /[®™©]/g,
  /@.*$/,
  /\b\d+(?:\.\d+)?\s?[gm]hz\b/gi,
  /\b(?:\d+|single|dual|triple|quad|six|eight|twelve|sixteen)[-\s]cores?\b/gi,
  /\b\d+(?:st|nd|rd|th) gen\b/gi,
  /\bw(?:ith|\/) radeon.*$/i,
  /\b(?:cpu|processor)\b/gi,
];

/** @param name as the operating system has it, such as "Intel(R) Xeon(R) CPU @ 2.20GHz". @returns "Intel Xeon". */
function modelName(name: string): string {
  const model = NOT_THE_MODEL.reduce((text, noise) => text.replace(noise, " "), name);
  return model.replace(/\s+/g, " ").trim() || "unknown";
}

function systemFamily(operatingSystem: string): string {
  const [name = "unknown"] = operatingSystem.trim().split(/\s+/);
  return SYSTEMS[name] ?? name;
}

/** The first version in a text: 1 of "onnxruntime-node 1.30.0". */
function majorVersion(text: string): string {
  return /(?<![\w.])v?(\d+)(?=\.|\b)/.exec(text)?.[1] ?? "unknown";
}

function fact(what: string, value: string): ClassFact {
  return { what, value, slug: slugOf(value) };
}

function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug || "unknown";
}
