import { FORTNIGHT } from "./told-stories";
import { LEFT_OUT, type UserDays } from "./user-days";

/**
 * Flags of a user at most a fortnight apart are one episode. It is true if one of its days lies in
 * a story; further episodes in the same story do not count again.
 */
export function countEpisodes({ user, day }: UserDays, labels: Int32Array, scores: Float64Array) {
  let [episodes, right] = [0, 0];
  const told = new Set<number>();
  const flagged = [...flaggedDays(labels, scores)];
  for (let from = 0, end = 0; from < flagged.length; from = end) {
    const met = new Set<number>();
    for (end = from; end < flagged.length; end++) {
      const [i, before] = [flagged[end]!, flagged[end - 1]!];
      const isSame = user[i] === user[before] && day[i]! - day[before]! <= FORTNIGHT;
      if (end > from && !isSame) break;
      if (labels[i]! >= 0) met.add(labels[i]!);
    }
    const isNew = [...met].some((story) => !told.has(story));
    for (const story of met) told.add(story);
    if (met.size > 0 && !isNew) continue;
    episodes++;
    if (isNew) right++;
  }
  return { episodes, true_episodes: right };
}

/** Those of other stories left out. */
function* flaggedDays(labels: Int32Array, scores: Float64Array) {
  for (let i = 0; i < scores.length; i++) if (scores[i]! > 1 && labels[i] !== LEFT_OUT) yield i;
}
