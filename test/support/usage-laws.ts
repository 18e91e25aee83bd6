import type pl from "nodejs-polars";
import { isoDay } from "../../lib/log/iso-day";
import { randomNumbers } from "../../lib/stats/random";
import { usageFrame } from "./usage";

type Random = () => number;
/** How many days besides the first, how far apart and with how many calls each. */
export type Habit = (random: Random) => { more: number; gap: number; calls: number };

export const exponential = (mean: number, random: Random) => -mean * Math.log(1 - random());

/** Another family of laws than the fitted one: exponential days, gaps and calls, cut to integers. */
export function usersOf(habit: Habit, seed: number, users = 80): pl.DataFrame {
  const random = randomNumbers(seed);
  const rows = Array.from({ length: users }, (_, user_id) => {
    const { more, gap, calls } = habit(random);
    const days = [18_000 + Math.floor(exponential(10, random))];
    for (let i = 0; i < Math.floor(more); i++) {
      days.push(days[i]! + 1 + Math.floor(exponential(gap, random)));
    }
    return days.map((day) => {
      const api_count = 1 + Math.floor(exponential(calls, random));
      return { dt: isoDay(day), user_id, type: "a", api_count };
    });
  });
  return usageFrame(rows.flat());
}
