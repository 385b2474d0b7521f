// Generated from baseline.schema.json by `npm run types`. Do not edit.

/**
 * The values a paper publishes, each with its place in the paper.
 */
export interface PublishedBaseline {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  paper: Paper;
  /**
   * Entries by path; a claim points at one as <paper>#/<path>.
   */
  values: {
    [k: string]: PublishedEntry;
  };
}
/**
 * The paper.
 */
export interface Paper {
  /**
   * The file's name without .json.
   */
  id: string;
  /**
   * Title of the paper.
   */
  title: string;
  /**
   * Authors in order.
   *
   * @minItems 1
   */
  authors: [string, ...string[]];
  /**
   * Year of publication.
   */
  year: number;
  /**
   * Venue and identifier.
   */
  reference: string;
}
/**
 * One published quantity, for the arms it is given for.
 */
export interface PublishedEntry {
  /**
   * What the numbers are, with their unit.
   */
  quantity: string;
  /**
   * Table, figure or page.
   */
  source: string;
  /**
   * Printed in the paper, read off a figure, or calculated from printed values.
   */
  origin: "stated" | "reading" | "calculated";
  /**
   * By arm, in the paper's words: SB, LB.
   */
  arms: {
    [k: string]: PublishedValue;
  };
  effect?: PublishedEffect;
  /**
   * A caveat or an inconsistency within the paper.
   */
  note?: string;
}
/**
 * Mean over the paper's trials.
 */
export interface PublishedValue {
  /**
   * Mean.
   */
  mean: number;
  /**
   * Standard deviation; the paper does not state the convention.
   */
  std?: number;
  /**
   * Trials.
   */
  n?: number;
}
/**
 * The effect to compare ours with.
 */
export interface PublishedEffect {
  /**
   * How the arms are compared.
   */
  kind: "ratio" | "difference";
  /**
   * First over (or minus) second.
   *
   * @minItems 2
   * @maxItems 2
   */
  of: [string, string];
  /**
   * The effect, where it is one number.
   */
  value?: number;
  /**
   * The effect, where the paper gives a range.
   *
   * @minItems 2
   * @maxItems 2
   */
  range?: [number, number];
}
