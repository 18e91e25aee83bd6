/**
 * The most different pages opened within any stretch of time, for each span of rows.
 *
 * A stretch is open at its end: of 60 seconds, it holds a request and what follows less than
 * 60 seconds later. One pass: each row enters the stretch once and leaves it once.
 *
 * @param time of each row, ascending within a span
 * @param page of each row: an integer from 0 to below `pageCount`
 * @param starts where spans begin, and at the end the number of rows
 * @param stretch length, in the unit of `time`
 */
export function mostDistinct(
  { time, page }: { time: Float64Array; page: Int32Array },
  { starts, pageCount, stretch }: { starts: Int32Array; pageCount: number; stretch: number },
): Int32Array {
  const most = new Int32Array(starts.length - 1);
  const open = new Int32Array(pageCount); // how often each page is in the stretch
  for (let span = 0; span < most.length; span++) {
    const end = starts[span + 1]!;
    let first = starts[span]!;
    let distinct = 0;
    for (let row = first; row < end; row++) {
      while (time[row]! - time[first]! >= stretch) {
        if (--open[page[first++]!]! === 0) distinct--;
      }
      if (open[page[row]!]!++ === 0) distinct++;
      if (distinct > most[span]!) most[span] = distinct;
    }
    while (first < end) open[page[first++]!] = 0;
  }
  return most;
}

/**
 * Clock times to the second, for counting within one second of the clock.
 *
 * @param time in milliseconds
 */
export function clockSeconds(time: Float64Array): Float64Array {
  const seconds = new Float64Array(time.length);
  for (let row = 0; row < time.length; row++) seconds[row] = Math.floor(time[row]! / 1000);
  return seconds;
}
