/** A phrase as the page shows it when it stands alone. */
export function sentence(text: string): string {
  const ended = /[.!?]$/.test(text) || text === "" ? text : `${text}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
