import { distinctLabels } from "./distinct-labels";
import { figureText } from "./figure-text";

/** Longest name that has room beside a plot on a phone. */
const LONGEST = 24;

/** Lessons' names fit for an axis: of long ones the last part, of longer ones its beginning. */
export function lessonLabels(lessons: readonly string[]): string[] {
  return distinctLabels(
    lessons.map((lesson) => {
      const last = lesson.split("/").at(-1)!;
      const short = lesson.length <= LONGEST || last === lesson ? lesson : `…/${last}`;
      return figureText(short.length <= LONGEST ? short : `${short.slice(0, LONGEST - 1)}…`);
    }),
  );
}
