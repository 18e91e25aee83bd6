import {
  ASSETS,
  COURSE_BY_ERA,
  ERA_STARTS,
  PATH_BY_ERA,
  TOPICS,
  type Topic,
} from "./calibration/curriculum";
import { PATHS } from "./calibration/paths";
import { type Group, STAFF } from "./groups";
import { isoDay } from "./log-days";
import { randomStream } from "./random-stream";

export interface PageChooser {
  /** Every path; rows refer to them by place. */
  paths: readonly string[];
  /** What a group reads on a day. */
  readingOf(group: Group, day: number): Reading;
  /** The page that is opened after `previous`, which is -1 at the start of a visit. */
  next(reading: Reading, previous: number): number;
  /** What a page loads besides, as places. */
  assetsOf(page: number): readonly number[];
}

/** Running sums of the weights of all paths. */
export type Reading = Float64Array;

/** Steps of the way through a course for which a table of weights is kept. */
const STEPS = 12;
const AFTER_CLASS = STEPS;
/** Share of visits that begin on the home page. */
const BEGINS_AT_HOME = 0.28;

type Reader = "java" | "php" | "dataScience" | "staff" | "ada";

const topicOf: Topic[] = PATHS.map(({ path }) => {
  const segment = path.split("/")[0]!;
  const flat = /^[0-9A-Z]/.test(segment);
  return TOPICS.get(segment) ?? { segment, course: flat ? "ada" : "any", place: -1 };
});

/**
 * Which page comes next: by what the reader's program reads, by the layout of the time,
 * by how far the class has come, and staying with a topic more often than not.
 */
export function pageChooser(seed: number): PageChooser {
  const random = randomStream(seed, "pages");
  const readings = new Map<string, Reading>();
  const paths = PATHS.map((page) => page.path);
  const place = new Map(paths.map((path, i) => [path, i]));
  const home = place.get("/")!;
  const assets = paths.map((path) => (ASSETS.get(path) ?? []).map((asset) => place.get(asset)!));
  const loaded = new Set(assets.flat());
  const eraStarts = ERA_STARTS.map(isoDay);
  const draw = (reading: Reading) => find(reading, random.next() * reading[reading.length - 1]!);

  return {
    paths,
    assetsOf: (page) => assets[page]!,
    readingOf(group, day) {
      const era = eraStarts.filter((start) => day >= start).length;
      const reader = readerOf(group);
      const step = stepOf(group, day);
      const key = `${reader} ${era} ${step}`;
      let reading = readings.get(key);
      if (!reading) {
        reading = runningWeights(reader, era, step, loaded, home);
        readings.set(key, reading);
      }
      return reading;
    },
    next(reading, previous) {
      if (previous < 0 && random.next() < BEGINS_AT_HOME) return home;
      const page = draw(reading);
      if (previous < 0 || sameTopic(page, previous)) return page;
      const other = draw(reading);
      return sameTopic(other, previous) ? other : page;
    },
  };
}

function sameTopic(page: number, other: number): boolean {
  return topicOf[page]!.segment === topicOf[other]!.segment;
}

function readerOf({ cohortId, programId, name }: Group): Reader {
  if (cohortId === STAFF) return "staff";
  if (cohortId === 0) return name === "as Ada" ? "ada" : "java";
  return programId === 3 ? "dataScience" : programId === 2 ? "java" : "php";
}

function stepOf({ startDay, endDay, cohortId }: Group, day: number): number {
  if (cohortId === STAFF || day >= endDay) return AFTER_CLASS;
  const progress = Math.max(0, (day - startDay) / (endDay - startDay));
  return Math.min(STEPS - 1, Math.floor(progress * STEPS));
}

/** What one kind of reader reads, in one time, at one step of the course. */
function runningWeights(
  reader: Reader,
  era: number,
  step: number,
  loaded: ReadonlySet<number>,
  home: number,
): Reading {
  const running = new Float64Array(PATHS.length);
  let sum = 0;
  PATHS.forEach((page, i) => {
    const topic = topicOf[i]!;
    let weight = readBy(reader, page, topic);
    weight *= COURSE_BY_ERA[topic.course][era]! * (PATH_BY_ERA.get(page.path)?.[era] ?? 1);
    if (step < AFTER_CLASS && topic.place >= 0) weight *= timely(topic.place, step);
    // Assets come with their page; most visits begin at home anyway.
    if (loaded.has(i)) weight = 0;
    if (i === home) weight *= 0.2;
    sum += weight;
    running[i] = sum;
  });
  return running;
}

function readBy(reader: Reader, page: (typeof PATHS)[number], { course }: Topic): number {
  switch (reader) {
    case "php":
      return page.php;
    case "dataScience":
      // The few that went over to the other program's lessons are not made up here.
      return course === "java" || course === "old" ? 0 : page.dataScience;
    case "staff":
      return page.java * (course === "numbered" || course === "plain" ? 4 : 1);
    case "ada":
      return course === "ada" ? page.java * 12 : course === "any" ? page.java * 0.02 : 0;
    default:
      return course === "java" || course === "any" || course === "old" ? page.java : 0;
  }
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

/** First index whose running sum exceeds `at`. */
function find(running: Float64Array, at: number): number {
  let low = 0;
  let high = running.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
