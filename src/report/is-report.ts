/** Whether a file's text is a page of `renderHtml`, of this version or an earlier one. */
export function isReport(text: string): boolean {
  return text.startsWith("<!doctype html>") && text.includes(" – claimbench</title>");
}
