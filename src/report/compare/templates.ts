import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";

// From src/report and from dist/report alike: the build compiles modules only, so templates and styles stay in src.
const folder = new URL("../../../src/report/", import.meta.url);

/** Of the report, those that the comparison shows the same things with. */
const SHARED = ["marks", "verdict", "table"] as const;

let compiled: Handlebars.TemplateDelegate | undefined;

/** The template of a comparison with its partials; read once. A name that the view lacks is an error. */
export function comparisonTemplate(): Handlebars.TemplateDelegate {
  compiled ??= compile();
  return compiled;
}

/** What a comparison's page adds to the report's style sheet. */
export function comparisonStyle(): string {
  return readFileSync(new URL("compare/compare.css", folder), "utf8");
}

function compile(): Handlebars.TemplateDelegate {
  const handlebars = Handlebars.create();
  const register = (name: string, file: URL) => handlebars.registerPartial(name, readFileSync(file, "utf8"));
  for (const name of SHARED) register(name, new URL(`templates/${name}.hbs`, folder));
  const own = new URL("compare/", folder);
  for (const file of readdirSync(own)) {
    if (file.endsWith(".hbs")) register(file.replace(/\.hbs$/, ""), new URL(file, own));
  }
  return handlebars.compile("{{> compare-page}}", { strict: true, preventIndent: true });
}
