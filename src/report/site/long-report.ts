/** Of a report, in bytes; one that is longer opens slowly. */
export const MOST_BYTES = 2_000_000;

const CHART_DOWNLOAD = /<p class="svg-link"><a download="[^"]*" href='data:[^']*'[^>]*>[^<]*<\/a><\/p>\n?/g;
const SAMPLES_DOWNLOAD = /<a download="[^"]*" href='data:text\/csv[^']*'>[^<]*<\/a>/;

/**
 * A report of `renderHtml` without what it carries to be saved: every chart a second time, and all samples.
 *
 * @param record address of the run's record, which has the samples; escaped no further.
 */
export function withoutDownloads(report: string, record: string): string {
  return report
    .replace(CHART_DOWNLOAD, "")
    .replace(SAMPLES_DOWNLOAD, () => `<a href="${record}">All samples, in the record of the run</a>`);
}
