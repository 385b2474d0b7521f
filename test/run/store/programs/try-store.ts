// Tries everything on a store that can be read only; says how each ends.
import { collectGarbage } from "../../../../src/run/store/maintenance.ts";
import { openStore } from "../../../../src/run/store/store.ts";

const [folder = ""] = process.argv.slice(2);
const store = await openStore(folder, { now: () => new Date() });
async function report(what: string, act: Promise<unknown>): Promise<void> {
  const how = await act.then(
    () => "done",
    (error) => `${error.name} ${error.code}`,
  );
  console.log(`${what}: ${how}`);
}
await report("get", store.get("trial", "old"));
await report("put", store.put("trial", "new", { describes: null }));
await report("remove", store.remove("trial", "old"));
await report("checkpoint", store.saveCheckpoint("t", new Uint8Array(9)));
await report("no checkpoint", store.removeCheckpoint("old"));
await report(
  "lease",
  store.lease("key", () => false),
);
const collected = collectGarbage(store, () => false, new Date());
await report("garbage", collected);
