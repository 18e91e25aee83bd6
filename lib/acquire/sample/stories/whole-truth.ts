import { COHORTS } from "../calibration/cohorts";
import { PATHS } from "../calibration/paths";
import { CROSS_READING, STORY_DAYS } from "../calibration/stories";
import { COHORTLESS_USERS, STAFF_ROWS } from "../calibration/users";
import { isoDay } from "../days/log-days";
import { DAY_ROWS } from "../days/margins";
import { GROUPS, type Group, STAFF } from "../groups";
import type { SampleRows } from "../log-rows";
import { CROSS_READING_ENDS, isDataScience } from "../paths/cross-reading";
import { TOPIC_OF } from "../paths/reading-habits";
import type { Seat } from "../users/seats";
import { PROBING } from "./probing";
import { type PlantedStory, storyFinder } from "./truth";

/** In class, by inclusive dates, those with fewer rows hardly read. Source: published list. */
const HARDLY = 50;
/** Low for a cohort of which others read a hundred times as much (document 003). */
const HARDLY_OF_COHORT = [{ userId: 704, cohortId: 61 }];
/** Lessons that one cohort used far more than others. Source: documents and published lists. */
const OVERUSED: readonly { cohortId: number; path: string; below?: boolean }[] = [
  { cohortId: 59, path: "classification/overview" },
  { cohortId: 59, path: "classification/scale_features_or_not.svg" },
  { cohortId: 33, path: "html-css", below: true },
  { cohortId: 34, path: "4-python/7.4.4-advanced-dataframes" },
  { cohortId: 34, path: "9-timeseries/4-explore" },
];
/** Users with most addresses. Source: published list. */
const MANY_ADDRESSES = [228, 843, 533, 690, 530, 226, 460, 590, 127];

/** Whom document 003 names as suspicious. */
const NAMED_SUSPECTS: readonly { entity: string; userId?: number; ip?: string }[] = [
  { entity: "user 313", userId: 313, ip: "173.173.121.126" },
  { entity: "address 204.44.112.76", ip: "204.44.112.76" },
  { entity: "user 111", userId: 111, ip: "67.11.134.242" },
  { entity: "user 354", userId: 354 },
];
const DATA_SCIENCE = 3;

/** What is planted in the whole log, with the rows that it came to. */
export function wholeTruth(rows: SampleRows, seats: readonly Seat[]): PlantedStory[] {
  const find = storyFinder(rows);
  const nameOf = new Map(COHORTS.map(({ id, name }) => [id, name]));
  const user = (id: number) => `user ${id}`;
  return [
    ...STORY_DAYS.map(({ kind, userId, date, visits }) => {
      const day = isoDay(date);
      const ip = visits.find((visit) => visit.ip)?.ip;
      return find(kind, user(userId), { userId, fromDay: day, toDay: day, ip });
    }),
    ...COHORTLESS_USERS.map((userId) => find("no_cohort", user(userId), { userId, cohortId: 0 })),
    ...hardlyReading(seats).map(({ userId, cohortId, toDay }) =>
      find("hardly_reading", `${user(userId)} in ${nameOf.get(cohortId)}`, {
        userId,
        cohortId,
        toDay,
      }),
    ),
    ...dropOuts(seats).map(({ userId, group }) =>
      find("drop_out", `${user(userId)} in ${GROUPS[group]!.name}`, {
        userId,
        cohortId: GROUPS[group]!.cohortId,
      }),
    ),
    ...crossReaders().map(({ userId, cohortId }) =>
      find("cross_program", user(userId), {
        userId,
        cohortId,
        path: (path) => path.startsWith("java"),
      }),
    ),
    ...eitherWay().map(({ entity, cohorts, path }) =>
      find("cross_program", entity, { cohorts, path, toDay: CROSS_READING_ENDS - 1 }),
    ),
    ...NAMED_SUSPECTS.map(({ entity, ...filter }) => find("named_suspect", entity, filter)),
    ...OVERUSED.map(({ cohortId, path, below }) =>
      find("overused_lesson", `cohort ${nameOf.get(cohortId)} on ${path}`, {
        cohortId,
        path: (text) => text === path || (below === true && text.startsWith(`${path}/`)),
      }),
    ),
    ...MANY_ADDRESSES.map((userId) => find("many_addresses", user(userId), { userId })),
    ...probers(rows).map((userId) =>
      find("probing", user(userId), { userId, path: (path) => PROBING.has(path) }),
    ),
  ];
}

function hardlyReading(seats: readonly Seat[]) {
  const inClass = new Map<number, number>();
  for (const { userId, group, classRows } of seats) {
    if (GROUPS[group]!.cohortId === 0) continue;
    inClass.set(userId, (inClass.get(userId) ?? 0) + classRows);
  }
  const low = seats.flatMap(({ userId, group, classRows }) => {
    const { cohortId, endDay } = GROUPS[group]!;
    const isMeant = classRows > 0 && inClass.get(userId)! < HARDLY && cohortId > 0;
    return isMeant && cohortId !== STAFF ? [{ userId, cohortId, toDay: endDay }] : [];
  });
  const ofCohort = HARDLY_OF_COHORT.map(({ userId, cohortId }) => {
    const { endDay } = GROUPS.find((group) => group.cohortId === cohortId)!;
    return { userId, cohortId, toDay: endDay };
  });
  return [...low, ...ofCohort];
}

/** A reader who is away for so many of a class's last days has dropped out. */
const AWAY_DAYS = 14;

/** Who left class early and stayed away; not Staff who looked in. */
const dropOuts = (seats: readonly Seat[]) =>
  seats.filter(({ dropsOut, userId, group, lastClassDay }) => {
    const end = Math.min(GROUPS[group]!.endDay, DAY_ROWS.length);
    return dropsOut && !STAFF_ROWS.has(userId) && lastClassDay < end - AWAY_DAYS;
  });

/** Students of one program on the other's lessons, which ended in December 2019. */
function eitherWay() {
  const of = (isMeant: (group: Group) => boolean) =>
    new Set(GROUPS.flatMap((group) => (isMeant(group) ? [group.cohortId] : [])));
  const students = ({ cohortId }: Group) => cohortId > 0 && cohortId !== STAFF;
  return [
    {
      entity: "web development students on data-science lessons",
      cohorts: of((group) => students(group) && group.programId !== DATA_SCIENCE),
      path: (_: string, place: number) => place < PATHS.length && isDataScience(place),
    },
    {
      entity: "data-science students on Java lessons",
      cohorts: of((group) => group.programId === DATA_SCIENCE),
      path: (_: string, place: number) => TOPIC_OF[place]?.course === "java",
    },
  ];
}

function crossReaders() {
  const known = new Map(CROSS_READING.map(({ userId, cohortId }) => [userId, cohortId]));
  return [...known].map(([userId, cohortId]) => ({ userId, cohortId }));
}

function probers({ paths, path, userId }: SampleRows): number[] {
  const isProbing = paths.map((text) => PROBING.has(text));
  const users = new Set<number>();
  path.forEach((place, i) => {
    if (isProbing[place]) users.add(userId[i]!);
  });
  return [...users].sort((a, b) => a - b);
}
