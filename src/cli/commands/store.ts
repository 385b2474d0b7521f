import { resolve } from "node:path";
import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { days } from "../options.ts";

interface StoreOptions {
  readonly store: string;
  readonly json?: true;
}

interface CollectOptions extends StoreOptions {
  readonly olderThan?: number;
  readonly dryRun?: true;
}

const DAY_MILLISECONDS = 86_400_000;

export function storeCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command("store").description("Look after what runs keep: list it, verify it, remove it.");
  const part = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option("--store <folder>", "the store", ".claimbench")
      .option("--json", "print one JSON document on stdout");
  const print = (json: true | undefined, document: object, text: string) =>
    io.out(json ? `${JSON.stringify(document, null, 2)}\n` : text);

  part("ls", "List trained networks.").action(async ({ store, json }: StoreOptions) => {
    const { listing, renderListing } = await import("../store-listing.ts");
    const found = await listing(resolve(io.cwd, store), io.now);
    print(json, found, renderListing(found, io.now()));
    exit(EXIT.success);
  });

  part("verify", "Read everything; what is damaged is set aside, to be computed again.").action(
    async ({ store, json }: StoreOptions) => {
      const { openExistingStore } = await import("../../run/store/store.ts");
      const { verifyStore } = await import("../../run/store/maintenance.ts");
      const damaged: string[] = [];
      const onDamaged = (file: string, why: string) => {
        damaged.push(file);
        io.err(`damaged, set aside: ${file}: ${why}\n`);
      };
      const check = await verifyStore(await openExistingStore(resolve(io.cwd, store), { now: io.now, onDamaged }));
      const { entries, objects, missing } = check;
      print(
        json,
        { ...check, damaged },
        `${entries} entries with ${objects} objects; ${damaged.length} files damaged, ${missing} objects missing\n`,
      );
      exit(damaged.length + missing === 0 ? EXIT.success : EXIT.notMeasured);
    },
  );

  part("gc", "Remove what nothing refers to, and with --older-than results of earlier days.")
    .option("--older-than <days>", "also results from before so many days", days)
    .option("--dry-run", "remove nothing, only count it")
    .action(async ({ store, json, olderThan, dryRun }: CollectOptions) => {
      const { openExistingStore } = await import("../../run/store/store.ts");
      const { collectGarbage, findGarbage } = await import("../../run/store/maintenance.ts");
      const now = io.now();
      const oldest = olderThan === undefined ? Number.NEGATIVE_INFINITY : now.getTime() - olderThan * DAY_MILLISECONDS;
      const keep = ({ createdAt }: { createdAt: string }) => Date.parse(createdAt) >= oldest;
      const opened = await openExistingStore(resolve(io.cwd, store), { now: io.now });
      const found = await (dryRun ? findGarbage : collectGarbage)(opened, keep, now);
      const { entries, files, bytes } = found;
      const done = dryRun ? "would be removed" : "removed";
      print(
        json,
        { ...found, ...(dryRun ? { dryRun } : {}) },
        `${entries} results and ${files} files ${done}, ${(bytes / 1e6).toFixed(1)} MB\n`,
      );
      exit(EXIT.success);
    });
  return command;
}
