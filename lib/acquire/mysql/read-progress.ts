import { formatCount } from "../../words/format-words";

/** Rows between two looks at the clock, where rows come one by one. */
const ROWS_BETWEEN = 4096;
const MS_BETWEEN = 250;
/** Before that nothing can be said about speed. */
const MS_TO_JUDGE = 500;

/**
 * Says now and then how many rows have arrived, how fast they come, and how long the others will
 * take at that pace.
 *
 * @param total how many rows there are
 * @param options.step of so many rows one looks at the clock; 1 where each call brings many
 * @returns to be called with the number of rows so far
 */
export function readProgress(
  what: string,
  total: number,
  say: (text: string) => void,
  { now = () => performance.now(), step = ROWS_BETWEEN } = {},
): (rows: number) => void {
  const start = now();
  let said = start;
  say(`${what}: ${formatCount(total)} rows, waiting for the first`);
  return (rows) => {
    if (rows % step !== 0) return;
    const time = now();
    if (time - said < MS_BETWEEN) return;
    said = time;
    const parts = [`${what}: ${formatCount(rows)} of ${formatCount(Math.max(total, rows))} rows`];
    if (time - start >= MS_TO_JUDGE) {
      const perSecond = (1000 * rows) / (time - start);
      const left = Math.max(0, total - rows) / perSecond;
      parts.push(`${formatCount(Math.round(perSecond))} a second`, `about ${duration(left)} left`);
    }
    say(parts.join(", "));
  };
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 100) return `${whole} s`;
  return `${formatCount(Math.ceil(whole / 60))} min`;
}
