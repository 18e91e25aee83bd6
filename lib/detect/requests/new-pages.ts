import type { ReaderDays } from "./reader-days";
import { eachSpan } from "./spans";

/** On which of a reader's days with pages a kind of days begins: the first, the second, ... */
const STAGES = [1, 2, 3, 6, 11, 21, 51, 101];

/** By reader's day, the pages never opened before by this user, and how far the user has come. */
export function newPages({ rows, starts, user }: ReaderDays) {
  const fresh = new Int32Array(user.length);
  const stage = new Int32Array(user.length);
  const openedBy = new Int32Array(rows.paths.length).fill(-1); // the last user of each page
  let count = 0;
  eachSpan(starts, (day, from, end) => {
    count = day > 0 && user[day] === user[day - 1] ? count + 1 : 1;
    stage[day] = STAGES.filter((first) => first <= count).length - 1;
    for (let row = from; row < end; row++) {
      if (openedBy[rows.page[row]!] === user[day]) continue;
      openedBy[rows.page[row]!] = user[day]!;
      fresh[day]!++;
    }
  });
  return { fresh, stage };
}

/** A stage in words, as in `a user's days 21 to 50`. */
export function stageInWords(stage: number): string {
  const [first, next] = [STAGES[stage]!, STAGES[stage + 1]];
  if (next === undefined) return `a user's days from the ${first}st on`;
  return next === first + 1 ? `a user's day ${first}` : `a user's days ${first} to ${next - 1}`;
}
