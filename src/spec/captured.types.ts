// Generated from captured.schema.json by `npm run types`. Do not edit.

/**
 * The verdict on a claim.
 */
export type CapturedVerdict = "pass" | "fail" | "inconclusive" | "not-measured";

/**
 * What a suite gave on one class of hardware: the values that later runs are compared with, and where they come from.
 */
export interface CapturedBaseline {
  /**
   * Version of this format.
   */
  format: "claimbench-captured/1";
  suite: CapturedSuite;
  run: CapturedRun;
  provenance: Provenance;
  /**
   * The verdict on each claim, by its id.
   */
  verdicts: {
    [k: string]: CapturedVerdict;
  };
  /**
   * Every quantity that was measured.
   *
   * @minItems 1
   */
  samples: [CapturedSample, ...CapturedSample[]];
}
/**
 * The suite.
 */
export interface CapturedSuite {
  /**
   * Its id.
   */
  id: string;
  /**
   * Profile that was chosen, if any.
   */
  profile?: "smoke" | "quick" | "nightly" | "paper";
  /**
   * SHA-256 of the suite file's bytes.
   */
  sha256: string;
}
/**
 * The run it was captured from.
 */
export interface CapturedRun {
  /**
   * Name of the run's folder: start time in UTC.
   */
  id: string;
  /**
   * ISO 8601, UTC.
   */
  startedAt: string;
}
/**
 * What the samples were made with.
 */
export interface Provenance {
  claimbench: ClaimbenchVersion;
  /**
   * Node's version.
   */
  node: string;
  engine: EngineFacts;
  hardware: HardwareFacts;
  /**
   * Platform and release.
   */
  operatingSystem: string;
  /**
   * Worker processes side by side.
   */
  workers: number;
  /**
   * Threads of each; the samples depend on it in the last bits.
   */
  threadsPerWorker: number;
  /**
   * Files the data came from.
   */
  dataSets: DataFileFacts[];
}
/**
 * This program.
 */
export interface ClaimbenchVersion {
  /**
   * Version.
   */
  version: string;
  /**
   * Commit of the checkout it ran from, with +changes where files differed.
   */
  gitCommit?: string;
}
/**
 * What computed.
 */
export interface EngineFacts {
  /**
   * onnx or tensorflow.
   */
  name: string;
  /**
   * Version of the runtime.
   */
  version: string;
  /**
   * cpu, cuda, webgpu …
   */
  device: string;
  /**
   * float32.
   */
  precision: string;
  /**
   * Why this engine and device.
   */
  chosen?: string;
  /**
   * Of a training step, the operators that ran on the CPU although another device was used.
   */
  cpuOperators?: string[];
}
/**
 * The machine.
 */
export interface HardwareFacts {
  /**
   * Model of the processor.
   */
  cpu: string;
  /**
   * Logical processors.
   */
  cores: number;
  /**
   * Memory in bytes.
   */
  memoryBytes: number;
  /**
   * x64, arm64.
   */
  architecture: string;
  /**
   * Graphics processor, if one was used or found.
   */
  gpu?: string;
}
export interface DataFileFacts {
  /**
   * File.
   */
  name: string;
  /**
   * SHA-256 of its bytes.
   */
  sha256: string;
}
/**
 * One quantity of one arm, at every seed that has it.
 */
export interface CapturedSample {
  /**
   * Arm.
   */
  arm: string;
  /**
   * Measurement.
   */
  measurement: string;
  /**
   * ε, for sharpness.
   */
  epsilon?: number;
  /**
   * paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser?: "paper-literal" | "scaled" | "sign-ascent";
  /**
   * Which of a measurement's values.
   */
  part?: string;
  /**
   * α of a path, or epoch of a series.
   */
  at?: number;
  /**
   * By seed.
   */
  values: {
    [k: string]: number;
  };
}
