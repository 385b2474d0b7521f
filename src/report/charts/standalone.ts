/** Colours of a style sheet's first `:root`, by the names of their variables. */
export type Colours = ReadonlyMap<string, string>;

export function coloursOf(styleSheet: string): Colours {
  const root = /:root\s*\{([^}]*)\}/.exec(styleSheet)?.[1] ?? "";
  return new Map(
    Array.from(root.matchAll(/(--[\w-]+):\s*(#[0-9a-f]+);/gi), ([, name = "", colour = ""]) => [name, colour]),
  );
}

/**
 * A chart of the page as an SVG file of its own: with its namespace, its colours resolved, on the page's ground.
 *
 * @param title the chart's heading.
 */
export function standaloneSvg(chart: string, title: string, colours: Colours): string {
  const ink = colours.get("--ink") ?? "#000";
  const page = colours.get("--page") ?? "#fff";
  const style = `font:11.5px system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;background:${page}`;
  const attributes = [
    ...(/^<svg[^>]*\sxmlns=/.test(chart) ? [] : ['xmlns="http://www.w3.org/2000/svg"']),
    `color="${ink}"`,
    `fill="${ink}"`,
    `style="${style.replaceAll('"', "'")}"`,
  ];
  const [, width = "0", height = "0"] = /viewBox="0,? ?0,? ?([\d.]+),? ?([\d.]+)"/.exec(chart) ?? [];
  return (
    chart
      // A file has no pointer to show them to.
      .replace(/<title>[^<]*<\/title>/g, "")
      .replace(/^<svg/, `<svg ${attributes.join(" ")}`)
      // The title says it; in XML the label would have to be escaped otherwise than in HTML.
      .replace(/^<svg[^>]*? aria-label="[^"]*"/, (opening) => opening.replace(/ aria-label="[^"]*"/, ""))
      .replace(/ class="chart"/, "")
      .replace(
        />/,
        `><title>${escapeText(title)}</title><style>text{white-space:pre}</style><rect width="${width}" height="${height}" fill="${page}"/>`,
      )
      .replace(/var\((--[\w-]+)\)/g, (unknown, name: string) => colours.get(name) ?? unknown)
      .replaceAll('="currentColor"', `="${ink}"`)
      .replaceAll("&nbsp;", "&#160;")
  );
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
