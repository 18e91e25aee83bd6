import { formatCount } from "../../words/format-words";

const ROWS_BETWEEN = 4096;
const MS_BETWEEN = 250;
/** Too early to judge the speed. */
const MS_TO_JUDGE = 500;

/** Says now and then how many rows are there, how fast, and how long the others take. */
export function readProgress(
  doing: string,
  total: number,
  place: string,
  say: (text: string) => void,
  { now = () => performance.now(), from = 0, step = ROWS_BETWEEN } = {},
): (rows: number) => void {
  const start = now();
  let said = start;
  const first = from === 0 ? "first" : `next after ${formatCount(from)}`;
  say(`${doing} ${formatCount(total)} rows, waiting for the ${first} (${place})`);
  return (rows) => {
    if (rows % step !== 0) return;
    const time = now();
    if (time - said < MS_BETWEEN) return;
    said = time;
    const parts = [`${doing} ${formatCount(rows)} of ${formatCount(Math.max(total, rows))} rows`];
    if (time - start >= MS_TO_JUDGE) {
      const perSecond = (1000 * (rows - from)) / (time - start);
      const left = Math.max(0, total - rows) / perSecond;
      parts.push(`about ${duration(left)} left`, `${formatCount(Math.round(perSecond))} a second`);
    }
    say(`${parts.join(", ")} (${place})`);
  };
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 100 ? `${whole} s` : `${formatCount(Math.ceil(whole / 60))} min`;
}
