import { didYouMean } from "../spec/nearest.ts";
import { DATA_KEYS, MEASUREMENT_KEYS, type OptionsSchema, schemaFault } from "../spec/plugin-options.ts";
import { isObject } from "../spec/schemas.ts";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const KEYS = ["name", "version", "metrics", "dataSets"];
// The first is the function.
const METRIC_PARTS = ["measure", "title", "unit", "values", "options"] as const;
const DATA_PARTS = ["load", "title", "options"] as const;

/** What keeps a module's default export from being a plugin, in words; undefined when it is one. */
export function pluginFault(plugin: unknown): string | undefined {
  if (!isObject(plugin)) return "its default export is no plugin: expected definePlugin({ name, metrics, dataSets })";
  const unknown = unknownKey(plugin, KEYS);
  if (unknown !== undefined) return unknown;
  const { name, version, metrics = {}, dataSets = {} } = plugin;
  if (!isName(name)) return `its name is ${JSON.stringify(name)}: ${NAME_WORDS}`;
  if (version !== undefined && typeof version !== "string") return "its version is no text";
  if (!isObject(metrics) || !isObject(dataSets)) return "metrics and dataSets are objects, by name";
  if (Object.keys(metrics).length + Object.keys(dataSets).length === 0) return "it has no metric and no data set";
  for (const [key, metric] of Object.entries(metrics)) {
    const fault = partFault(key, metric, METRIC_PARTS, MEASUREMENT_KEYS) ?? unitFault(metric as Part);
    if (fault !== undefined) return `metric ${key}: ${fault}`;
  }
  for (const [key, dataSet] of Object.entries(dataSets)) {
    const fault = partFault(key, dataSet, DATA_PARTS, DATA_KEYS);
    if (fault !== undefined) return `data set ${key}: ${fault}`;
  }
  return undefined;
}

const NAME_WORDS = "expected lower-case words joined by -";

type Part = Readonly<Record<string, unknown>>;

function isName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name);
}

function unknownKey(of: Part, known: readonly string[]): string | undefined {
  const key = Object.keys(of).find((each) => !known.includes(each));
  return key && `unknown key "${key}"${didYouMean(key, known)} (known: ${known.join(", ")})`;
}

function partFault(
  name: string,
  part: unknown,
  known: readonly [method: string, ...string[]],
  own: readonly string[],
): string | undefined {
  if (!isName(name)) return `${NAME_WORDS} as a name`;
  if (!isObject(part)) return "expected an object";
  const unknown = unknownKey(part, known);
  if (unknown !== undefined) return unknown;
  const [method] = known;
  const { title, options, [method]: call } = part;
  if (typeof title !== "string" || title === "") return 'its "title" is missing: what it is, in words';
  if (typeof call !== "function") return `its function "${method}" is missing`;
  if (options === undefined) return undefined;
  if (!isObject(options) || !isObject(options["properties"])) return "its options lack properties, schemas by name";
  return schemaFault(options as unknown as OptionsSchema, own);
}

function unitFault({ unit, values }: Part): string | undefined {
  if (unit !== undefined && typeof unit !== "string") return "its unit is no text";
  if (values === undefined) return undefined;
  if (!isObject(values) || Object.keys(values).length === 0) return "its values are units by name, at least one";
  const wrong = Object.entries(values).find(([name, of]) => !isName(name) || typeof of !== "string");
  return wrong && `its value ${JSON.stringify(wrong[0])}: ${NAME_WORDS}, with a unit`;
}
