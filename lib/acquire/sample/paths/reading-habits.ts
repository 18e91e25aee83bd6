import {
  ADA_SECTIONS,
  COURSE_BY_ERA,
  ERA_STARTS,
  PATH_BY_ERA,
  TOPICS,
  type Topic,
} from "../calibration/curriculum";
import { PATHS } from "../calibration/paths";
import { isoDay } from "../days/log-days";
import { type Group, STAFF } from "../groups";

/** Paths that are read at the same times. */
export interface Habit {
  course: Topic["course"];
  place: number;
  byEra: readonly number[];
}

/** Steps of the way through a course. */
const STEPS = 12;
/** What is left of a lesson's readers outside its time: nobody is kept from an old page. */
const OUT_OF_TIME = 1e-6;
const ALWAYS = ERA_STARTS.map(() => 1).concat(1);

/** Topic of each path of `PATHS`. */
export const TOPIC_OF: readonly Topic[] = PATHS.map(({ path }) => {
  const segment = path.split("/")[0]!;
  const topic = TOPICS.get(segment);
  if (topic) return topic;
  if (!/^[0-9A-Z]/.test(segment)) return { segment, course: "any", place: -1 };
  // Flat names such as 4.6.3_introduction_to_pandas begin with their section.
  const section = Number(/^(\d{1,2})[._-]/.exec(segment)?.[1] ?? 0);
  const place = ADA_SECTIONS.get(section);
  if (place === undefined) return { segment, course: "ada", place: -1 };
  return { segment: `section ${section}`, course: "ada", place };
});

const { habits, places } = indexHabits();
/** The different habits. */
export const HABITS: readonly Habit[] = habits;
/** Habit of each path of `PATHS`, as a place in `HABITS`. */
export const HABIT_OF: readonly number[] = places;

function indexHabits() {
  const habits: Habit[] = [];
  const known = new Map<string, number>();
  const places = PATHS.map(({ path }, i) => {
    const { course, place } = TOPIC_OF[i]!;
    const byEra = PATH_BY_ERA.get(path) ?? ALWAYS;
    const key = `${course} ${place} ${byEra.join(" ")}`;
    if (!known.has(key)) known.set(key, habits.push({ course, place, byEra }) - 1);
    return known.get(key)!;
  });
  return { habits, places };
}

/** By era and step: few enough to be worked out once. */
const known: Float64Array[] = [];

/**
 * How much rather than on other days a group reads what has each habit: by the layout of
 * the time and, in class, by how far the course has come.
 *
 * @returns a number above 0 for each of `HABITS`; not to be changed
 */
export function habitsOn(group: Group, day: number): Float64Array {
  const era = eraOf(day);
  const step = stepOf(group, day);
  const key = era * (STEPS + 1) + step;
  known[key] ??= Float64Array.from(HABITS, ({ course, place, byEra }) => {
    const offered = COURSE_BY_ERA[course][era]! * byEra[era]!;
    const now = step < STEPS && place >= 0 ? timely(place, step) : 1;
    return Math.max(OUT_OF_TIME, offered * now);
  });
  return known[key];
}

const ERA_DAYS = ERA_STARTS.map(isoDay);

function eraOf(day: number): number {
  let era = 0;
  while (era < ERA_DAYS.length && day >= ERA_DAYS[era]!) era++;
  return era;
}

/** From 0 to 11 in class, 12 after it and for staff. */
function stepOf({ startDay, endDay, cohortId }: Group, day: number): number {
  if (cohortId === STAFF || day >= endDay) return STEPS;
  const progress = Math.max(0, (day - startDay) / (endDay - startDay));
  return Math.min(STEPS - 1, Math.floor(progress * STEPS));
}

/** Weight of a lesson at `place` in a step of the course; 1 over the whole course. */
function timely(place: number, step: number): number {
  let sum = 0;
  for (let s = 0; s < STEPS; s++) sum += near(place, (s + 0.5) / STEPS);
  return (STEPS * near(place, (step + 0.5) / STEPS)) / sum;
}

/** This week's lessons most, older ones less, hardly any ahead of class. */
function near(place: number, progress: number): number {
  const off = progress - place;
  const ahead = off < -0.08 ? 0.1 : 1;
  return ahead / (1 + 90 * off * off);
}
