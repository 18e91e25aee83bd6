import pl from "nodejs-polars";
import type { Column } from "../../log/columns";
import type { Row } from "../../log/first-row";
import { numbers } from "../../log/typed-arrays";
import { where } from "../../log/where";
import { likelihoodRatios } from "../../stats/likelihood-ratios";
import { median } from "../../stats/quantile";
import { requireInteger } from "../../stats/require-option";
import { formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { staffEvidence } from "./staff-evidence";
import { withFindings } from "./with-findings";

export interface StaffCandidatesOptions {
  /** Equal parts into which each habit's values are cut. */
  parts?: number;
}

interface Habit {
  of: Column;
  says: (own: string) => string;
}

const HABITS: readonly Habit[] = [
  { of: "breadth", says: (x) => `${x} programs' worth of pages` },
  { of: "sections", says: (x) => `${x} sections' worth` },
  { of: "views_per_page", says: (x) => `each page ${x} times` },
  { of: "months", says: (x) => `in ${x} months` },
  { of: "busiest_half_year_share", says: (x) => `${x} of it in the busiest half year` },
  { of: "cohorts_spanned", says: (x) => `through the time of ${x} cohorts` },
  { of: "class_hours_share", says: (x) => `${x} in class hours` },
  { of: "campus_share", says: (x) => `${x} from campus` },
];

/**
 * Who is staff? Naive Bayes over eight habits of those labelled Staff, each cut into `parts` equal
 * parts, without the user who is judged. Who lies above the median of the labelled is flagged. The
 * product ranks; it is no probability. Rows without user, day or time do not count.
 * @returns one row per user, by `user_id`: `cohort` (with most rows), `labelled` (whether any row
 *   is of Staff), `first_access`, `last_access`, `tenure_days`, `days`, `rows`, `distinct_pages`,
 *   `breadth` (effective number of programs), `sections` (the same), `views_per_page`, `months`,
 *   `busiest_half_year_share`, `cohorts_spanned` (with five days or more), `class_hours_share`,
 *   `campus_share`, `score` (null where nobody is labelled), `finding`
 * @throws {RangeError} if `parts` is not an integer of 2 or more
 * @throws {Error} if a column is missing or of another type
 * @example
 * staffCandidates(accessLog).sort("score", true).head(10);
 */
export function staffCandidates(
  accessLog: pl.DataFrame,
  { parts = 8 }: StaffCandidatesOptions = {},
): pl.DataFrame {
  requireInteger("staffCandidates", { parts }, { atLeast: 2 });
  const evidence = staffEvidence(accessLog);
  const labelled = evidence.getColumn("labelled").toArray() as boolean[];
  if (!labelled.includes(true)) {
    return evidence.withColumns(
      pl.lit(null).cast(pl.Float64).alias("score"),
      pl.lit(null).cast(pl.String).alias("finding"),
    );
  }
  const ratios = likelihoodRatios(
    HABITS.map(({ of }) => numbers(evidence, of)),
    labelled,
    parts,
  );
  const likeness = Float64Array.from(labelled, (_, u) => {
    return ratios.reduce((sum, ratio) => sum + ratio[u]!, 0) / ratios.length;
  });
  // Where the labelled read as all others do, being like them says nothing.
  const threshold = Math.max(0, median(likeness.filter((_, u) => labelled[u]!)));
  const score = likeness.map((value) => Math.exp(value - threshold));
  const others = where(evidence, { labelled: false });
  const usual = HABITS.map(({ of }) => median(numbers(others, of)) || 0);
  return withFindings(evidence, score, (row, place) => {
    const own = ratios.map((ratio) => ratio[place]!);
    return sentence(row, own, usual);
  });
}

function sentence(row: Row, ratios: readonly number[], usual: readonly number[]): string {
  const said = HABITS.map((habit, h) => ({ ...habit, ratio: ratios[h]!, others: usual[h]! }))
    .sort((a, b) => b.ratio - a.ratio)
    .slice(0, 3)
    .map(({ of, says, ratio, others }) => {
      const write = (x: number) =>
        of.endsWith("share") ? formatPercent(x, 0) : formatNumber(x, 1);
      const times = formatNumber(Math.exp(ratio), 1);
      return `${says(write(row[of]))} (others ${write(others)}), ${times} times as frequent among staff`;
    });
  const of = row.cohort === null ? "no cohort" : visibleText(row.cohort, { max: 60 });
  return (
    `User ${row.user_id} of ${of}, ${row.labelled ? "" : "not "}labelled Staff, reads as staff do: ` +
    `${said.join("; ")}.`
  );
}
