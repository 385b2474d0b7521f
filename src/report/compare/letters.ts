/** A, B, C … for the machines of a comparison, of which there are 20 at most. */
export function letterOf(place: number): string {
  return String.fromCharCode("A".charCodeAt(0) + place);
}
