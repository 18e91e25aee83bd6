interface NewByDay {
  user: Int32Array;
  day: Int32Array;
  fresh: Int32Array;
}

/**
 * Page's one-sided sums of new pages beyond the usual, by reader's day in order: the sum, the day
 * since which it is above 0, and the new pages since. A day without requests has none.
 */
export function cumulativeSums(
  { user, day, fresh }: NewByDay,
  usual: readonly { pages: number }[],
  limit: number,
) {
  const sum = new Float64Array(user.length);
  const since = day.slice();
  const opened = fresh.slice();
  for (let i = 0; i < user.length; i++) {
    const allowed = Number.isNaN(usual[i]!.pages) ? Infinity : usual[i]!.pages; // without peers
    const before = i > 0 && user[i] === user[i - 1] && sum[i - 1]! <= limit ? sum[i - 1]! : 0;
    const left = before > 0 ? before - allowed * (day[i]! - day[i - 1]! - 1) : 0;
    if (left > 0) {
      since[i] = since[i - 1]!;
      opened[i]! += opened[i - 1]!;
    }
    sum[i] = Math.max(0, Math.max(0, left) + fresh[i]! - allowed);
  }
  return { sum, since, opened };
}
