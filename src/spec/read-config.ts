import type { ClaimbenchConfig, SlurmSettings } from "./config.types.ts";
import { parseJson } from "./json-source.ts";
import { checkSchema } from "./schema-check.ts";

/** @throws ClaimbenchError with the place in the file. */
export function readConfig(text: string, file: string): ClaimbenchConfig {
  const source = parseJson(text, file);
  checkSchema(source, "config");
  return source.value as ClaimbenchConfig;
}

/** What Slurm is asked for, with the profile's own. */
export function slurmSettings({ slurm, profiles }: ClaimbenchConfig, profile: string | undefined): SlurmSettings {
  return { ...slurm, ...(profile === undefined ? {} : profiles?.[profile]?.slurm) };
}
