// Takes one lease after another as often as it is told, against others that do the same; says when it had company.
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { acquireLease } from "../../../../src/run/store/lease.ts";

const [folder = "", rounds = "", dieAt = ""] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round++) {
  const lease = await acquireLease(join(folder, "leases"), `key-${round}`, () => false, { longestPause: 10 });
  const from = process.hrtime.bigint();
  const guard = join(folder, `guard-${round}`);
  try {
    await (await open(guard, "wx")).close();
  } catch {
    process.stdout.write(`overlap ${round}\n`);
  }
  await new Promise((go) => setTimeout(go, 1));
  await rm(guard, { force: true });
  process.stdout.write(`held ${round} ${from} ${process.hrtime.bigint()}\n`);
  if (round === Number(dieAt)) {
    // Dead without releasing: the end of what it said has to be out before.
    await new Promise((go) => process.stdout.write("died\n", go));
    process.kill(process.pid, "SIGKILL");
  }
  await lease?.release();
}
