import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { requireInteger, requireNumber } from "../../log/require-option";
import { not, where } from "../../log/where";
import { OF_STUDENTS } from "../class-reading";
import { neededColumns } from "../needed-columns";
import { addressesInClass } from "./addresses-in-class";
import { attendance } from "./attendance";
import { besideClassmates, medianMeanwhile } from "./classmates";
import { cohortName, hardlyActiveFinding, type StudentInClass } from "./hardly-active-finding";
import { AS_OTHERS, situationOf } from "./situations";

export interface HardlyActiveStudentsOptions {
  /** Share of their cohort's median below which a student hardly reads. */
  share?: number;
  /** Days without a page, at the beginning or the end of class, that make a late joiner or an early leaver. */
  silence?: number;
  /** Least share of a cohort's class that must lie within the log for its students to be judged. */
  seen?: number;
  /** Fewest students of a cohort with pages in class that make a median. */
  peers?: number;
  /** Who uses which address, as `sharedAddresses` gives it. */
  addresses?: pl.DataFrame;
}

/** What counts where nothing else is said; nine in ten students are silent for twelve days or less before the end. */
export const HARDLY_ACTIVE = { share: 1 / 8, silence: 28, seen: 1 / 4, peers: 5 } as const;

/**
 * Students who, while in class, hardly open the curriculum, and what is known of them: each
 * student's pages in class beside those of the cohort, and when they were there.
 *
 * In class is every day from the cohort's first to its last, both included, of rows that carry that
 * cohort. Someone with fewer than `share` of the cohort's median is flagged (`score` above 1).
 * `situation` is the first that fits of
 *
 * - `class not in the log`: no day of class lies within it, or the dates are not known
 * - `class hardly in the log`: less than `seen` of it does, too little to say who left
 * - `never in class`: no page in class, only before or after; not flagged, as nobody can say
 *   whether they were enrolled
 * - `also Staff`, `changed cohort`: flagged, late or early as below, but rows of the same user
 *   carry another cohort within `silence` days of their time here
 * - `left early`: no page for `silence` days or more while some of the cohort read on
 * - `joined late`: the same after the cohort's first page
 * - `hardly reads`: flagged, and none of these: there to the end
 * - `as others`
 *
 * Students who never opened a page, not even before or after class, are not in any log. A cohort
 * whose class began before the log or goes on after it is compared on the days that are seen.
 * Staff are left out. Who is in two cohorts has a row for each. A cohort's dates are taken to be the
 * same in all its rows.
 *
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @returns one row per user and cohort with rows, by both: `user_id`, `cohort_id` (Int64),
 *   `cohort`, `program` (String), `start_date`, `end_date` (Date), `seen_share` (Float64),
 *   `class_days` (within the log), `pages`, `active_days` (in class; Int64), `first_read`,
 *   `last_read` (Date, in class), `silent_before`, `silent_after` (days from the cohort's first
 *   page to the student's, and from the student's last to the cohort's; Int64), `cohort_pages`
 *   (median of those with any), `share_of_pages`, `share_of_days` (of the median; null with fewer than
 *   `peers`), `classmates_below` (share of the others with fewer pages), `cohort_pages_meanwhile`
 *   (the median between the student's first and last day; null for those as others; Float64),
 *   `pages_before_class`, `pages_after_class`, `pages_elsewhere` (in class, but logged
 *   under another cohort or none; Int64), `other_cohorts` (String), `addresses` (different ones
 *   in class; Int64), `campus_share` (of requests in class; Float64), `address_kind` (that most
 *   of these came from; String), all three null for those as others, the last two null without
 *   the option `addresses`; `situation` (String), `score` (`share` of the median by the
 *   pages; Float64, null without pages or median), `finding` (String, null where neither
 *   flagged nor early, late or never in class)
 * @throws {RangeError} if `share` or `seen` is not above 0 and at most 1, or `silence` or `peers`
 *   is not an integer from 1
 * @throws {Error} if a column is missing or of another type
 */
export function hardlyActiveStudents(
  accessLog: pl.DataFrame,
  {
    share = HARDLY_ACTIVE.share,
    silence = HARDLY_ACTIVE.silence,
    seen = HARDLY_ACTIVE.seen,
    peers = HARDLY_ACTIVE.peers,
    addresses,
  }: HardlyActiveStudentsOptions = {},
): pl.DataFrame {
  requireNumber("hardlyActiveStudents", { share, seen }, { above: 0, atMost: 1 });
  requireInteger("hardlyActiveStudents", { silence, peers });
  if (addresses) requireColumns("hardlyActiveStudents", addresses, "ip", "address_kind");
  const log = neededColumns(
    "hardlyActiveStudents",
    ...([accessLog, "date", "path", "ip", ...OF_STUDENTS] as const),
  );
  const { students: present, days } = attendance(log, silence);
  const measured = besideClassmates(present, peers);
  const judged = (measured.toRecords() as unknown as StudentInClass[]).map((student) => {
    const { pages, cohort_pages: median } = student;
    const score = median === null || pages === 0 ? null : (share * median) / pages;
    return { score, situation: situationOf({ ...student, score }, { silence, seen }) };
  });
  const students = measured.withColumns(...frameOf(judged, "score", "situation").getColumns());
  const asked = where(students, {
    cohort_id: not(STAFF_COHORT_ID),
    situation: not(AS_OTHERS),
  });
  const pair = ["user_id", "cohort_id"];
  return withFindings(
    students
      .join(addressesInClass(log, asked, addresses), { on: pair, how: "left" })
      .join(medianMeanwhile(asked, days), { on: pair, how: "left" }),
  ).sort(pair);
}

function withFindings(students: pl.DataFrame): pl.DataFrame {
  const all = students.sort(["since", "cohort_id"]).toRecords() as unknown as StudentInClass[];
  const cohortsOf = new Map<number, StudentInClass[]>();
  for (const student of all) {
    const own = cohortsOf.get(student.user_id) ?? [];
    cohortsOf.set(student.user_id, [...own, student]);
  }
  const rows = all
    .filter(({ cohort_id }) => cohort_id !== STAFF_COHORT_ID)
    .map((student) => {
      const others = cohortsOf.get(student.user_id)!.filter((other) => other !== student);
      return {
        ...student,
        pages_elsewhere: student.pages_elsewhere ?? 0,
        other_cohorts: others.map(cohortName).join(", ") || null,
        finding: hardlyActiveFinding(student, others),
      };
    });
  return frameOf(rows, ...COLUMNS);
}

const COLUMNS = [
  ...(["user_id", "cohort_id", "cohort", "program", "start_date", "end_date"] as const),
  ...(["seen_share", "class_days", "pages", "active_days", "first_read", "last_read"] as const),
  ...(["silent_before", "silent_after", "cohort_pages", "share_of_pages"] as const),
  ...(["share_of_days", "classmates_below", "cohort_pages_meanwhile"] as const),
  ...(["pages_before_class", "pages_after_class", "pages_elsewhere", "other_cohorts"] as const),
  ...(["addresses", "campus_share", "address_kind", "situation", "score", "finding"] as const),
];
