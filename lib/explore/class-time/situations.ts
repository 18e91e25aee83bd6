import type { Row } from "../../log/first-row";

/** There to the end, with far fewer pages than the cohort's median. */
export const HARDLY_READS = "hardly reads";
/** No page in class for weeks before the cohort's last. */
export const LEFT_EARLY = "left early";
/** No page in class for weeks after the cohort's first. */
export const JOINED_LATE = "joined late";
/** One of these, but rows of the user carry another cohort at that time. */
export const CHANGED_COHORT = "changed cohort";
/** One of these, but rows of the user are labelled as Staff at that time. */
export const ALSO_STAFF = "also Staff";
/** Rows before or after class, but none in it. */
export const NEVER_IN_CLASS = "never in class";
/** Most of the cohort's class lies outside the log. */
export const HARDLY_SEEN = "class hardly in the log";
/** All of it does, or its dates are not known. */
export const NOT_SEEN = "class not in the log";
/** None of these. */
export const AS_OTHERS = "as others";

/**
 * Puts a student into the first situation that fits: what cannot be judged comes first.
 *
 * @param student beside their classmates, with `score`
 */
export function situationOf(student: Row, { silence, seen }: { silence: number; seen: number }) {
  if (student.seen_share === 0) return NOT_SEEN;
  if (student.seen_share < seen) return HARDLY_SEEN;
  if (student.pages === 0) return NEVER_IN_CLASS;
  const hasLeft = student.silent_after >= silence;
  const isLate = student.silent_before >= silence;
  if (!(student.score > 1) && !hasLeft && !isLate) return AS_OTHERS;
  if (student.is_staff_near) return ALSO_STAFF;
  if (student.is_elsewhere_near) return CHANGED_COHORT;
  return hasLeft ? LEFT_EARLY : isLate ? JOINED_LATE : HARDLY_READS;
}
