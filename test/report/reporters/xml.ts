export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own, without that of its children. */
  readonly text: string;
}

const CHARACTER = String.raw`[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]`;
const REFERENCES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads XML without doctype, comments, CDATA and processing instructions. @throws Error where it is not well formed. */
export function readXml(document: string): XmlElement {
  if (!new RegExp(`^${CHARACTER}*$`, "u").test(document)) throw new Error("a character that XML 1.0 does not have");
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  if (body === document) throw new Error("no XML declaration");
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [
    { name: "", attributes: {}, children: [], text: "" },
  ];
  for (const [, tag, text = ""] of body.matchAll(/<([^>]*)>|([^<]+|<)/g)) {
    const top = open.at(-1);
    if (!top) throw new Error("an end too many");
    if (tag === undefined) {
      if (text.includes("]]>")) throw new Error("]]> in text");
      top.text += decoded(text);
    } else if (tag.startsWith("/")) {
      if (tag.slice(1) !== top.name || open.length === 1) throw new Error(`${top.name} is ended by ${tag}`);
      open.pop();
    } else {
      const [, name = "", attributes = "", closed] = /^([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)$/.exec(tag) ?? [];
      if (name === "") throw new Error(`no tag: <${tag}>`);
      const element = { name, attributes: attributesOf(attributes), children: [], text: "" };
      top.children.push(element);
      if (!closed) open.push(element);
    }
  }
  const [document_] = open;
  const [root, ...others] = document_?.children ?? [];
  if (open.length !== 1 || !root || others.length > 0 || document_?.text.trim() !== "")
    throw new Error("not one element");
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
    if (name in found) throw new Error(`${name} occurs twice`);
    // A parser makes spaces of them.
    if (/[\t\n\r]/.test(value)) throw new Error(`white space in ${name} is not kept`);
    found[name] = decoded(value);
  }
  return found;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+);|(\w+);|)/g, (_, code?: string, name?: string) => {
    const character = code === undefined ? REFERENCES[name ?? ""] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error("an & that is no reference");
    return character;
  });
}
