import { ClaimbenchError } from "../../spec/error.ts";
import { COMPUTED, computeOnce } from "./command-lines.ts";
import { runProgram } from "./run-program.ts";
import type { SetupOptions } from "./setup-options.ts";

/** What a TensorFlow that computes right says of itself. */
export interface Verified {
  readonly version: string;
  readonly device: "cpu" | "cuda";
  /** What it says on stderr when it misses a library of CUDA. */
  readonly complaint?: string;
}

/**
 * Computes in a process of its own.
 *
 * @throws ClaimbenchError `setup-failed` when it does not load or computes wrong.
 */
export async function verify({ folder, environment, signal }: SetupOptions): Promise<Verified> {
  const hint = "`claimbench setup tensorflow --force` makes it anew";
  const { stdout, stderr } = await runProgram(computeOnce(folder), {
    // Warnings say which library of CUDA is missing; and other programs may use the GPU's memory.
    environment: { TF_CPP_MIN_LOG_LEVEL: "1", TF_FORCE_GPU_ALLOW_GROWTH: "true", ...environment },
    signal,
    hint,
  });
  const line = stdout.split("\n").find((text) => text.startsWith('{"computed":'));
  if (line === undefined) throw new ClaimbenchError("setup-failed", "TensorFlow loads but computes nothing", { hint });
  const { computed, version, device } = JSON.parse(line) as Verified & { readonly computed: number[] };
  if (computed.join() !== COMPUTED.join()) {
    throw new ClaimbenchError("setup-failed", `TensorFlow ${version} computes ${computed} instead of ${COMPUTED}`, {
      hint,
    });
  }
  const complaint = stderr.split("\n").find((text) => /dlopen|libcu|cuda_driver|cuInit/i.test(text));
  return { version, device, ...(complaint ? { complaint: complaint.trim() } : {}) };
}
