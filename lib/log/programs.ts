/** Program names by `program_id`. (A source document mixes up 1 and 2.) */
export const PROGRAMS: ReadonlyMap<number, string> = new Map([
  [1, "PHP Full Stack"],
  [2, "Java Full Stack"],
  [3, "Data Science"],
  [4, "Front End"],
]);

export const STAFF_COHORT_ID = 28;
