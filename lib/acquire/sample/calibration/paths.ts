import { PATHS_OFTEN_READ } from "./paths-often-read";
import { PATHS_SELDOM_READ } from "./paths-seldom-read";

/** A path and how many rows of the whole log ask for it. */
export interface PathRows {
  path: string;
  /** By program id, 1 to 4; at 0 the rows without a cohort. */
  rows: readonly number[];
}

/**
 * The 2,313 paths of the log, 2,224 of them in rows with a cohort; by number of rows.
 *
 * Columns: rows without a cohort, of program 1 (PHP), 2 (Java, staff included), 3 (data
 * science), 4 (front end), path. They sum to 52,893, 30,548, 713,365, 103,411 and 5.
 *
 * Sources. All paths with a cohort and their counts by program, from a published notebook
 * that had dropped repeated rows (843,552 are left of 847,330). Published totals of the
 * whole log stand as they are: the tops of each program, of all rows, of all `javascript`
 * paths, of the joined rows (a missing one of their parts is the difference). The others
 * are those counts scaled to what is left of the program's rows, by 1.004 (Java), 1.003
 * (PHP, data science), by largest remainder. Data science has 103,412 rows, one of them
 * without a path.
 *
 * Rows without a cohort are published for 22 paths and follow as a difference for 24 more.
 * The others are an estimate that meets what is published about all rows: totals by first
 * part of the path (`javascript-i` 118,723, `html-css` 84,935, `mysql` 82,320, `jquery`
 * 60,869, `spring` 58,603), 755 different first and 673 second parts, 457 paths with one
 * row, quartiles of 2, 12 and 130.25 and a standard deviation of 1,383.726479 rows without
 * `/`, and 1,112 different paths without a cohort: users of early 2019 who read on in the
 * numbered lessons. Of the 89 paths that only these rows have, 45 are published and 44 are
 * made up in the style of the others.
 *
 * One path with a person's name, one with a note about a student and two with names of
 * accounts are replaced by others of their kind.
 *
 * A note on the joined rows gives 7,049 for `javascript-i/javascript-with-html` and 6,654
 * for `mysql/databases`, so 301 and 286 without a cohort, while a list of the tops without
 * a cohort passes over both. The totals are taken, and the list as not complete.
 */
export const PATHS: readonly PathRows[] = [PATHS_OFTEN_READ, PATHS_SELDOM_READ].flatMap((text) =>
  text
    .trim()
    .split("\n")
    .map((line) => {
      const [none, php, java, dataScience, frontEnd, path] = line.split(" ");
      return { path: path!, rows: [none, php, java, dataScience, frontEnd].map(Number) };
    }),
);
