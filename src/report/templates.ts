import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { coloursOf, standaloneSvg } from "./charts/standalone.ts";
import { dataLink, fileName } from "./data-link.ts";

// From src/report and from dist/report alike: the build compiles modules only, so templates and styles stay in src.
const folder = new URL("../../src/report/", import.meta.url);

let compiled: Handlebars.TemplateDelegate | undefined;

/** The page's template with its partials; read once. A name that the view lacks is an error. */
export function pageTemplate(): Handlebars.TemplateDelegate {
  compiled ??= compile();
  return compiled;
}

export function styleSheet(): string {
  return readFileSync(new URL("report.css", folder), "utf8");
}

function compile(): Handlebars.TemplateDelegate {
  const handlebars = Handlebars.create();
  const colours = coloursOf(styleSheet());
  handlebars.registerHelper("svgLink", (chart: string, title: string) =>
    dataLink("image/svg+xml", standaloneSvg(chart, title, colours)),
  );
  handlebars.registerHelper("svgFile", (title: string) => fileName(title, "svg"));
  const templates = new URL("templates/", folder);
  for (const file of readdirSync(templates)) {
    handlebars.registerPartial(file.replace(/\.hbs$/, ""), readFileSync(new URL(file, templates), "utf8"));
  }
  return handlebars.compile("{{> page}}", { strict: true, preventIndent: true });
}
