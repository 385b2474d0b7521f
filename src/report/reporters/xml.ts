/** Everything but the characters of XML 1.0, lone surrogates among it: no escape makes them valid. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text between tags; `]]>` cannot be in it, since > is escaped. */
export function xmlText(text: string): string {
  return text.replace(NOT_XML, "").replace(/[&<>]/g, (character) => ENTITIES[character] as string);
}

/** ` name="value"` for each that is there. Tabs and line ends are kept as references: a parser would make them spaces. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${attributeValue(String(value))}"`)
    .join("");
}

function attributeValue(text: string): string {
  return text
    .replace(NOT_XML, "")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
