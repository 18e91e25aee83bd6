import pl from "nodejs-polars";
import type { Column } from "../../log/columns";
import type { Row } from "../../log/first-row";
import { numbers } from "../../log/typed-arrays";
import { atLeast, where } from "../../log/where";
import { likelihoodRatios, placesWithin, quantileParts } from "../../stats/likelihood-ratios";
import { median } from "../../stats/quantile";
import { requireInteger } from "../../stats/require-option";
import { formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { staffEvidence } from "./staff-evidence";
import { usersWithoutCohort } from "./users-without-cohort";
import { withFindings } from "./with-findings";

export interface StaffCandidatesOptions {
  /** Equal parts into which each habit's values are cut. */
  parts?: number;
  /** Others who began within a week of a user without a cohort from whom on these are a class. */
  together?: number;
}

interface Habit {
  of: Column;
  says: (own: string) => string;
}

const TENURE: Habit = { of: "tenure_days", says: (x) => `there for ${x} days` };
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
 * Who is staff? Naive Bayes over tenure and eight habits of those labelled Staff, without the user
 * who is judged. A habit is a user's place among those with about as long a tenure, so that having
 * been there for long counts once. All are cut into `parts` equal parts. Who lies above the median
 * of the labelled is flagged.
 *
 * - Others are not "not staff": some are staff without a label. If staff are labelled whatever their
 *   habits, the order is that by probability of being staff, and only its size is not known (Elkan
 *   and Noto, "Learning classifiers from only positive and unlabeled data", KDD 2008).
 * - Users who never have a cohort and began within a week of `together` others are left out: a class
 *   that was never entered reads unlike other classes, but is no staff. So are those who were there
 *   when the log begins, of whom nobody knows when they began.
 * - Rows without user, day or time do not count.
 * @returns one row per user who is not left out, by `user_id`: `cohort` (with most rows), `labelled` (whether any row
 *   is of Staff), `first_access`, `last_access`, `tenure_days`, `days`, `rows`, `distinct_pages`,
 *   `breadth` (effective number of programs), `sections` (the same), `views_per_page`, `months`,
 *   `busiest_half_year_share`, `cohorts_spanned` (with five days or more), `class_hours_share`,
 *   `campus_share`, `score` (null where nobody is labelled), `finding`
 * @throws {RangeError} if `parts` is not an integer of 2 or more, or `together` of 1 or more
 * @throws {Error} if a column is missing or of another type
 * @example
 * staffCandidates(accessLog).sort("score", true).head(10);
 */
export function staffCandidates(
  accessLog: pl.DataFrame,
  { parts = 8, together = 5 }: StaffCandidatesOptions = {},
): pl.DataFrame {
  requireInteger("staffCandidates", { parts }, { atLeast: 2 });
  requireInteger("staffCandidates", { together });
  const all = staffEvidence(accessLog);
  const inClass = { rows_with_cohort: 0, started_with: atLeast(together) };
  const leftOut = where(usersWithoutCohort(accessLog), inClass).select("user_id");
  const evidence = all.join(leftOut, { on: "user_id", how: "anti" }).sort("user_id");
  const labelled = evidence.getColumn("labelled").toArray() as boolean[];
  if (!labelled.includes(true)) {
    return evidence.withColumns(
      pl.lit(null).cast(pl.Float64).alias("score"),
      pl.lit(null).cast(pl.String).alias("finding"),
    );
  }
  const tenure = numbers(evidence, TENURE.of);
  const group = quantileParts(tenure, parts);
  const habits = HABITS.map(({ of }) => placesWithin(numbers(evidence, of), group));
  const ratios = likelihoodRatios([tenure, ...habits], labelled, parts);
  const likeness = Float64Array.from(labelled, (_, u) => {
    return ratios.reduce((sum, ratio) => sum + ratio[u]!, 0) / ratios.length;
  });
  // Where the labelled read as all others do, being like them says nothing.
  const threshold = Math.max(0, median(likeness.filter((_, u) => labelled[u]!)));
  const score = likeness.map((value) => Math.exp(value - threshold));
  return withFindings(evidence, score, (row, place) => {
    const isAlike = (_: unknown, u: number) => !labelled[u] && group[u] === group[place];
    const said = [TENURE, ...HABITS].map((habit, h) => {
      const all = numbers(evidence, habit.of);
      const others = all.filter(habit === TENURE ? (_, u) => !labelled[u] : isAlike);
      return { ...habit, ratio: ratios[h]![place]!, others: median(others) || 0 };
    });
    return sentence(row, said);
  });
}

function sentence(row: Row, habits: (Habit & { ratio: number; others: number })[]): string {
  const said = habits
    .sort((a, b) => b.ratio - a.ratio)
    .slice(0, 3)
    .map(({ of, says, ratio, others }) => {
      const write = (x: number) =>
        of.endsWith("share") ? formatPercent(x, 0) : formatNumber(x, 1);
      const times = formatNumber(Math.exp(ratio), 1);
      const all = of === TENURE.of ? "all others" : "others";
      return `${says(write(row[of]))} (${all} ${write(others)}), ${times} times as frequent among staff`;
    });
  const of = row.cohort === null ? "no cohort" : visibleText(row.cohort, { max: 60 });
  return (
    `User ${row.user_id} of ${of}, ${row.labelled ? "" : "not "}labelled Staff, reads as staff do: ` +
    `${said.join("; ")} (others: those there for about as long).`
  );
}
