/** A phrase as the page shows it when it stands alone. */
export function sentence(text: string): string {
  const ended = /[.!?]$/.test(text) || text === "" ? text : `${text}.`;
  return capitalise(ended);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
