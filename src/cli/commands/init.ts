import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

export function initCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("init")
    .description("Write a first suite, with a comment to each part, and say what to do with it.")
    .argument("[folder]", "where to make the folder suites", ".")
    .action(async (folder: string) => {
      const { initialise } = await import("../init/folder.ts");
      const { nextSteps } = await import("../init/text.ts");
      io.out(nextSteps(await initialise(folder, io.cwd), folder));
      exit(EXIT.success);
    });
}
