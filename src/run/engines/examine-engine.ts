import { fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { choiceName, type EngineChoice } from "../../engine/device.ts";
import type { EngineSettings } from "../../engine/open-engine.ts";
import { PROBE_TOLERANCE, type ProbeResult } from "../../engine/probe.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import type { EngineFacts } from "../../spec/run.types.ts";
import { programArguments } from "../workers/program-arguments.ts";
import type { ProbeReport, ProbeTask } from "./probe-worker.ts";

/** What is known of an engine on a device of this machine. */
export type EngineExamination = EngineChoice &
  (
    | {
        readonly available: true;
        readonly facts: EngineFacts;
        readonly probe: ProbeResult;
        /** Median milliseconds of one F1 update at batch 256, where it was timed. */
        readonly updateMilliseconds?: number;
        /** How far two equal trainings end apart, relative to the way they went; where it was measured. */
        readonly drift?: number;
      }
    | { readonly available: false; readonly code: string; readonly reason: string; readonly hint?: string }
  );

/** A first use of a GPU may compile shaders for a while. */
const ANSWER_MILLISECONDS = 120_000;
const OUTPUT_KEPT = 1000;

export interface ExaminationOptions {
  /** Networks to be trained; a GPU has to run their matrix products and convolutions. A tiny one when absent. */
  readonly networks?: readonly ResolvedNetwork[];
  /** Milliseconds to spend on timing updates; none when absent. */
  readonly timingBudget?: number;
  /** Milliseconds of each of two equal trainings; none when absent. */
  readonly driftDuration?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens an engine in a process of its own, checks a tiny network's loss and gradient and, if wanted, times updates and trains
 * twice.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function examineEngine(
  choice: EngineChoice,
  settings: EngineSettings,
  { networks = [], timingBudget = 0, driftDuration = 0, signal }: ExaminationOptions = {},
): Promise<EngineExamination> {
  signal?.throwIfAborted();
  const path = fileURLToPath(new URL(`./probe-worker${extname(import.meta.url)}`, import.meta.url));
  const child = fork(path, {
    execArgv: programArguments(),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // JSON would turn a NaN into null.
    serialization: "advanced",
  });
  let output = "";
  let report: ProbeReport = {};
  let late = false;
  const kill = () => child.kill("SIGKILL");
  const timer = setTimeout(
    () => {
      late = true;
      kill();
    },
    ANSWER_MILLISECONDS + timingBudget + 2 * driftDuration,
  );
  signal?.addEventListener("abort", kill);
  child.stderr?.on("data", (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_KEPT);
  });
  child.on("message", (part: ProbeReport) => {
    report = { ...report, ...part };
  });
  const task: ProbeTask = { choice, settings, networks, timingBudget, driftDuration };
  child.send(task);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      clearTimeout(timer);
      resolve(unavailable(choice, "engine-failed", `${choiceName(choice)} could not be examined: ${error.message}`));
    });
    child.once("close", (code, signalName) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", kill);
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const { problem } = report;
      if (problem) {
        const { code: problemCode, message, hint } = problem;
        resolve(unavailable(choice, problemCode, message, hint));
        return;
      }
      const { facts, probe, updateMilliseconds, drift } = report;
      const name = choiceName(choice);
      // One that is right but ends badly while it is timed cannot be trusted with trials.
      if (!facts || !probe || late || signalName !== null || code !== 0) {
        const how = late ? `did not answer within ${ANSWER_MILLISECONDS / 1000} s` : `crashed (${signalName ?? code})`;
        const detail = output.trim().split("\n").at(-1);
        resolve(unavailable(choice, "engine-failed", `${name} ${how}${detail ? `: ${detail}` : ""}`));
      } else if (!probe.passed) {
        resolve(
          unavailable(
            choice,
            "engine-wrong",
            `${name} computes wrong values: a tiny network's loss is off by ${probe.lossError.toExponential(1)}, its gradient by ${probe.gradientError.toExponential(1)} (at most ${PROBE_TOLERANCE})`,
          ),
        );
      } else {
        resolve({
          ...choice,
          available: true,
          facts,
          probe,
          ...(updateMilliseconds === undefined ? {} : { updateMilliseconds }),
          ...(drift === undefined ? {} : { drift }),
        });
      }
    });
  });
}

function unavailable(choice: EngineChoice, code: string, reason: string, hint?: string): EngineExamination {
  return { ...choice, available: false, code, reason, ...(hint === undefined ? {} : { hint }) };
}
