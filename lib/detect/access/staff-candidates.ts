import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { likelihoodRatios } from "../../stats/likelihood-ratios";
import { median } from "../../stats/median";
import { formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { type StaffEvidence, staffEvidence } from "./staff-evidence";

export interface StaffCandidatesOptions {
  /** Equal parts into which each habit's values are cut: an integer of 2 or more. */
  parts?: number;
}

/** A habit by which staff are known, and how it is said of a user and of others. */
interface Habit {
  of: keyof StaffEvidence;
  said: (own: string, others: string) => string;
  isShare?: boolean;
}

const HABITS: readonly Habit[] = [
  { of: "breadth", said: (x, y) => `${x} programs' worth of pages (others ${y})` },
  { of: "sections", said: (x, y) => `${x} sections' worth (others ${y})` },
  { of: "viewsPerPage", said: (x, y) => `each page ${x} times (others ${y})` },
  { of: "months", said: (x, y) => `in ${x} months (others ${y})` },
  {
    of: "busiestHalfYearShare",
    said: (x, y) => `${x} of it in the busiest half year (others ${y})`,
    isShare: true,
  },
  { of: "cohortsSpanned", said: (x, y) => `through the time of ${x} cohorts (others ${y})` },
  { of: "classHoursShare", said: (x, y) => `${x} in class hours (others ${y})`, isShare: true },
  { of: "campusShare", said: (x, y) => `${x} from campus (others ${y})`, isShare: true },
];

/**
 * Who is staff? All users by how much they read as those labelled Staff do.
 *
 * In two sentences: for each of eight habits we ask how much more frequent a user's is among
 * labelled staff than among all others (twice as frequent, half as frequent), and multiply
 * the answers. Whoever comes out above the median of the labelled reads as staff do,
 * labelled or not.
 *
 * This is naive Bayes over habits cut into equal parts (`parts`), without the user who is judged
 * and with one more in each part so that none is empty. Habits go together, so the product is
 * no probability: it ranks. About half of the labelled are flagged by construction; of
 * others, those that are worth asking about. Who looked in once cannot be told from a visitor.
 *
 * The habits are the columns from `breadth` on. `breadth` is the effective number of programs
 * (the exponential of the entropy) when each page view is shared out to programs as that page's
 * student readers are; `sections` the same over what stands before a path's first slash.
 * `campus_share` counts addresses that look like a campus, see `sharedAddresses`.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without user, day or time count
 *   for nothing
 * @returns one row per user, by `user_id`: `cohort` (with most of their rows; null without any),
 *   `labelled` (Boolean, whether any row is of Staff), `first_access`, `last_access` (Datetime ms),
 *   `tenure_days` (both counted), `days` (with requests), `rows`, `distinct_pages` (all Int64);
 *   `breadth`, `sections`, `views_per_page` (Float64), `months` (with requests; Int64),
 *   `busiest_half_year_share` (of requests, in 26 weeks; Float64), `cohorts_spanned` (in whose time of
 *   class there are five days with requests or more; Int64), `class_hours_share` (Monday to
 *   Friday, 8:00 to 17:00), `campus_share` (Float64); `score` (the mean habit's likelihood ratio
 *   over the median of the labelled, at least 1; null throughout where nobody is
 *   labelled: there is nothing to learn from), `finding`
 * @throws {RangeError} if `parts` is not an integer of 2 or more
 * @throws {Error} if a column is missing or of another type
 */
export function staffCandidates(
  accessLog: pl.DataFrame,
  { parts = 8 }: StaffCandidatesOptions = {},
): pl.DataFrame {
  if (!(Number.isInteger(parts) && parts >= 2)) {
    throw new RangeError(`staffCandidates needs 2 whole parts or more, got ${parts}`);
  }
  requireColumns(
    "staffCandidates",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "start_date",
    "end_date",
    "program_id",
  );
  const evidence = staffEvidence(accessLog);
  const { users, labelled } = evidence;
  if (!labelled.includes(true)) {
    const nothing = users.map(() => null);
    return candidateFrame(evidence, nothing, nothing);
  }
  const measures = HABITS.map(({ of }) => evidence[of] as Float64Array);
  const ratios = likelihoodRatios(measures, labelled, parts);
  const likeness = Float64Array.from(users, (_, u) => {
    return ratios.reduce((sum, ratio) => sum + ratio[u]!, 0) / ratios.length;
  });
  // Where the labelled read as all others do, being like them says nothing.
  const threshold = Math.max(0, median(likeness.filter((_, u) => labelled[u]!)));
  const score = likeness.map((value) => Math.exp(value - threshold));
  const findings = users.map((_, u) => (score[u]! > 1 ? finding(evidence, ratios, u) : null));
  return candidateFrame(evidence, score, findings);
}

/** The three habits that speak most for it, beside the median of those not labelled. */
function finding(evidence: StaffEvidence, ratios: readonly Float64Array[], u: number): string {
  const { users, cohort, labelled } = evidence;
  const strongest = HABITS.map((habit, h) => ({ habit, ratio: ratios[h]![u]! }))
    .sort((a, b) => b.ratio - a.ratio)
    .slice(0, 3);
  const said = strongest.map(({ habit, ratio }) => {
    const values = evidence[habit.of] as Float64Array;
    const others = median(values.filter((_, i) => !labelled[i])) || 0;
    const write = (x: number) => (habit.isShare ? formatPercent(x, 0) : formatNumber(x, 1));
    const times = formatNumber(Math.exp(ratio), 1);
    return `${habit.said(write(values[u]!), write(others))}, ${times} times as frequent among staff`;
  });
  const of = cohort[u] === null ? "no cohort" : visibleText(cohort[u]!, { max: 60 });
  return (
    `User ${users[u]} of ${of}, ${labelled[u] ? "" : "not "}labelled Staff, reads as staff do: ` +
    `${said.join("; ")}.`
  );
}

function candidateFrame(
  evidence: StaffEvidence,
  score: ArrayLike<number | null>,
  findings: (string | null)[],
): pl.DataFrame {
  const { users, cohort, labelled, first, last } = evidence;
  const whole = (name: string, values: Float64Array) => pl.Series(name, values).cast(pl.Int64);
  const time = (name: string, values: Float64Array) => whole(name, values).cast(pl.Datetime("ms"));
  return pl.DataFrame([
    pl.Series("user_id", users, pl.Int64),
    pl.Series("cohort", cohort, pl.String),
    pl.Series("labelled", labelled, pl.Bool),
    time("first_access", first),
    time("last_access", last),
    whole("tenure_days", evidence.tenureDays),
    whole("days", evidence.days),
    whole("rows", evidence.rows),
    whole("distinct_pages", evidence.distinctPages),
    pl.Series("breadth", evidence.breadth),
    pl.Series("sections", evidence.sections),
    pl.Series("views_per_page", evidence.viewsPerPage),
    whole("months", evidence.months),
    pl.Series("busiest_half_year_share", evidence.busiestHalfYearShare),
    whole("cohorts_spanned", evidence.cohortsSpanned),
    pl.Series("class_hours_share", evidence.classHoursShare),
    pl.Series("campus_share", evidence.campusShare),
    pl.Series("score", Array.from(score), pl.Float64),
    pl.Series("finding", findings, pl.String),
  ]);
}
