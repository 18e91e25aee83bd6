import { STORY_DAYS, type StoryDay, type StoryVisit } from "../calibration/stories";
import { clockSeconds, isoDay } from "../days/log-days";
import { groupOfCohort } from "../groups";
import type { Draft } from "../visits/draft";
import type { Pages } from "../visits/visits";

/** A published day of one user, in the terms of the generator. */
export interface PlantedDay {
  story: StoryDay;
  group: number;
  day: number;
}

export const PLANTED_DAYS: readonly PlantedDay[] = STORY_DAYS.map((story) => {
  return { story, group: groupOfCohort(story.cohortId), day: isoDay(story.date) };
});

/** Writes a story's visits: its different pages in the site's order, then some once more. */
export function writeStory(draft: Draft, { story, group, day }: PlantedDay, pages: Pages): void {
  const sequence = openPages(story, pages);
  // The longest visit goes through the site; what is opened again belongs to the others.
  const longest = story.visits.reduce((a, b) => (b.rows > a.rows ? b : a));
  const through = sequence.splice(0, longest.rows);
  for (const visit of story.visits) {
    const opened = visit === longest ? through : sequence.splice(0, visit.rows);
    draft.beginVisit(visit.ip);
    const seconds = secondsOf(visit);
    opened.forEach((page, i) => {
      draft.add(day, seconds[i]!, page, story.userId, group);
    });
  }
}

const MANY_TIMES = 3;

function openPages({ rows, distinctPages }: StoryDay, pages: Pages): number[] {
  // Who opens few pages again and again opens those that are read most.
  const again = rows > MANY_TIMES * distinctPages;
  const different = again ? pages.favorites(distinctPages) : pages.scrape(distinctPages);
  const sequence = different.slice();
  for (let at = 0; sequence.length < rows; at++) {
    const page = different[at % different.length]!;
    if (pages.repeat(page)) sequence.push(page);
    // Where no page has a row left but ones that are new to this day.
    else if (at > 50 * rows) sequence.push(pages.next(-1));
  }
  return sequence;
}

/** Second of each row: evenly over the time that the visit lasts, or as counted. */
function secondsOf({ at, rows, lasts }: StoryVisit): number[] {
  const begin = clockSeconds(at);
  if (typeof lasts === "number") {
    return Array.from({ length: rows }, (_, i) => begin + unevenly(i, rows, lasts));
  }
  return lasts.flatMap((count, second) => new Array<number>(count).fill(begin + second));
}

/** From 0 to `lasts`, with steps that differ as a reader's do. */
function unevenly(i: number, rows: number, lasts: number): number {
  if (i === 0 || rows < 2) return 0;
  if (i === rows - 1) return lasts;
  const step = lasts / (rows - 1);
  const wobble = ((i * 7919) % 13) / 13 - 0.5;
  return Math.round((i + wobble * 0.9) * step);
}
