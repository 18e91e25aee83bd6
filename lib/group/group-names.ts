import { NOISE_LABEL } from "../stats/labels";
import { counted, formatNumber } from "../words/format-words";

export interface NamedGroup {
  cluster_label: number;
  median_use_days: number;
  median_use_duration: number;
  median_avg_cont_use: number;
  median_calls: number;
  /** NaN without others. */
  others_median_calls: number;
}

const HEAVY = 10;

/**
 * Names by the rule of `groupProfiles`. Equal ones are told apart by the first of calls, days, span
 * and mean run that differs between all of them, else by the label.
 */
export function groupNames(groups: readonly NamedGroup[]): string[] {
  const plain = groups.map(plainName);
  const names = groups.map((group, place) => {
    const alike = groups.filter((_, other) => plain[other] === plain[place]);
    return alike.length > 1 ? toldApart(plain[place]!, group, alike) : plain[place]!;
  });
  // A number that tells two apart may make a name that a third has: labels never do.
  return names.map((name, place) =>
    names.indexOf(name) === names.lastIndexOf(name)
      ? name
      : `${name} (group ${groups[place]!.cluster_label})`,
  );
}

function plainName(group: NamedGroup): string {
  const [days, span] = [group.median_use_days, group.median_use_duration + 1];
  const length = span < 14 ? "short-term" : span > 56 ? "long-term" : "";
  const frequency = days / span >= 0.8 ? "daily" : days / span >= 1 / 7 ? "regular" : "occasional";
  const { median_calls, others_median_calls } = group;
  return [
    group.cluster_label === NOISE_LABEL ? "scattered" : "",
    others_median_calls > 0 && median_calls >= HEAVY * others_median_calls ? "heavy" : "",
    ...(days <= 1 ? ["one-day visitors"] : [length, frequency, "users"]),
  ]
    .filter(Boolean)
    .join(" ");
}

function toldApart(name: string, group: NamedGroup, alike: readonly NamedGroup[]): string {
  const calls = alike.map((own) => own.median_calls);
  const [least, most] = [Math.min(...calls), Math.max(...calls)];
  if (alike.length === 2 && most >= 2 * least && most > least) {
    return `${group.median_calls === most ? "heavier" : "lighter"} ${name}`;
  }
  const different = NUMBERS.find((inWords) => new Set(alike.map(inWords)).size === alike.length);
  return different ? `${name}, ${different(group)}` : name;
}

export function countedNumber(value: number, noun: string): string {
  return Number.isInteger(value) ? counted(value, noun) : `${formatNumber(value, 1)} ${noun}s`;
}

const NUMBERS: readonly ((group: NamedGroup) => string)[] = [
  ({ median_calls }) => countedNumber(median_calls, "call"),
  ({ median_use_days }) => `on ${countedNumber(median_use_days, "day")}`,
  ({ median_use_duration }) => `over ${countedNumber(median_use_duration + 1, "day")}`,
  ({ median_avg_cont_use }) => `${countedNumber(median_avg_cont_use, "day")} in a row`,
];
