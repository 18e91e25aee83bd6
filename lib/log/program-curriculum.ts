import { PROGRAMS, STAFF_COHORT_ID } from "./programs";

export const WEB_DEVELOPMENT = "web development";
export const DATA_SCIENCE = "data science";

const DATA_SCIENCE_PROGRAM_ID = 3;

// Curricula as numbers, for loops over rows.

/** A page of neither curriculum, a user of no known program. */
export const NEITHER = 0;
export const WEB = 1;
export const DATA = 2;
/** Staff belong to neither, whatever their program. */
export const STAFF = 3;

export const CURRICULUM_NAMES: readonly string[] = ["", WEB_DEVELOPMENT, DATA_SCIENCE];

/** Curriculum of a user's program; `STAFF` for Staff, `NEITHER` where none is known. */
export function readerCurriculum(programId: number, cohortId: number): number {
  if (cohortId === STAFF_COHORT_ID) return STAFF;
  if (!PROGRAMS.has(programId)) return NEITHER;
  return programId === DATA_SCIENCE_PROGRAM_ID ? DATA : WEB;
}
