// Takes a lease, says so, and keeps it until it is killed.
import { acquireLease } from "../../../../src/run/store/lease.ts";

const [folder = "", key = ""] = process.argv.slice(2);
await acquireLease(folder, key, () => false, { beat: 10 });
process.stdout.write("holding\n");
setInterval(() => {}, 1000);
