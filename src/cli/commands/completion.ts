import { Argument, Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export function completionCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command("completion");
  return command
    .description("Print a script that completes commands, options, suites, data sets and files in your shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText("after", HOW)
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completedCommand } = await import("../completion/program-words.ts");
      const { bashCompletion } = await import("../completion/bash.ts");
      const { fishCompletion } = await import("../completion/fish.ts");
      const { zshCompletion } = await import("../completion/zsh.ts");
      const { shippedSuites } = await import("../package-files.ts");
      const script = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }[shell];
      const program = completedCommand(command.parent ?? command);
      io.out(
        script(
          program,
          shippedSuites().map(({ id }) => id),
        ),
      );
      exit(EXIT.success);
    });
}

const HOW = `
Where claimbench is installed for all folders (npm install --global claimbench), a line for the start of your shell:
  ~/.bashrc                   eval "$(claimbench completion bash)"
  ~/.zshrc, after compinit    source <(claimbench completion zsh)
  ~/.config/fish/config.fish  claimbench completion fish | source`;
