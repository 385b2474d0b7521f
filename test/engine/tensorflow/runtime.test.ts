import { expect, test } from "vitest";
import { loadTensorflow } from "../../../src/engine/tensorflow/runtime.ts";
import { settings, withTensorflow } from "./installed.ts";

await withTensorflow((engine, runtime) => {
  test("facts name the package and what computes underneath", () => {
    const { packageName, packageVersion, library } = runtime;
    expect(engine.facts).toEqual({
      name: "tensorflow",
      version: `${packageName} ${packageVersion}, ${library}`,
      device: settings.device,
      precision: "float32",
    });
    expect(packageVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(library).toMatch(/^(TensorFlow \d+\.\d+\.\d+|webgpu \d+\.\d+\.\d+|plain JavaScript)/);
    expect(runtime.native !== undefined).toBe(runtime.kind.startsWith("node"));
  });

  test("the same settings give the same runtime; others are refused, since a process has one", async () => {
    expect(await loadTensorflow({ ...settings })).toBe(runtime);
    await expect(loadTensorflow({ ...settings, threads: 3 })).rejects.toMatchObject({ code: "engine-already-loaded" });
    const device = settings.device === "cuda" ? "cpu" : "cuda";
    await expect(loadTensorflow({ ...settings, device })).rejects.toMatchObject({ code: "engine-already-loaded" });
  });

  test("products of matrices are in full float32", async () => {
    // 1 + 2⁻¹² needs 13 bits; with the 11 of TensorFloat-32 or float16 the difference is lost.
    const map = await engine.linearMap(Float32Array.of(1 + 2 ** -12, -1), 1, 2);
    const into = new Float32Array(1);
    await map.multiply(Float32Array.of(1, 1), into);
    await map.release();
    expect(into[0]).toBe(2 ** -12);
  });
});
