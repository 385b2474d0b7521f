import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openStore } from "../../../src/run/store/store.ts";
import { compilePrograms, ended, newFolder, says, start } from "./child-programs.ts";

test("writers that are killed at any moment leave whole entries, or none", async () => {
  const programs = compilePrograms();
  const folder = newFolder();
  const damaged: string[] = [];
  const store = await openStore(folder, { now: () => new Date(), onDamaged: (file) => damaged.push(file) });
  let read = 0;
  for (let round = 0; round < 12; round++) {
    const writers = [1, 2].map((worker) => start(programs, "write-entries", folder, worker));
    for (const writer of writers) {
      await says(writer);
      await sleep((round * 7) % 23);
      writer.kill("SIGKILL");
      expect((await ended(writer)).how).toBe("SIGKILL");
    }
    for (const key of await store.keys("trial")) {
      const entry = await store.get("trial", key);
      if (!entry) throw new Error(`${key} is not readable`);
      const object = await store.readObject(entry, "state");
      const { number } = entry.value as { number: number };
      const { worker } = entry.describes as { worker: string };
      expect(object).toEqual(Buffer.alloc(50_000 + number, (number + Number(worker)) % 256));
      read++;
    }
  }
  expect(damaged).toEqual([]);
  expect(read).toBeGreaterThan(24);
  // The moments were such that some were killed in the middle of a file.
  const left = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".writing-"));
  expect(left.length).toBeGreaterThan(0);
});
