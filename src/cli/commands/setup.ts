import { resolve } from "node:path";
import { Argument, Command } from "commander";
import type { SetupOptions } from "../../engine/tensorflow-setup/setup-options.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

interface SetupCommandOptions {
  readonly wheel?: string;
  readonly gpu?: true;
  readonly webgpu?: true;
  readonly folder?: string;
  readonly force?: true;
  readonly dryRun?: true;
}

export function setupCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("setup")
    .description("Install what the tensorflow engine needs: tfjs, compiled against the TensorFlow of a Python wheel.")
    .addArgument(new Argument("<what>", "what to set up").choices(["tensorflow"]))
    .option(
      "--wheel <file>",
      "take this tensorflow wheel (default: an installed one, else pip downloads tensorflow-cpu)",
    )
    .option("--gpu", "take a TensorFlow with CUDA support")
    .option("--webgpu", "install tfjs's WebGPU backend too (150 MB)")
    .option("--folder <folder>", "where to install (default: CLAIMBENCH_TENSORFLOW, else the user's cache)")
    .option("--force", "do it again although it was done")
    .option("--dry-run", "print the commands on stdout, and run none")
    .action(async (_: string, options: SetupCommandOptions) => {
      const { tensorflowFolder } = await import("../../engine/tensorflow-setup/folder.ts");
      const { planTensorflowSetup, setUpTensorflow } = await import("../../engine/tensorflow-setup/set-up.ts");
      const { ClaimbenchError } = await import("../../spec/error.ts");
      const usual = resolve(io.cwd, tensorflowFolder(io.environment));
      const folder = options.folder ? resolve(io.cwd, options.folder) : usual;
      let last = io.now().getTime();
      const setup: SetupOptions = {
        folder,
        ...(options.wheel === undefined ? {} : { wheel: resolve(io.cwd, options.wheel) }),
        gpu: options.gpu ?? false,
        webgpu: options.webgpu ?? false,
        force: options.force ?? false,
        environment: io.environment,
        signal: io.signal,
        onStep(what) {
          const now = io.now().getTime();
          io.err(`${what} (${((now - last) / 1000).toFixed(1)} s)\n`);
          last = now;
        },
      };
      try {
        if (options.dryRun) {
          for (const line of await planTensorflowSetup(setup)) io.out(`${line}\n`);
          exit(EXIT.success);
          return;
        }
        await setUpTensorflow(setup);
      } catch (error) {
        if (error instanceof ClaimbenchError && io.signal.aborted) {
          io.err("interrupted: run it again to finish\n");
          exit(EXIT.interrupted);
          return;
        }
        throw error;
      }
      io.out(`${folder}\n`);
      if (folder !== usual) io.err(`set CLAIMBENCH_TENSORFLOW=${folder} to use it\n`);
      exit(EXIT.success);
    });
}
