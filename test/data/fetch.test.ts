import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Download, IdxFacts, PublicDataSet } from "../../src/data/data-sets.ts";
import { DATA_SETS } from "../../src/data/data-sets.ts";
import { addressesOf, fetchable, fetchDataSet } from "../../src/data/fetch/fetch-data-set.ts";
import { type FileServer, fileServer, stallAfter, withoutRanges } from "./file-server.ts";
import {
  archived,
  bareEnvironment,
  cifarFiles,
  type Files,
  sha256,
  TINY_IDX_FILES,
  temporaryFolder,
  tinyCifar,
  tinyIdx,
  writeFiles,
} from "./tiny-sets.ts";

const FACTS = tinyIdx();
const PACKED: Files = Object.fromEntries(
  Object.entries(TINY_IDX_FILES).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
);
const IMAGES = "train-images-idx3-ubyte";
const packedImages = PACKED[`${IMAGES}.gz`] as Uint8Array;

interface Place {
  readonly root: string;
  /** That of the data set, in the root. */
  readonly folder: string;
  names(): string[];
  fetch(facts?: PublicDataSet, signal?: AbortSignal): ReturnType<typeof fetchDataSet>;
  readonly steps: string[];
  readonly progress: [string, number, number][];
}

function place(...servers: readonly Pick<FileServer, "address">[]): Place {
  const root = temporaryFolder();
  const folder = join(root, "data", FACTS.name);
  const steps: string[] = [];
  const progress: [string, number, number][] = [];
  return {
    root,
    folder,
    steps,
    progress,
    names: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    fetch(facts = FACTS, signal = new AbortController().signal) {
      const sources = { environment: bareEnvironment(root), suiteFolder: root, dataFolder: join(root, "data") };
      return fetchDataSet({ ...facts, addresses: servers.map(({ address }) => address) }, sources, {
        fetch,
        signal,
        onStep: (line) => steps.push(line),
        onProgress: (...facts) => progress.push(facts),
      });
    },
  };
}

/** The facts with the first download only. */
const ONE: IdxFacts = { ...FACTS, downloads: FACTS.downloads.slice(0, 1) };

test("gzipped files are fetched, unpacked and nothing else is left", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder, names, steps, progress } = place(server);
  expect(await fetch()).toEqual({ folder, fetched: true });
  expect(names()).toEqual(Object.keys(TINY_IDX_FILES).sort());
  for (const [name, bytes] of Object.entries(TINY_IDX_FILES)) expect(readFileSync(join(folder, name))).toEqual(bytes);
  expect(steps[0]).toBe(`fetching ${server.address}${IMAGES}.gz (0.0 MB)`);
  expect(progress).toContainEqual([`${IMAGES}.gz`, packedImages.length, packedImages.length]);
});

test("an archive is fetched and only the files of the data set are taken", async () => {
  const { facts, archive } = await archived(tinyCifar("cifar-10"), cifarFiles("cifar-10"));
  const server = await fileServer({ "cifar-10-binary.tar.gz": archive });
  const { fetch, root } = place(server);
  const { folder } = await fetch(facts);
  expect(folder).toBe(join(root, "data", "cifar-10"));
  expect(readdirSync(folder).sort()).toEqual(Object.keys(cifarFiles("cifar-10")).sort());
  expect(readFileSync(join(folder, "test_batch.bin"))).toEqual(
    Buffer.from(cifarFiles("cifar-10")["test_batch.bin"] ?? ""),
  );
});

test("what is there and whole is not fetched again, what is damaged is", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder } = place(server);
  await fetch();
  expect(server.requests).toHaveLength(4);
  expect(await fetch()).toEqual({ folder, fetched: false });
  expect(server.requests).toHaveLength(4);
  writeFileSync(join(folder, IMAGES), "damaged");
  expect(await fetch()).toEqual({ folder, fetched: true });
  expect(server.requests.slice(4)).toEqual([`GET /${IMAGES}.gz`]);
  expect(readFileSync(join(folder, IMAGES))).toEqual(TINY_IDX_FILES[IMAGES]);
});

test("whole files in another place are enough, damaged ones there are told", async () => {
  const server = await fileServer(PACKED);
  const root = temporaryFolder();
  const shared = join(root, "shared", FACTS.name);
  writeFiles(shared, TINY_IDX_FILES);
  const environment = { ...bareEnvironment(root), CLAIMBENCH_DATA: join(root, "shared") };
  const options = { fetch, signal: new AbortController().signal, onStep() {}, onProgress() {} };
  const facts = { ...FACTS, addresses: [server.address] };
  const again = () => fetchDataSet(facts, { environment, suiteFolder: root }, options);
  expect(await again()).toEqual({ folder: shared, fetched: false });
  writeFileSync(join(shared, IMAGES), "damaged");
  await expect(again()).rejects.toMatchObject({ code: "data-size" });
  expect(server.requests).toEqual([]);
});

test("an interrupted download goes on where it ended", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder, names } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: packedImages.subarray(0, 20) });
  await fetch(ONE);
  expect(server.requests).toEqual([`GET /${IMAGES}.gz bytes=20-`]);
  expect(names()).toEqual([IMAGES]);
});

test("a download that was complete is only unpacked", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder, names } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: packedImages });
  await fetch(ONE);
  expect(server.requests).toEqual([]);
  expect(names()).toEqual([IMAGES]);
});

test("a server without ranges sends all again", async () => {
  const server = await fileServer(PACKED, withoutRanges);
  const { fetch, folder } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: packedImages.subarray(0, 20) });
  await fetch(ONE);
  expect(readFileSync(join(folder, IMAGES))).toEqual(TINY_IDX_FILES[IMAGES]);
});

test.each([
  ["says that there is no such range", { status: 416, headers: {} }],
  ["sends another range than asked for", { status: 206, headers: { "content-range": "bytes 0-9/99" } }],
])("where a server %s, all is fetched", async (_, { status, headers }) => {
  const server = await fileServer(PACKED, (file, request, response) => {
    if (request.headers.range) response.writeHead(status, headers).end("0123456789");
    else response.writeHead(200).end(file);
  });
  const { fetch, folder } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: packedImages.subarray(0, 20) });
  await fetch(ONE);
  expect(server.requests).toEqual([`GET /${IMAGES}.gz bytes=20-`, `GET /${IMAGES}.gz`]);
});

test("more bytes from an earlier attempt than the file has are dropped", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: Buffer.alloc(packedImages.length + 1) });
  await fetch(ONE);
  expect(server.requests).toEqual([`GET /${IMAGES}.gz`]);
});

test("wrong bytes from an earlier attempt are found, and all is fetched anew", async () => {
  const server = await fileServer(PACKED);
  const { fetch, folder, names } = place(server);
  writeFiles(folder, { [`${IMAGES}.gz.part`]: Buffer.alloc(20) });
  await fetch(ONE);
  expect(server.requests).toEqual([`GET /${IMAGES}.gz bytes=20-`, `GET /${IMAGES}.gz`]);
  expect(names()).toEqual([IMAGES]);
  expect(readFileSync(join(folder, IMAGES))).toEqual(TINY_IDX_FILES[IMAGES]);
});

test("a wrong file is an error that keeps nothing", async () => {
  const server = await fileServer({ [`${IMAGES}.gz`]: packedImages.with(30, 7) });
  const { fetch, names } = place(server);
  await expect(fetch(ONE)).rejects.toMatchObject({
    code: "data-checksum",
    message: expect.stringMatching(/images-idx3-ubyte\.gz: what came has the SHA-256 \w{64}; expected SHA-256 \w{64}$/),
  });
  expect(names()).toEqual([]);
});

test("a file that is too long is an error that keeps nothing", async () => {
  const server = await fileServer({ [`${IMAGES}.gz`]: Buffer.concat([packedImages, packedImages]) });
  const { fetch, names } = place(server);
  await expect(fetch(ONE)).rejects.toMatchObject({
    code: "data-not-fetched",
    message: expect.stringContaining(`more than the expected ${packedImages.length} bytes came`),
  });
  expect(names()).toEqual([]);
});

test("a file that is too short is an error; what came is kept", async () => {
  const server = await fileServer({ [`${IMAGES}.gz`]: packedImages.subarray(0, 30) });
  const { fetch, folder } = place(server);
  await expect(fetch(ONE)).rejects.toMatchObject({
    code: "data-not-fetched",
    message: expect.stringContaining(`it ended after 30 of ${packedImages.length} bytes`),
    hint: expect.stringContaining("run it again"),
  });
  expect(statSync(join(folder, `${IMAGES}.gz.part`)).size).toBe(30);
});

test("a connection that breaks is an error; what came is kept, and the second address goes on from there", async () => {
  const first = await fileServer(PACKED, stallAfter(25));
  const second = await fileServer(PACKED);
  const broken = (to: Place) => {
    const fetching = to.fetch(ONE);
    const part = join(to.folder, `${IMAGES}.gz.part`);
    const cut = expect
      .poll(() => existsSync(part) && statSync(part).size)
      .toBe(25)
      .then(first.cut);
    return { part, fetching: Promise.all([fetching, cut]) };
  };
  const alone = broken(place(first));
  await expect(alone.fetching).rejects.toMatchObject({
    code: "data-not-fetched",
    message: expect.stringContaining(`the connection ended after 25 of ${packedImages.length} bytes`),
  });
  expect(statSync(alone.part).size).toBe(25);
  const both = place(first, second);
  await broken(both).fetching;
  expect(second.requests).toEqual([`GET /${IMAGES}.gz bytes=25-`]);
  expect(both.names()).toEqual([IMAGES]);
});

test("the second address is tried when the first has no or a wrong file, or is not there", async () => {
  const none = await fileServer({});
  const wrong = await fileServer({ [`${IMAGES}.gz`]: Buffer.alloc(packedImages.length) });
  const right = await fileServer(PACKED);
  const gone = { address: "http://127.0.0.1:1/" };
  const { fetch, names, steps } = place(none, gone, wrong, right);
  await fetch(ONE);
  expect(names()).toEqual([IMAGES]);
  expect(steps.filter((step) => step.startsWith("fetching"))).toHaveLength(4);
});

test("when no address has it, each is told with its reason", async () => {
  const none = await fileServer({});
  const { fetch } = place(none, { address: "http://127.0.0.1:1/" });
  await expect(fetch(ONE)).rejects.toMatchObject({
    code: "data-not-fetched",
    message: expect.stringMatching(
      /\.gz cannot be fetched: .*the server answers 404 Not Found; http:\/\/127\.0\.0\.1:1\/.*\.gz: .+/,
    ),
    hint: expect.stringContaining("CLAIMBENCH_DATA_MIRROR"),
  });
});

test("an encoding on the way is refused, since bytes would not be those of the file", async () => {
  const server = await fileServer(PACKED, (file, _, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(file);
  });
  await expect(place(server).fetch(ONE)).rejects.toThrow("the server sends it encoded as gzip");
});

test("an abort ends it and leaves what it goes on from", async () => {
  const stalling = await fileServer(PACKED, stallAfter(33));
  const { fetch, folder, progress, names } = place(stalling);
  const controller = new AbortController();
  const fetching = fetch(ONE, controller.signal);
  const part = join(folder, `${IMAGES}.gz.part`);
  await expect.poll(() => progress.length > 0 && existsSync(part) && statSync(part).size).toBe(33);
  controller.abort();
  await expect(fetching).rejects.toThrow(/abort/i);
  expect(names()).toEqual([`${IMAGES}.gz.part`]);
  expect(statSync(part).size).toBe(33);
});

test("an archive without the files it should hold leaves the folder as it was", async () => {
  const { "data_batch_3.bin": _, ...others } = cifarFiles("cifar-10");
  const { facts, archive } = await archived(tinyCifar("cifar-10"), others);
  const server = await fileServer({ "cifar-10-binary.tar.gz": archive });
  const { fetch, root } = place(server);
  await expect(fetch(facts)).rejects.toMatchObject({
    code: "data-archive",
    message: "cifar-10-binary.tar.gz: it holds no data_batch_3.bin of 14 bytes",
  });
  expect(readdirSync(join(root, "data", "cifar-10"))).toEqual(["cifar-10-binary.tar.gz.part"]);
});

test.each([
  ["is no gzip file", Buffer.from("<html>please log in</html>"), /cannot be unpacked: incorrect header check/],
  ["holds too much", gzipSync(Buffer.alloc(99)), /cannot be unpacked: it holds more than 40 bytes/],
  ["holds too little", gzipSync(Buffer.alloc(9)), /it holds no train-images-idx3-ubyte of 40 bytes/],
  ["holds other bytes", gzipSync(Buffer.alloc(40)), /its train-images-idx3-ubyte has a wrong SHA-256/],
])("a download that %s, though it is the expected one, is refused", async (_, bytes, message) => {
  const [download] = ONE.downloads;
  const expected = { ...download, bytes: bytes.length, checksum: { sha256: sha256(bytes) } } as Download;
  const server = await fileServer({ [`${IMAGES}.gz`]: bytes });
  const { fetch, names } = place(server);
  await expect(fetch({ ...ONE, downloads: [expected] })).rejects.toMatchObject({
    code: "data-archive",
    message: expect.stringMatching(message),
  });
  expect(names()).toEqual([`${IMAGES}.gz.part`]);
});

test("a folder that cannot be written to is told", async () => {
  const server = await fileServer(PACKED);
  const { fetch, root } = place(server);
  writeFileSync(join(root, "data"), "a file");
  await expect(fetch(ONE)).rejects.toMatchObject({
    code: "data-not-written",
    message: expect.stringMatching(/fashion-mnist cannot be written to: /),
  });
});

test("a mirror takes the place of all addresses, with a folder for each data set or one for all", () => {
  const environment = { CLAIMBENCH_DATA_MIRROR: "http://here/data/" };
  expect(addressesOf(DATA_SETS["cifar-10"], "a.gz", environment)).toEqual([
    "http://here/data/cifar-10/a.gz",
    "http://here/data/a.gz",
  ]);
  expect(addressesOf(DATA_SETS["cifar-10"], "a.gz", {})).toEqual(["https://www.cs.toronto.edu/~kriz/a.gz"]);
});

test("timit cannot be fetched", () => {
  expect(() => fetchable(DATA_SETS.timit)).toThrow(expect.objectContaining({ code: "data-private" }));
});

test("a page that a server sends in place of the file is not the beginning of it", async () => {
  const page = await fileServer(PACKED, (_, __, response) => response.writeHead(200).end("<h1>moved</h1>"));
  const server = await fileServer(PACKED);
  const { fetch, folder } = place(page, server);
  await fetch(ONE);
  expect(server.requests).toEqual([`GET /${IMAGES}.gz bytes=14-`, `GET /${IMAGES}.gz`]);
  expect(readFileSync(join(folder, IMAGES))).toEqual(TINY_IDX_FILES[IMAGES]);
});
