// Writes entries without end, each with an object as large as its number says, until it is killed.
import { openStore } from "../../../../src/run/store/store.ts";

const [folder = "", worker = ""] = process.argv.slice(2);
const store = await openStore(folder, { now: () => new Date() });
process.stdout.write("writing\n");
for (let number = 0; ; number++) {
  const bytes = new Uint8Array(50_000 + number).fill(number + Number(worker));
  await store.put("trial", `key-${number % 5}`, {
    describes: { worker },
    value: { number, padding: "x".repeat(20_000) },
    objects: { state: { bytes, extension: "safetensors" } },
  });
}
