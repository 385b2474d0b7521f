/** What more than half of the arms have in common, if those that have not say something else instead. */
export function usualOf(words: readonly string[]): string | undefined {
  const usual = [...new Set(words)].find((word) => 2 * words.filter((each) => each === word).length > words.length);
  return usual !== undefined && usual !== "" && words.includes("") ? undefined : usual;
}
