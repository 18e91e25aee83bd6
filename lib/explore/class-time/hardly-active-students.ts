import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { typedColumns } from "../../log/typed-columns";
import { not, where } from "../../log/where";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { OF_STUDENTS } from "../class-reading";
import { push } from "../lessons/path-groups";
import { addressesInClass, attendance, besideClassmates, medianMeanwhile } from "./attendance";
import { cohortName, hardlyActiveFinding } from "./hardly-active-finding";
import { AS_OTHERS, situationOf } from "./situations";

export interface HardlyActiveStudentsOptions {
  /** Share of their cohort's median below which a student hardly reads. */
  share?: number;
  /** Days without a page at either end of class that make a late joiner or an early leaver. */
  silence?: number;
  /** Least part of a class that must lie within the log. */
  seen?: number;
  /** Fewest students with pages in class that make a median. */
  peers?: number;
  /** What `sharedAddresses` gives. */
  addresses?: pl.DataFrame;
}

export const HARDLY_ACTIVE = { share: 1 / 8, silence: 28, seen: 1 / 4, peers: 5 } as const;

/**
 * Students who hardly open the curriculum in class: each one's pages from the cohort's first day to
 * its last, beside the cohort's median. Fewer than `share` of it are flagged (`score` above 1).
 * Staff are left out. `situation` is the first that fits of
 *
 * - `class not in the log` (or without dates), `class hardly in the log` (less than `seen` of it)
 * - `never in class`: pages only before or after; not flagged
 * - `also Staff`, `changed cohort`: as below, but rows of another cohort within `silence` days
 * - `left early`, `joined late`: no page for `silence` days or more while others read
 * - `hardly reads`: flagged, and none of these
 * - `as others`
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @returns by user and cohort with rows: `user_id`, `cohort_id`, `cohort`, `program`, `start_date`,
 *   `end_date`, `seen_share`, `class_days`, `pages`, `active_days`, `first_read`, `last_read`,
 *   `silent_before`, `silent_after`, `cohort_pages`, `share_of_pages`, `robust_z` (of the
 *   pages' logarithm among the cohort's), `share_of_days` (null with fewer than `peers`), `classmates_below`, `cohort_pages_meanwhile`, `pages_before_class`,
 *   `pages_after_class`, `pages_elsewhere`, `other_cohorts`, `addresses`, `campus_share`,
 *   `address_kind` (of most requests; null without the option), `situation`, `score` (`share` of
 *   the median by the pages), `finding`. What takes a search is null for those as others.
 * @throws if an option is out of range, or a column is missing or of another type
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
  const log = typedColumns(
    "hardlyActiveStudents",
    ...([accessLog, "date", "path", "ip", ...OF_STUDENTS] as const),
  );
  const { students: present, days } = attendance(log, silence);
  const measured = besideClassmates(present, peers);
  const judged = (measured.toRecords() as Row[]).map((student) => {
    const { pages, cohort_pages: median } = student;
    const score = median === null || pages === 0 ? null : (share * median) / pages;
    return { score, situation: situationOf({ ...student, score }, { silence, seen }) };
  });
  const students = measured.withColumns(...frameOf(judged, "score", "situation").getColumns());
  const asked = where(students, { cohort_id: not(STAFF_COHORT_ID), situation: not(AS_OTHERS) });
  const pair = ["user_id", "cohort_id"];
  return withFindings(
    students
      .join(addressesInClass(log, asked, addresses), { on: pair, how: "left" })
      .join(medianMeanwhile(asked, days), { on: pair, how: "left" }),
  ).sort(pair);
}

function withFindings(students: pl.DataFrame): pl.DataFrame {
  const all = students.sort(["since", "cohort_id"]).toRecords() as Row[];
  const cohortsOf = new Map<number, Row[]>();
  for (const student of all) push(cohortsOf, student.user_id, student);
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
  ...(["silent_before", "silent_after", "cohort_pages", "share_of_pages", "robust_z"] as const),
  ...(["share_of_days", "classmates_below", "cohort_pages_meanwhile"] as const),
  ...(["pages_before_class", "pages_after_class", "pages_elsewhere", "other_cohorts"] as const),
  ...(["addresses", "campus_share", "address_kind", "situation", "score", "finding"] as const),
];
