import { PATHS } from "../calibration/paths";
import { CROSS_READING_ROWS, LATER_CROSS_READING } from "../calibration/period-paths";
import { isoDay } from "../days/log-days";
import { apportion } from "../fit/apportion";
import { type Group, STAFF } from "../groups";
import { TOPIC_OF } from "./reading-habits";

const [PHP, JAVA, DATA_SCIENCE] = [1, 2, 3];
/** Until this day, not included, the other program's lessons are open to all. */
export const CROSS_READING_ENDS = isoDay("2020-01-01");
/** Passers-by read pages that many read: below this no row is theirs. */
const MANY = 40;

/** Whether a path's first segment is of the data-science courses. */
export function isDataScience(place: number): boolean {
  const { course } = TOPIC_OF[place]!;
  return course === "numbered" || course === "plain" || course === "ada";
}

/** Whether a group's rows on a path are someone's on the other program's lessons. */
export function isCrossReading({ programId, cohortId }: Group, place: number): boolean {
  if (programId === DATA_SCIENCE) return TOPIC_OF[place]!.course === "java";
  return programId !== 0 && cohortId !== STAFF && isDataScience(place);
}

let known: Int32Array | undefined;

/**
 * Rows of the Java cohorts, Staff not among them, on each data-science path, so that
 * cross-program reading comes to its published sum: in proportion to the rows of pages
 * that are read much. All others of the program are Staff's.
 *
 * @returns one number for each of `PATHS`; not to be changed
 */
export function passersBy(): Int32Array {
  if (known) return known;
  let rows = CROSS_READING_ROWS + LATER_CROSS_READING.length;
  PATHS.forEach((path, place) => {
    if (TOPIC_OF[place]!.course === "java") rows -= path.rows[DATA_SCIENCE]!;
    if (isDataScience(place)) rows -= path.rows[PHP]!;
  });
  known = apportion(
    PATHS.map((path, place) => {
      const { course } = TOPIC_OF[place]!;
      const many = path.rows[JAVA]! >= MANY && (course === "numbered" || course === "ada");
      return many ? path.rows[JAVA]! : 0;
    }),
    rows,
  );
  return known;
}
