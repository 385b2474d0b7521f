import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { styleSheet } from "../templates.ts";

// From src/report and from dist/report alike: the build compiles modules only, so templates and styles stay in src.
const folder = new URL("../../../src/report/", import.meta.url);

/** Of the report, those that show the same things. */
const SHARED = ["marks", "verdict"] as const;
const OWN = ["history", "site"] as const;

let handlebars: typeof Handlebars | undefined;
const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** A template of the history or the site, with its partials; read once. A name that the view lacks is an error. */
export function template(name: string): Handlebars.TemplateDelegate {
  const known = compiled.get(name) ?? environment().compile(`{{> ${name}}}`, { strict: true, preventIndent: true });
  compiled.set(name, known);
  return known;
}

/** The report's styles, with what a history adds to them. */
export function historyStyle(): string {
  return `${styleSheet()}\n${readFileSync(new URL("history/history.css", folder), "utf8")}`;
}

function environment(): typeof Handlebars {
  if (handlebars) return handlebars;
  const created = Handlebars.create();
  const register = (name: string, file: URL) => created.registerPartial(name, readFileSync(file, "utf8"));
  for (const name of SHARED) register(name, new URL(`templates/${name}.hbs`, folder));
  for (const part of OWN) {
    const own = new URL(`${part}/`, folder);
    for (const file of readdirSync(own)) {
      if (file.endsWith(".hbs")) register(file.replace(/\.hbs$/, ""), new URL(file, own));
    }
  }
  handlebars = created;
  return created;
}
