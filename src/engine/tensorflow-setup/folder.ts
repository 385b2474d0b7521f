import { homedir } from "node:os";
import { join } from "node:path";

/** Folder `claimbench setup tensorflow` installs into: CLAIMBENCH_TENSORFLOW, or one in the user's cache. */
export function tensorflowFolder(environment: NodeJS.ProcessEnv, platform = process.platform): string {
  if (environment["CLAIMBENCH_TENSORFLOW"]) return environment["CLAIMBENCH_TENSORFLOW"];
  return join(cacheFolder(environment, platform), "claimbench", "tensorflow");
}

function cacheFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (environment["XDG_CACHE_HOME"]) return environment["XDG_CACHE_HOME"];
  if (platform === "win32") return environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return join(homedir(), ".cache");
}
