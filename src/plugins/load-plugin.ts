import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ClaimbenchError } from "../spec/error.ts";
import type { LoadedPlugins, PluginFacts } from "../spec/plugin-facts.ts";
import type { PluginCode } from "../spec/suite.types.ts";
import { failureWords } from "./failure.ts";
import { findModule } from "./find-module.ts";
import type { Plugin } from "./plugin.ts";
import { pluginFault } from "./plugin-fault.ts";
import { settled } from "./settled.ts";

/** A plugin with what tells its code from another's. */
export interface LoadedPlugin extends Pick<PluginCode, "module" | "version" | "sha256"> {
  readonly plugin: Plugin;
}

/**
 * Imports a plugin: the code of its module runs.
 *
 * @param module as a suite in `folder` names it.
 * @throws ClaimbenchError `plugin-invalid` with the reason alone.
 */
export async function loadPlugin(module: string, folder: string): Promise<LoadedPlugin> {
  const found = findModule(module, folder);
  if (!found) throw invalid("there is no such module");
  const bytes = await readFile(found.path).catch((cause: Error) => {
    throw invalid(`cannot be read: ${failureWords(cause, folder)}`, cause);
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  // A module that was edited since is another one; Node would give the one it has.
  const address = `${pathToFileURL(found.path).href}?sha256=${sha256}`;
  const exported = await settled(import(address)).catch((cause: unknown) => {
    const words = failureWords(cause, folder);
    const advice = words.includes("package 'claimbench'")
      ? "; install claimbench beside it, or leave definePlugin out: what it is given is a plugin as it stands"
      : "";
    throw invalid(`cannot be imported: ${words}${advice}`, cause);
  });
  const plugin: unknown = exported.default;
  const fault = pluginFault(plugin);
  if (fault !== undefined) throw invalid(fault);
  const usable = plugin as Plugin;
  const version = usable.version ?? found.version;
  return { module, ...(version === undefined ? {} : { version }), sha256, plugin: usable };
}

/** The plugins that a suite names, as far as they can be loaded. */
export async function loadPlugins(modules: readonly string[], folder: string): Promise<LoadedPlugins> {
  const loaded = modules.map(async (module): Promise<[string, PluginFacts | string]> => {
    try {
      return [module, factsOf(await loadPlugin(module, folder))];
    } catch (error) {
      if (!(error instanceof ClaimbenchError)) throw error;
      return [module, error.message];
    }
  });
  return new Map(await Promise.all(loaded));
}

function factsOf({ plugin, ...code }: LoadedPlugin): PluginFacts {
  const { name, metrics = {}, dataSets = {} } = plugin;
  return { name, ...code, metrics, dataSets };
}

function invalid(message: string, cause?: unknown): ClaimbenchError {
  return new ClaimbenchError("plugin-invalid", message, { cause });
}
