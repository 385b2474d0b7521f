import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadMnist, mnistFolder } from "../../src/data/mnist.ts";

const real = mnistFolder({});
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "claimbench-mnist-"));
  await cp(join(real, "t10k-images-idx3-ubyte"), join(copy, "t10k-images-idx3-ubyte"));
});
afterAll(() => rm(copy, { recursive: true }));

test("the digits are the ones of the data set", async () => {
  const { samples, files } = await loadMnist(real, "test", Int32Array.from([0, 9999, 3]));
  expect(samples.shape).toEqual([1, 28, 28]);
  expect([...samples.y]).toEqual([7, 6, 0]);
  expect(samples.x).toHaveLength(3 * 784);
  const pixels = (await readFile(join(real, "t10k-images-idx3-ubyte"))).subarray(16, 16 + 784);
  expect(samples.x.subarray(0, 784)).toEqual(Float32Array.from(pixels, (pixel) => pixel / 255));
  expect(files.map(({ name }) => name)).toEqual(["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]);
});

test("one changed pixel is found", async () => {
  const file = join(copy, "t10k-images-idx3-ubyte");
  const bytes = await readFile(file);
  bytes[5000] = (bytes[5000] as number) ^ 1;
  await writeFile(file, bytes);
  await expect(loadMnist(copy, "test", Int32Array.from([0]))).rejects.toMatchObject({
    code: "data-checksum",
    message: expect.stringContaining("expected 0fa7898d"),
  });
});

test("a missing file is named", async () => {
  await expect(loadMnist(copy, "train", Int32Array.from([0]))).rejects.toMatchObject({
    code: "data-missing",
    message: expect.stringContaining("train-images-idx3-ubyte"),
  });
});

test("CLAIMBENCH_MNIST is meant: the package does not stand in for it", () => {
  expect(() => mnistFolder({ CLAIMBENCH_MNIST: copy })).toThrow(
    `train-images-idx3-ubyte cannot be read in ${copy} (CLAIMBENCH_MNIST); ${copy} lacks train-images-idx3-ubyte`,
  );
});
