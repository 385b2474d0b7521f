/**
 * A data: URI as the value of an HTML attribute in apostrophes; escape it no further. What would end the attribute, a tag
 * or the URI is percent-encoded, and no more than that: an SVG becomes a tenth longer, not a third as in base64.
 */
export function dataLink(mediaType: string, text: string): string {
  const encoded = text
    .replace(/[%#'<>&\s\p{Cc}]/gu, (character) => (character === " " ? character : encodeURIComponent(character)))
    // A browser cuts spaces off the end of a URI.
    .replace(/ +$/, (spaces) => "%20".repeat(spaces.length))
    .replaceAll("'", "%27");
  return `data:${mediaType};charset=utf-8,${encoded}`;
}

/** A file's name out of a heading: letters, digits and single dashes. */
export function fileName(heading: string, extension: string): string {
  const stem = heading
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return `${stem || "chart"}.${extension}`;
}
