// Where CLAIMBENCH_TENSORFLOW names a folder, TensorFlow is set up in it, so that its tests run on the real one. Where
// that cannot be, this says so, and the tests ask for the error that a user gets then.
import { setUpTensorflow } from "../src/engine/tensorflow-setup/set-up.ts";

export default async function setUp(): Promise<void> {
  const folder = process.env["CLAIMBENCH_TENSORFLOW"];
  if (!folder) return;
  try {
    await setUpTensorflow({
      folder,
      gpu: false,
      webgpu: false,
      force: false,
      environment: process.env,
      signal: new AbortController().signal,
      onStep: (what) => console.log(`tensorflow: ${what}`),
    });
  } catch (error) {
    console.log(`tensorflow: not set up, its engine is tested only for saying so: ${(error as Error).message}`);
    delete process.env["CLAIMBENCH_TENSORFLOW"];
  }
}
