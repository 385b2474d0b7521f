const ESCAPE = "\u001b";
/** A sequence that moves the cursor, clears or colours; or any other control character. */
const CONTROL = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]|\\p{Cc}`, "gu");
const KEPT = ["\n", "\t", "\r"];

/**
 * A text without what would steer a terminal, as names and statements of others' files may: colours stay, and on request all
 * sequences of ANSI X3.64.
 */
export function printable(text: string, sequences: "colours" | "all"): string {
  return text.replace(CONTROL, (found) => {
    if (found.length === 1) return KEPT.includes(found) ? found : "";
    return sequences === "all" || found.endsWith("m") ? found : "";
  });
}
