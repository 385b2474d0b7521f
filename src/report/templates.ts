import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { coloursOf, standaloneSvg } from "./charts/standalone.ts";
import { dataLink, fileName } from "./data-link.ts";

// From src/report and from dist/report alike: the build compiles modules only, so templates and styles stay in src.
const folder = new URL("../../src/report/", import.meta.url);
/** Folders with templates; a template's name is its file's in all of them. */
const FOLDERS = ["templates", "compare", "history", "site"] as const;

let environment: typeof Handlebars | undefined;
const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** A template with its partials; read once. A name that the view lacks is an error. */
export function template(name: string): Handlebars.TemplateDelegate {
  environment ??= environmentOfAll();
  const known = compiled.get(name) ?? environment.compile(`{{> ${name}}}`, { strict: true, preventIndent: true });
  compiled.set(name, known);
  return known;
}

/** The report's style sheet, with what pages of another kind add to it. */
export function styleSheet(kind?: "compare" | "history"): string {
  const report = readFileSync(new URL("report.css", folder), "utf8");
  return kind === undefined ? report : `${report}\n${readFileSync(new URL(`${kind}/${kind}.css`, folder), "utf8")}`;
}

function environmentOfAll(): typeof Handlebars {
  const handlebars = Handlebars.create();
  const colours = coloursOf(styleSheet());
  handlebars.registerHelper("svgLink", (chart: string, title: string) =>
    dataLink("image/svg+xml", standaloneSvg(chart, title, colours)),
  );
  handlebars.registerHelper("svgFile", (title: string) => fileName(title, "svg"));
  for (const each of FOLDERS) {
    const own = new URL(`${each}/`, folder);
    for (const file of readdirSync(own).filter((name) => name.endsWith(".hbs"))) {
      handlebars.registerPartial(file.replace(/\.hbs$/, ""), readFileSync(new URL(file, own), "utf8"));
    }
  }
  return handlebars;
}
