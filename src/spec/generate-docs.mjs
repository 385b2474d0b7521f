// Generates docs/suites.md from the suite and network schemas; with --check, fails when the committed one is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const target = join(folder, "../../docs/suites.md");
const suite = JSON.parse(await readFile(join(folder, "suite.schema.json"), "utf8"));
const network = JSON.parse(await readFile(join(folder, "network.schema.json"), "utf8"));

const intro = `# Suite reference

<!-- Generated from src/spec/suite.schema.json and src/spec/network.schema.json by \`npm run docs\`. Do not edit. -->

Every field that a suite or a network file can have. Both are JSON, with comments where you like. Put the path of the
schema under \`"$schema"\` and an editor completes and checks the file as you type. Unknown fields are errors.

- [Suite file](#suite-file): \`suites/keskar-2017/sharp-minima.json\` is a complete one.
- [Network file](#network-file): \`suites/networks/F1.json\` is the shortest one.
`;

const headings = new Set();
const documents = [
  { heading: "Suite file", schema: suite },
  { heading: "Network file", schema: network },
];
const sections = documents.flatMap(({ heading, schema }) => [
  ...section(2, heading, schema),
  ...Object.entries(schema.$defs).flatMap(([name, definition]) => section(3, name, definition)),
]);
const text = `${[intro.trimEnd(), ...sections].join("\n\n")}\n`;

for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) {
  if (![...headings].some((heading) => slug(heading) === anchor)) throw new Error(`no heading for the link #${anchor}`);
}

const current = await readFile(target, "utf8").catch(() => "");
if (current !== text) {
  if (process.argv.includes("--check")) {
    console.error("stale: docs/suites.md — run `npm run docs` and commit the result");
    process.exit(1);
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}

/** @returns blocks of Markdown: a heading, the description, then a table or list of what the schema allows. */
function section(level, heading, schema) {
  if (headings.has(heading)) throw new Error(`two headings would be called "${heading}"`);
  headings.add(heading);
  const blocks = [`${"#".repeat(level)} ${heading}`];
  if (schema.description) blocks.push(prose(schema.description));
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) blocks.push(["One of:", "", ...alternatives.map(alternative)].join("\n"));
  else if (schema.properties) blocks.push(table(heading, schema));
  else blocks.push(`Type: ${type(schema)}.`);
  return [...blocks, ...inner(level, heading, schema)];
}

/** Objects written in place, one level down, get a section of their own. */
function inner(level, heading, schema) {
  const children = Object.entries(schema.properties ?? {}).filter(([, child]) => child.properties);
  return children.flatMap(([name, child]) => section(level + 1, `${heading}.${name}`, child));
}

function table(heading, schema) {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const kind = property.properties ? link(`${heading}.${name}`) : type(property);
    return [code(name), kind, required.has(name) ? "yes" : "", describe(property)];
  });
  const lines = [["Field", "Type", "Required", "Meaning"], ["---", "---", "---", "---"], ...rows];
  return lines.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

function alternative(schema) {
  const description = describe(schema);
  const keys = requiredKeys(schema);
  return `- ${type(schema)}${keys}${description ? `: ${description}` : ""}`;
}

/** The keys, or the kind, that tell this alternative from its neighbours. */
function requiredKeys(schema) {
  const { properties = {}, required = [] } = resolve(schema);
  const kind = Object.entries(properties).find(([, property]) => property.const !== undefined);
  if (kind) return ` (${code(`"${kind[0]}": ${JSON.stringify(kind[1].const)}`)})`;
  return required.length > 0 ? ` (${required.map((key) => code(`"${key}"`)).join(", ")})` : "";
}

function describe(schema) {
  return prose(schema.description ?? (schema.$ref ? (resolve(schema).description ?? "") : ""));
}

/** Plain text of a description, safe in Markdown. */
function prose(description) {
  return description.replace(/[<*]/g, "\\$&");
}

function resolve(schema) {
  const name = schema.$ref?.match(/^#\/\$defs\/(.+)$/)?.[1];
  return name ? (suite.$defs[name] ?? network.$defs[name]) : schema;
}

/** The type in words, with links to the definitions it is made of. */
function type(schema) {
  if (schema.$ref === "network.schema.json") return link("Network file");
  if (schema.$ref) return link(schema.$ref.replace("#/$defs/", ""));
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(", ");
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return alternatives.map(type).join(" or ");
  if (schema.type === "array") return array(schema);
  if (schema.type === "object" && typeof schema.additionalProperties === "object") {
    return `{ name: ${type(schema.additionalProperties)} }`;
  }
  if (schema.pattern) return `string matching ${code(schema.pattern)}`;
  return [schema.type, bounds(schema)].filter(Boolean).join(" ");
}

function array({ items, minItems, maxItems, uniqueItems }) {
  if (Array.isArray(items)) return `[${items.map(type).join(", ")}]`;
  const many = maxItems === undefined ? "" : `, ${minItems ?? 0} to ${maxItems} of them`;
  return `list of ${type(items)}${many}${uniqueItems ? ", each once" : ""}`;
}

function bounds({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }) {
  const sides = [
    minimum === undefined ? "" : `≥ ${minimum}`,
    exclusiveMinimum === undefined ? "" : `> ${exclusiveMinimum}`,
    maximum === undefined ? "" : `≤ ${maximum}`,
    exclusiveMaximum === undefined ? "" : `< ${exclusiveMaximum}`,
  ];
  return sides.filter(Boolean).join(" and ");
}

function link(heading) {
  return `[${heading}](#${slug(heading)})`;
}

/** The anchor GitHub gives a heading. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
    .replaceAll(" ", "-");
}

function code(value) {
  return `\`${value}\``;
}

/** A pipe would end the cell, even inside code. */
function cell(value) {
  return value.replaceAll("|", "\\|");
}
