import type pl from "nodejs-polars";
import { int32, numbers } from "../../log/typed-arrays";
import { not, where } from "../../log/where";
import { FORTNIGHT, type Story, type Told } from "./told-stories";

/** All days that any detector looked at, by user and day. */
export interface UserDays {
  user: Float64Array;
  day: Int32Array;
}

export function userDaysOf(scores: pl.DataFrame): UserDays {
  const all = where(scores, { user_id: not(null), date: not(null) })
    .select("user_id", "date")
    .unique()
    .sort(["user_id", "date"]);
  return { user: numbers(all, "user_id"), day: int32(all, "date") };
}

/** One detector's score of each of `days`; minus infinity where it has none. */
export function scoresOn({ user, day }: UserDays, scores: pl.DataFrame): Float64Array {
  const known = where(scores, { score: not(null), user_id: not(null), date: not(null) }).sort([
    "user_id",
    "date",
  ]);
  const [users, days] = [numbers(known, "user_id"), int32(known, "date")];
  const found = new Float64Array(day.length).fill(Number.NEGATIVE_INFINITY);
  let at = 0;
  numbers(known, "score").forEach((score, row) => {
    while (user[at] !== users[row] || day[at] !== days[row]) at++;
    if (score > found[at]!) found[at] = score;
  });
  return found;
}

export const NO_STORY = -1;
export const LEFT_OUT = -2;

/** For each day the place of its story among `meant`; `LEFT_OUT` where only another tells of it. */
export function labelled(
  { user, day }: UserDays,
  meant: readonly Story[],
  others: readonly Told[],
): Int32Array {
  const labels = new Int32Array(day.length).fill(NO_STORY);
  const firstOf = new Map<number, number>();
  user.forEach((who, i) => {
    if (who !== user[i - 1]) firstOf.set(who, i);
  });
  const mark = ({ user: who, from, to }: Told, label: number) => {
    for (let i = firstOf.get(who) ?? day.length; user[i] === who && day[i]! <= to; i++) {
      if (day[i]! >= from) labels[i] = label;
    }
  };
  for (const told of others) mark(told, LEFT_OUT);
  meant.forEach((story, label) => {
    for (const told of story) mark(told, label);
  });
  return labels;
}

/** Whether it is the user's way rather than a story: longer than a fortnight and half of their days. */
export function wholeLives({ user, day }: UserDays): (told: Told) => boolean {
  const lengths = new Map<number, number>();
  for (let i = 0, first = 0; i < day.length; i++) {
    if (user[i] !== user[first]) first = i;
    lengths.set(user[i]!, day[i]! - day[first]! + 1);
  }
  return ({ user: who, from, to }) => {
    const length = to - from + 1;
    return length > FORTNIGHT && 2 * length > (lengths.get(who) ?? 0);
  };
}
