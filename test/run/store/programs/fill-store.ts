// Puts entries into a store on a small disk until one fails; says how, and what can be done then.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { openStore } from "../../../../src/run/store/store.ts";

const [folder = ""] = process.argv.slice(2);
const store = await openStore(folder, { now: () => new Date(), onDamaged: (file) => console.log(`damaged ${file}`) });
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error) => `${error.code} ${error.cause?.code}`,
  );
const put = (number: number) =>
  store.put("trial", `key-${number}`, {
    describes: null,
    value: number,
    objects: { state: { bytes: new Uint8Array(20_000).fill(number), extension: "safetensors" } },
  });
const lease = await store.lease("key", () => false);
let written = 0;
while ((await codeOf(put(written))) === "done") {
  written++;
  // Never fill a disk that is not the test's.
  if (written > 1000) throw new Error("the disk is not small");
}
console.log(`put: ${await codeOf(put(written))}`);
console.log(`checkpoint: ${await codeOf(store.saveCheckpoint("t", new Uint8Array(60_000)))}`);
let whole = 0;
for (let number = 0; number <= written; number++) {
  const entry = await store.get("trial", `key-${number}`);
  const bytes = entry && (await store.readObject(entry, "state"));
  if (bytes?.length === 20_000 && entry?.value === number) whole++;
}
console.log(`whole: ${whole === written && written > 2}, of one more: ${(await store.keys("trial")).length - written}`);
const left = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".writing-"));
console.log(`left behind: ${left.length}`);
let fillers = 0;
try {
  for (; fillers < 10_000; fillers++) writeFileSync(`${folder}/filler-${fillers}`, "x");
} catch {
  await lease?.release();
}
rmSync(`${folder}/filler-0`);
let looks = 0;
console.log(`lease: ${(await store.lease("key", () => looks++ > 5)) ? "free" : "held"}`);
const [some = ""] = readdirSync(`${folder}/objects`);
rmSync(`${folder}/objects/${some}`, { recursive: true });
console.log(`with room: ${await codeOf(put(written))}`);
