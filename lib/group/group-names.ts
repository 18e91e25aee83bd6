import { NOISE_LABEL } from "../stats/dbscan";
import { counted, formatNumber } from "../words/format-words";

/** What a name is made of: the medians of a group's habits, in days and calls. */
export interface NamedGroup {
  label: number;
  use_days: number;
  use_duration: number;
  avg_cont_use: number;
  calls: number;
  /** Median of all calls over the other users of the API; null without others. */
  othersCalls: number | null;
}

/** How many times the calls of other users make a group's users heavy. */
const HEAVY = 10;

/**
 * Names of one API's groups in plain words, none twice, from the medians of their
 * members' habits:
 *
 * - for how long: `one-day`, then by days from first to last use, both counted,
 *   `short-term` (under two weeks), `long-term` (over eight weeks), or nothing
 * - how often, by days of use as a share of these days: `daily` (four in five
 *   and more), `regular` (one in seven and more, so weekly or oftener), `occasional`
 * - how much: `heavy` where the median of calls is ten times that of the API's
 *   other users or more
 * - users in no group are `scattered`, and the rest of their name describes
 *   their median: they are not alike
 *
 * Names that come out equal are told apart by the first of calls, days of use,
 * days from first to last use and mean run that differs between all of them:
 * `lighter` and `heavier` calls for two, else the number; by the label where
 * nothing does.
 */
export function groupNames(groups: readonly NamedGroup[]): string[] {
  const names = groups.map(plainName);
  for (const name of new Set(names)) {
    const alike = [...groups.keys()].filter((place) => names[place] === name);
    if (alike.length < 2) continue;
    toldApart(alike.map((place) => groups[place]!)).forEach((addition, i) => {
      names[alike[i]!] = addition(name);
    });
  }
  // A number that tells two apart may make a name that a third has: labels never do.
  return names.map((name, place) =>
    names.indexOf(name) === names.lastIndexOf(name)
      ? name
      : `${name} (group ${groups[place]!.label})`,
  );
}

function plainName(group: NamedGroup): string {
  const { use_days: days, calls, othersCalls } = group;
  const span = group.use_duration + 1;
  const often = days / span;
  const words = [
    group.label === NOISE_LABEL ? "scattered" : "",
    othersCalls !== null && othersCalls > 0 && calls >= HEAVY * othersCalls ? "heavy" : "",
    ...(days <= 1
      ? ["one-day visitors"]
      : [
          span < 14 ? "short-term" : span > 56 ? "long-term" : "",
          often >= 0.8 ? "daily" : often >= 1 / 7 ? "regular" : "occasional",
          "users",
        ]),
  ];
  return words.filter(Boolean).join(" ");
}

type Rename = (name: string) => string;

/** What to make of a name that several groups have. */
function toldApart(alike: readonly NamedGroup[]): Rename[] {
  const [first, second, ...more] = alike.map((group) => group.calls) as [number, number];
  if (more.length === 0 && Math.max(first, second) >= 2 * Math.min(first, second)) {
    return [first, second].map((calls) => {
      const word = calls === Math.max(first, second) ? "heavier" : "lighter";
      return (name) => `${word} ${name}`;
    });
  }
  const told = NUMBERS.find(([habit]) => {
    const values = alike.map((group) => formatNumber(group[habit], 1));
    return new Set(values).size === values.length;
  });
  return alike.map((group) => {
    if (told) return (name) => `${name}, ${told[1](group[told[0]])}`;
    return (name) => `${name} (group ${group.label})`;
  });
}

/** A number of one decimal with its noun. */
export function countedNumber(value: number, noun: string): string {
  return Number.isInteger(value) ? counted(value, noun) : `${formatNumber(value, 1)} ${noun}s`;
}

const NUMBERS: readonly (readonly [
  "calls" | "use_days" | "use_duration" | "avg_cont_use",
  (value: number) => string,
])[] = [
  ["calls", (value) => countedNumber(value, "call")],
  ["use_days", (value) => `on ${countedNumber(value, "day")}`],
  ["use_duration", (value) => `over ${countedNumber(value + 1, "day")}`],
  ["avg_cont_use", (value) => `${countedNumber(value, "day")} in a row`],
];
