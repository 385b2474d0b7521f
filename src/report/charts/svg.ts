import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

const { document } = parseHTML("<!doctype html><html><body></body></html>");
const GEOMETRY = ["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"];

/** Draws a chart as the text of an SVG element. Its colours and its letters come from the page's style sheet. */
export function drawSvg(options: Plot.PlotOptions, label: string): string {
  const svg = Plot.plot({ ...options, document: document as unknown as NonNullable<Plot.PlotOptions["document"]> });
  // The page styles all charts alike; what Plot adds to each would have to be let through in each.
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const element of [...svg.querySelectorAll("*")]) {
    for (const { name } of [...element.attributes]) if (name.startsWith("aria-")) element.removeAttribute(name);
    roundGeometry(element);
  }
  for (const name of ["class", "fill", "font-size", "font-family"]) svg.removeAttribute(name);
  svg.setAttribute("class", "chart");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg.outerHTML;
}

/** A tenth of a pixel is enough, and a quarter of the text. */
function roundGeometry(element: {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}): void {
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value === null || !value.includes(".")) continue;
    element.setAttribute(
      name,
      value.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (digits) => String(Math.round(Number(digits) * 10) / 10)),
    );
  }
}
