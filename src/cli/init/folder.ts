import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { makeFolder } from "../../run/make-folder.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { packageFile } from "../package-path.ts";
import { shortPath } from "../text/short-path.ts";
import { FIRST_SUITE, firstSuite } from "./suite.ts";

const SCHEMA = "src/spec/suite.schema.json";

/** What `claimbench init` wrote. */
export interface Initialised {
  /** Path of the suite, from cwd. */
  readonly file: string;
  /** Whether an editor finds the schema that the suite names. */
  readonly schemaIsThere: boolean;
}

/**
 * Writes a first suite into a folder, which is made where it is missing. Nothing that exists is changed.
 *
 * @param folder from cwd.
 * @throws ClaimbenchError `file-exists` or `init-failed`.
 */
export async function initialise(folder: string, cwd: string): Promise<Initialised> {
  const path = resolve(cwd, folder, FIRST_SUITE);
  const file = shortPath(path, cwd);
  const schema = schemaPath(dirname(path));
  try {
    await makeFolder(dirname(path));
    await writeFile(path, firstSuite(schema), { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST" && existsSync(path)) {
      throw new ClaimbenchError("file-exists", `${file} exists, and stays as it is`, {
        hint: "rename it, or give another folder: claimbench init <folder>",
        cause,
      });
    }
    throw new ClaimbenchError("init-failed", `cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
  return { file, schemaIsThere: existsSync(resolve(dirname(path), schema)) };
}

/**
 * From the folder of a suite to the schema of suites, where both are of one project. Elsewhere, as from the cache of npx,
 * the path that it has once claimbench is installed: suites are shared, and name no places of a machine.
 */
function schemaPath(suites: string): string {
  const schema = packageFile(SCHEMA);
  const modules = schema.lastIndexOf(`${sep}node_modules${sep}`);
  const project = modules < 0 ? packageFile(".") : schema.slice(0, modules);
  const isOfOneProject = !relative(project, suites).startsWith("..");
  return isOfOneProject ? relative(suites, schema).split(sep).join("/") : `../node_modules/claimbench/${SCHEMA}`;
}
