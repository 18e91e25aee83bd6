/** There to the end, with far fewer pages than the cohort's middle student. */
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

/** What is known of one student in one cohort. */
export interface Signs {
  /** Share of the cohort's days of class that lie within the log. */
  seenShare: number;
  /** Pages in class. */
  pages: number;
  /** Whether these are far fewer than the cohort's middle student opened. */
  isFar: boolean;
  /** Days without a page after the cohort's first, and before its last. */
  silentBefore: number;
  silentAfter: number;
  /** Whether rows of the user carry Staff, or another cohort, at that time. */
  isStaff: boolean;
  isElsewhere: boolean;
}

/** Puts a student into the first situation that fits: what cannot be judged comes first. */
export function situationOf(signs: Signs, { silence, seen }: { silence: number; seen: number }) {
  if (signs.seenShare === 0) return NOT_SEEN;
  if (signs.seenShare < seen) return HARDLY_SEEN;
  if (signs.pages === 0) return NEVER_IN_CLASS;
  const hasLeft = signs.silentAfter >= silence;
  const isLate = signs.silentBefore >= silence;
  if (!signs.isFar && !hasLeft && !isLate) return AS_OTHERS;
  if (signs.isStaff) return ALSO_STAFF;
  if (signs.isElsewhere) return CHANGED_COHORT;
  return hasLeft ? LEFT_EARLY : isLate ? JOINED_LATE : HARDLY_READS;
}
