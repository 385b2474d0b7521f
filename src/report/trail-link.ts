/** One of the links from a page to those above it. */
export interface TrailLink {
  readonly text: string;
  /** As the page links to it. */
  readonly href: string;
}
