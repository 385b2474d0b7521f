import type { JsonPath } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import type { LoadedPlugins, PluginFacts } from "./plugin-facts.ts";
import { checkOptions, DATA_KEYS, MEASUREMENT_KEYS, type OptionsSchema, optionsOf } from "./plugin-options.ts";
import type { Problems } from "./problems.ts";
import type { SchemaProblem } from "./schema-problems.ts";
import type { Arm, Measurement, PluginCode, PluginData, PluginMeasurement, SuiteFile } from "./suite.types.ts";
import type { SuiteVariant } from "./variants.ts";

type Report = (path: JsonPath, message: string, part?: SchemaProblem["part"]) => void;

/** The plugins that a suite names, by their own names; what is wrong with them goes to `problems`. */
export function pluginsByName(
  { plugins: modules }: SuiteFile,
  loaded: LoadedPlugins | undefined,
  problems: Problems,
): Map<string, PluginFacts> {
  const byName = new Map<string, PluginFacts>();
  for (const [i, module] of (modules ?? []).entries()) {
    const plugin = loaded?.get(module) ?? "it was not loaded";
    const other = typeof plugin === "string" ? undefined : byName.get(plugin.name);
    if (typeof plugin === "string") problems.add(["plugins", i], `the plugin ${module}: ${plugin}`);
    else if (other) problems.add(["plugins", i], `${other.module} and ${module} are both called "${plugin.name}"`);
    else byName.set(plugin.name, plugin);
  }
  return byName;
}

/** Completes measurements and data of plugins with the options they leave out, and with what the plugins say of themselves. */
export function resolvePlugins(
  variant: SuiteVariant,
  plugins: ReadonlyMap<string, PluginFacts>,
  problems: Problems,
): SuiteVariant {
  const at = (place: JsonPath): Report => {
    return (path, message, part) =>
      problems.addAt(
        [path, []].flatMap((rest) => variant.origins.map((origin) => [...origin, ...place, ...rest])),
        message,
        part,
      );
  };
  const measure = Object.entries(variant.measure).map(([name, measurement]): [string, Measurement] => {
    if (!isOfPlugin(measurement)) return [name, measurement];
    return [name, resolvePart("metric", measurement, plugins, at(["measure", name]))];
  });
  const arms = Object.entries(variant.arms).map(([name, arm]): [string, Arm] => {
    const { data } = arm;
    if (typeof data !== "object" || !("plugin" in data)) return [name, arm];
    return [name, { ...arm, data: resolvePart("plugin", data, plugins, at(["arms", name, "data"])) }];
  });
  return { ...variant, measure: Object.fromEntries(measure), arms: Object.fromEntries(arms) };
}

function isOfPlugin(measurement: Measurement): measurement is PluginMeasurement {
  return measurement.metric.includes("/");
}

/** @param tag the key that says which part of which plugin. */
function resolvePart<Part extends PluginMeasurement | PluginData>(
  tag: "metric" | "plugin",
  part: Part,
  plugins: ReadonlyMap<string, PluginFacts>,
  report: Report,
): Part {
  const name = "metric" in part ? part.metric : part.plugin;
  const [owner = "", kind = ""] = name.split("/");
  const plugin = plugins.get(owner);
  if (!plugin) {
    const known = [...plugins.keys()];
    const has = known.length === 0 ? 'the suite names none under "plugins"' : `the suite has: ${known.join(", ")}`;
    report([tag], `there is no plugin "${owner}"${didYouMean(owner, known)} (${has})`);
    return part;
  }
  const [parts, what]: [Readonly<Record<string, PartFacts>>, string] =
    tag === "metric" ? [plugin.metrics, "metric"] : [plugin.dataSets, "data set"];
  const facts = Object.hasOwn(parts, kind) ? parts[kind] : undefined;
  if (!facts) {
    const known = Object.keys(parts);
    const has = `it has: ${known.join(", ") || "none"}`;
    report([tag], `plugin ${owner} has no ${what} "${kind}"${didYouMean(kind, known)} (${has})`);
    return part;
  }
  const checked = checkOptions(facts.options, optionsGiven(part), tag === "metric" ? MEASUREMENT_KEYS : DATA_KEYS);
  if ("problems" in checked) {
    for (const { path, message, part: place } of checked.problems) report(path, message, place);
    return part;
  }
  return { ...part, ...checked.options, code: codeOf(plugin, facts) };
}

interface PartFacts extends Pick<PluginCode, "title" | "unit" | "values"> {
  readonly options?: OptionsSchema;
}

/** With `code`, which no plugin has an option for: a suite that says it is told so. */
function optionsGiven(part: PluginMeasurement | PluginData): Record<string, unknown> {
  return { ...optionsOf(part), ...("code" in part ? { code: part.code } : {}) };
}

function codeOf({ module, version, sha256 }: PluginFacts, { title, unit, values }: PartFacts): PluginCode {
  return {
    module,
    ...(version === undefined ? {} : { version }),
    sha256,
    title,
    ...(unit === undefined ? {} : { unit }),
    ...(values === undefined ? {} : { values }),
  };
}
