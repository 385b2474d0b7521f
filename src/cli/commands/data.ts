import { resolve } from "node:path";
import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { dataOption } from "../options.ts";
import { dataFolder } from "../suite-options.ts";

interface DataOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

export function dataCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command("data").description("Look after data sets: list them, fetch them.");
  const usual = { environment: io.environment, suiteFolder: io.cwd };

  command
    .command("list")
    .description("List the data sets known by name: whether and where each is found, its size, how to get it.")
    .addOption(dataOption())
    .option("--json", "print one JSON document on stdout")
    .action(async (options: DataOptions) => {
      const { listDataSets, renderDataSets } = await import("../data-sets.ts");
      const listing = listDataSets({ ...usual, ...dataFolder(options, io) });
      io.out(options.json ? `${JSON.stringify(listing, null, 2)}\n` : renderDataSets(listing));
      exit(EXIT.success);
    });

  command
    .command("fetch")
    .description("Download data sets, check them and unpack them. What is there and whole is not fetched again.")
    .argument("<data-set...>", "names of data sets, as `claimbench data list` shows them")
    .option("--data-dir <folder>", "put them here (default: the user's cache, where they are found by themselves)")
    .option("--json", "print one JSON document on stdout")
    .addHelpText(
      "after",
      "\nCLAIMBENCH_DATA_MIRROR, the address of a folder with the files, takes the place of the public addresses.",
    )
    .action(async (names: string[], options: DataOptions) => {
      const { dataSetNamed } = await import("../data-sets.ts");
      const { downloadProgress } = await import("../download-progress.ts");
      const { findData } = await import("../../data/find-data.ts");
      const { fetchable, fetchDataSet } = await import("../../data/fetch/fetch-data-set.ts");
      const wanted = [...new Set(names)].map((name) => fetchable(dataSetNamed(name)));
      // It may be one that the download is to make.
      const given = options.dataDir === undefined ? undefined : resolve(io.cwd, options.dataDir);
      const sources = { ...usual, ...(given === undefined ? {} : { dataFolder: given }) };
      const progress = downloadProgress(io);
      const { signal } = io;
      const fetched: { name: string; folder: string; fetched: boolean }[] = [];
      try {
        for (const facts of wanted) {
          const result = await fetchDataSet(facts, sources, {
            fetch,
            signal,
            onStep: progress.print,
            onProgress: progress.update,
          });
          fetched.push({ name: facts.name, ...result });
          progress.print(`${facts.name}: ${result.fetched ? "fetched" : "already there"}, checksums right`);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
        progress.print("interrupted: run it again to go on where it ended");
        exit(EXIT.interrupted);
        return;
      } finally {
        progress.end();
      }
      if (options.json) io.out(`${JSON.stringify(fetched, null, 2)}\n`);
      else for (const { folder } of fetched) io.out(`${folder}\n`);
      const hidden = wanted.some((facts, i) => findData(facts, usual)?.folder !== fetched[i]?.folder);
      if (given !== undefined && hidden) io.err(`give --data-dir ${given} or set CLAIMBENCH_DATA to use it\n`);
      exit(EXIT.success);
    });
  return command;
}
