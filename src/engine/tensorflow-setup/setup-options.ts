export interface SetupOptions {
  /** Absolute; a new or empty one, or one that was set up before. */
  readonly folder: string;
  /** A TensorFlow wheel to take instead of an installed or downloaded one; absolute. */
  readonly wheel?: string;
  /** Whether TensorFlow has to be built for CUDA. */
  readonly gpu: boolean;
  /** Whether to install tfjs's WebGPU backend too. */
  readonly webgpu: boolean;
  /** Whether to do it again although it was done. */
  readonly force: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called at the end of each step with what was done. */
  readonly onStep: (what: string) => void;
}
