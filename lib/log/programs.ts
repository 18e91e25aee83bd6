/**
 * Program names by `program_id`, as the school's own table has them. (A source
 * document maps 1 to data science and 2 to web development: a mistake there.)
 */
export const PROGRAMS: ReadonlyMap<number, string> = new Map([
  [1, "PHP Full Stack"],
  [2, "Java Full Stack"],
  [3, "Data Science"],
  [4, "Front End"],
]);

/** The cohort that holds the staff. Its dates mean nothing. */
export const STAFF_COHORT_ID = 28;
