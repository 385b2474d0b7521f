import type { ClaimVerdict } from "../../judge/verdict.ts";
import { formatSeeds } from "../../judge/wording.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { groupArms } from "../arms.ts";
import type { ClaimView } from "../claim/claim.ts";
import { type ClaimLink, claimLinks } from "../claim/claim-links.ts";
import type { FigureView } from "../figure.ts";
import type { TableView } from "../table.ts";
import { dataWords } from "../words/data-words.ts";
import { listWords } from "../words/quantities.ts";
import { networkWords } from "../words/scale-words.ts";
import { drawAlongPath } from "./along-path.ts";
import { drawByEpoch } from "./by-epoch.ts";
import { drawByBatchSize, drawByWarmStart } from "./by-factor.ts";
import { drawByLoss } from "./by-loss.ts";
import type { DrawFigure, DrawnFigure } from "./drawn-figure.ts";
import { drawPanel } from "./panel-chart.ts";
import { figuresOf, networksOf, type Reading, readingsOf } from "./readings.ts";

/** The paper's figures, drawn of what the run measured. */
export interface PaperFiguresView {
  readonly figures: readonly PaperFigureView[];
}

export interface PaperFigureView extends Pick<DrawnFigure, "groups" | "charts"> {
  readonly number: number;
  readonly anchor: string;
  /** "loss and accuracy on the line between the minimisers". */
  readonly subject: string;
  /** "Figure 3 of the paper, redrawn: loss and accuracy on the line between the minimisers". */
  readonly title: string;
  /** What the paper shows, and where. */
  readonly shows: string;
  /** Network, scale and seeds. */
  readonly ours: string;
  readonly remark: string;
  /** How the readings were got, and their caveats. */
  readonly notes: readonly string[];
  /** Class of the page's style. */
  readonly layout: string;
  readonly panels: readonly FigureView[];
  readonly table: TableView;
  readonly claims: readonly ClaimLink[];
}

interface Definition {
  readonly subject: string;
  readonly shows: string;
  /** Where no reading tells it. */
  readonly source: string;
  readonly draw: DrawFigure;
}

const DEFINITIONS: Readonly<Record<number, Definition>> = {
  2: {
    subject: "accuracy over the epochs",
    shows: "training and test accuracy of F2 and C1 over 100 epochs, small batch and large",
    source: "Figure 2",
    draw: drawByEpoch,
  },
  3: {
    subject: "loss and accuracy on the line through both minimisers",
    shows:
      "loss (left axis) and accuracy (right axis) of all six networks on the straight line through one pair of minimisers, the small batch's at α = 0 and the large batch's at α = 1",
    source: "Figure 3",
    draw: drawAlongPath(3, "linear"),
  },
  4: {
    subject: "accuracy and sharpness over the batch size",
    shows: "test accuracy (left axis) and sharpness (right axis) of F2 and C1 over the batch size, 100 epochs each",
    source: "Figure 4",
    draw: drawByBatchSize,
  },
  5: {
    subject: "a large batch that starts from the small batch's iterates",
    shows:
      "for F2 and C1 the test accuracy of the small batch's iterate after each of 100 epochs, and test accuracy and sharpness of where 100 epochs with the large batch lead from there",
    source: "Figure 5",
    draw: drawByWarmStart,
  },
  6: {
    subject: "sharpness along the training",
    shows: "sharpness over the training loss along one training of F2 and of C1, small batch and large",
    source: "Figure 6",
    draw: drawByLoss,
  },
  7: {
    subject: "loss and accuracy on a curved path between the minimisers",
    shows:
      "loss (left axis) and accuracy (right axis) at sin(απ/2)·x of the large batch + cos(απ/2)·x of the small batch, for the same networks as Figure 3",
    source: "Figure 7",
    draw: drawAlongPath(7, "curvilinear"),
  },
};

/** By the number of panels: one has its text beside it, three stand in a row. */
const LAYOUTS: Readonly<Record<number, string>> = { 1: "one-panel", 3: "three-panels" };

/** @returns null where no claim points at a figure of the paper, or the record has not the samples of one. */
export function paperFiguresView(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  claims: readonly ClaimView[],
): PaperFiguresView | null {
  const groups = groupArms(record);
  const figures = figuresOf(record).flatMap((number): PaperFigureView[] => {
    const definition = DEFINITIONS[number];
    if (!definition) return [];
    const networks = [...new Set(record.suite.arms.map(({ networkName }) => networkName))];
    const drawn = definition.draw(record, groups, readingsOf(record, number, networks));
    if (!drawn) return [];
    const source = drawn.readings[0]?.entry.source ?? definition.source;
    return [
      {
        number,
        anchor: `paper-figure-${number}`,
        title: `Figure ${number} of the paper, redrawn: ${definition.subject}`,
        subject: definition.subject,
        groups: drawn.groups,
        charts: drawn.charts,
        shows: `${source} shows ${definition.shows}.`,
        ours: oursWords(record, drawn.arms),
        remark: drawn.remark,
        notes: notesOf(drawn.readings),
        layout: LAYOUTS[drawn.panels.length] ?? "",
        panels: drawn.panels.map((panel) => ({ title: panel.title, chart: drawPanel(panel), note: null })),
        table: drawn.table,
        claims: claimLinks(record, verdicts, claims, (pointer) => pointer.includes(`#/figure${number}/`)),
      },
    ];
  });
  return figures.length === 0 ? null : { figures };
}

function oursWords(record: RunRecord, names: readonly string[]): string {
  const { suite } = record;
  const arms = suite.arms.filter(({ name }) => names.includes(name));
  const networks = [...new Set(arms.map(({ networkName }) => networkName))].map((name) => networkWords(record, name));
  const data = [...new Set(arms.map((arm) => dataWords(arm.data)))];
  const batches = [...new Set(arms.map(({ regime }) => regime.batch))];
  // Shares of the training set keep their place after the counts.
  const counts = batches.filter((batch) => typeof batch === "number").sort((a, b) => a - b);
  const sizes = [...counts, ...batches.filter((batch) => typeof batch !== "number")].map(String);
  return `${[listWords(networks), ...data, `batch ${listWords(sizes, 12)}`, formatSeeds(suite.seeds)].join("; ")}.`;
}

/** Sentence by sentence, as many say the same; what is said of some networks only names them. */
function notesOf(readings: readonly Reading[]): string[] {
  const sentences = new Map<string, Set<string>>();
  for (const { network, entry } of readings) {
    for (const each of entry.note?.split(/(?<=\.) +/) ?? []) {
      sentences.set(each, (sentences.get(each) ?? new Set()).add(network));
    }
  }
  const all = networksOf(readings).length;
  const notes = [...sentences].map(([text, networks]) =>
    networks.size === all ? { text, own: 0 } : { text: `${listWords([...networks])}: ${text}`, own: 1 },
  );
  return notes.sort((a, b) => a.own - b.own).map(({ text }) => text);
}
