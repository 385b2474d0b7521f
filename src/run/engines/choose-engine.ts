import { readdirSync } from "node:fs";
import { choiceName, type Device, ENGINE_CHOICES, type EngineChoice, type EngineName } from "../../engine/device.ts";
import { type EngineSettings, openEngine } from "../../engine/open-engine.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { EngineFacts } from "../../spec/run.types.ts";
import { type EngineExamination, examineEngine } from "./examine-engine.ts";

/** What was asked for. */
export interface EngineRequest {
  readonly engine: EngineName | "auto";
  readonly device: Device | "auto";
}

export interface ChosenEngine {
  readonly choice: EngineChoice;
  readonly facts: EngineFacts;
}

type Examine = (choice: EngineChoice, timed: boolean) => Promise<EngineExamination>;

/** Milliseconds to time each engine when there are several to choose from. */
const TIMING_BUDGET = 4000;

/**
 * The engine to run with: what was asked for, or the fastest that computes right.
 *
 * @throws ClaimbenchError when what was asked for is not available: nothing is put in its place.
 */
export async function chooseEngine(
  request: EngineRequest,
  settings: EngineSettings,
  networks: readonly ResolvedNetwork[],
  signal?: AbortSignal,
): Promise<ChosenEngine> {
  const examine: Examine = (choice, timed) =>
    examineEngine(choice, settings, { networks, ...(timed ? { timingBudget: TIMING_BUDGET } : {}), signal });
  try {
    return await chooseFrom(candidatesFor(request, hasGraphics()), request, examine);
  } catch (error) {
    if (!signal?.aborted) throw error;
    // The interruption ended the examination; no trial will run, and the record says so.
    const choice = { engine: "onnx", device: "cpu" } as const;
    const { facts } = await openEngine(choice, settings);
    return { choice, facts: { ...facts, chosen: "interrupted before the choice was made" } };
  }
}

/** What was asked for, where trials run on other machines: whether it is there shows when they do. */
export async function engineElsewhere(request: EngineRequest, settings: EngineSettings): Promise<ChosenEngine> {
  const engine = request.engine === "auto" ? "onnx" : request.engine;
  const device = request.device === "auto" ? "cpu" : request.device;
  const { facts } = await openEngine({ engine, device: "cpu" }, settings);
  return { choice: { engine, device }, facts: { ...facts, device, chosen: "for the machines where trials run" } };
}

/**
 * Engines that fit a request. On the CPU, tensorflow is taken only when asked for: it has to be set up first, and is not
 * always faster (docs/performance.md). Without a graphics device, `auto` looks at the CPU only.
 */
export function candidatesFor({ engine, device }: EngineRequest, graphics: boolean): EngineChoice[] {
  return ENGINE_CHOICES.filter((choice) => {
    if (engine !== "auto" && choice.engine !== engine) return false;
    if (device !== "auto") return choice.device === device && (engine !== "auto" || fitsAuto(choice));
    return (choice.device === "cpu" || graphics) && (engine !== "auto" || fitsAuto(choice));
  });
}

function fitsAuto({ engine, device }: EngineChoice): boolean {
  return engine === "onnx" || device !== "cpu";
}

/** The choice itself, apart from how engines are examined. */
export async function chooseFrom(
  candidates: readonly EngineChoice[],
  request: EngineRequest,
  examine: Examine,
): Promise<ChosenEngine> {
  if (candidates.length === 0) {
    throw new ClaimbenchError(
      "device-not-available",
      `engine ${request.engine} does not run on ${request.device}; there are ${ENGINE_CHOICES.map(choiceName).join(", ")}`,
    );
  }
  // One after the other: side by side they would slow each other down.
  const found: EngineExamination[] = [];
  for (const candidate of candidates) found.push(await examine(candidate, candidates.length > 1));
  const missing = found.filter((examination) => !examination.available);
  const usable = found
    .filter((examination) => examination.available)
    .toSorted((a, b) => (a.updateMilliseconds ?? Number.MAX_VALUE) - (b.updateMilliseconds ?? Number.MAX_VALUE));
  const [best] = usable;
  if (!best) throw nothingUsable(missing);
  const { engine, device, facts } = best;
  const timings = usable.map(
    (each) => `${choiceName(each)} ${(each.updateMilliseconds ?? Number.NaN).toPrecision(3)} ms`,
  );
  const chosen =
    usable.length > 1
      ? `the fastest here for an update of F1: ${timings.join(", ")}`
      : candidates.length > 1
        ? `the only one available of ${candidates.map(choiceName).join(", ")}`
        : request.device === "auto"
          ? "no graphics device was found"
          : "asked for";
  return { choice: { engine, device }, facts: { ...facts, chosen } };
}

function nothingUsable(missing: readonly (EngineExamination & { available: false })[]): ClaimbenchError {
  const [first, ...others] = missing;
  const message = [first?.reason, ...others.map(({ reason }) => reason)].join("\n");
  return new ClaimbenchError(first?.code ?? "device-not-available", message, {
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  });
}

/** Whether there may be a GPU, or a software stand-in the user has set up; only worth a look, opening it decides. */
function hasGraphics(): boolean {
  if (process.platform !== "linux") return true;
  if (process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES) return true;
  return readdirSync("/dev").some((name) => /^(nvidia\d+|dxg|dri)$/.test(name));
}
