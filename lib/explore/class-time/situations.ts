import type { Row } from "../../log/first-row";

export const HARDLY_READS = "hardly reads";
export const LEFT_EARLY = "left early";
export const JOINED_LATE = "joined late";
export const CHANGED_COHORT = "changed cohort";
export const ALSO_STAFF = "also Staff";
export const NEVER_IN_CLASS = "never in class";
export const HARDLY_SEEN = "class hardly in the log";
export const NOT_SEEN = "class not in the log";
export const AS_OTHERS = "as others";

/** The first situation that fits a student: what cannot be judged comes first. */
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
