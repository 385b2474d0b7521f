// TensorFlow is optional: the tests that need it run on what is installed, and where nothing is, ask for the error that
// says so. CLAIMBENCH_TENSORFLOW names a folder made by `claimbench setup tensorflow`; then its absence is a failure.
// CLAIMBENCH_TENSORFLOW_DEVICE is the device they run on, cpu when absent.
import { expect, test } from "vitest";
import type { Engine } from "../../../src/engine/engine.ts";
import { tensorflowEngine } from "../../../src/engine/tensorflow/engine.ts";
import { loadTensorflow, type Runtime } from "../../../src/engine/tensorflow/runtime.ts";
import type { RuntimeSettings } from "../../../src/engine/tensorflow/settings.ts";
import { ClaimbenchError } from "../../../src/spec/error.ts";

export const settings: RuntimeSettings = {
  device: (process.env["CLAIMBENCH_TENSORFLOW_DEVICE"] || "cpu") as RuntimeSettings["device"],
  folder: process.env["CLAIMBENCH_TENSORFLOW"] || undefined,
  threads: 1,
};

/** Defines tests of the engine, or, where no tfjs is installed, one that it is said not to be. */
export async function withTensorflow(define: (engine: Engine, runtime: Runtime) => void): Promise<void> {
  let engine: Engine;
  try {
    engine = await tensorflowEngine(settings);
  } catch (error) {
    if (settings.folder !== undefined) throw error;
    test("no TensorFlow is installed here, and asking for it says so", () => {
      expect(error).toBeInstanceOf(ClaimbenchError);
      expect(error).toMatchObject({
        code: "engine-not-available",
        hint: expect.stringContaining("claimbench setup tensorflow"),
      });
      for (const name of ["tfjs-node-gpu", "tfjs-node", "tfjs"]) {
        expect((error as Error).message).toMatch(new RegExp(`@tensorflow/${name} in the project: not installed`));
      }
    });
    return;
  }
  define(engine, await loadTensorflow(settings));
}
