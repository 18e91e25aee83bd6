import { DAYS_APART } from "../calibration/reading-days";
import { isWeekend } from "../days/log-days";
import type { RandomStream } from "../random-stream";

/** Someone's rows in one phase of a group. */
export interface Reader {
  userId: number;
  rows: number;
  /** First and last day on which they may have rows. */
  firstDay: number;
  lastDay: number;
  /** Whether they have a row on the first of these days. */
  comesFirstDay: boolean;
  /** Rows that are known to lie on a day: it has no others. */
  planted: ReadonlyMap<number, number>;
}

/** Rows of one reader on one day; called in order of days. */
export type ReaderDaySink = (reader: number, day: number, rows: number) => void;

/** How readers come: all of a class on most days, or graduates a few at a time. */
export type Rhythm = "class" | "after";

/**
 * Shares a phase's rows of each day among its readers, so that each ends with just their
 * own number: on every day what is due, which is what someone has left in proportion to
 * the rows of the days that are left to them, as their presence and mood have it.
 *
 * @param dayRows rows of each day of the log; outside the phase 0. Sums to the readers' rows.
 */
export function readerDays(
  dayRows: Int32Array,
  readers: readonly Reader[],
  rhythm: Rhythm,
  random: RandomStream,
  sink: ReaderDaySink,
): void {
  if (readers.length === 0) return;
  const state = start(dayRows, readers, rhythm, random);
  const { open, left, ahead } = state;
  for (let day = 0; day < dayRows.length; day++) {
    if (dayRows[day] === 0) continue;
    const today = new Int32Array(readers.length);
    const due = new Float64Array(readers.length);
    for (let r = 0; r < readers.length; r++) {
      const { firstDay, lastDay } = readers[r]!;
      const fixed = plantedOn(readers[r]!, day);
      if (fixed !== undefined) today[r] = fixed;
      else if (left[r]! > 0 && day >= firstDay && day <= lastDay) {
        due[r] = (left[r]! * open[day]!) / Math.max(ahead[r]!, open[day]!);
      }
    }
    share(state, readers, day, due, today, random);
    for (let r = 0; r < readers.length; r++) {
      const { firstDay, lastDay } = readers[r]!;
      if (day >= firstDay && day <= lastDay) ahead[r]! -= open[day]!;
      if (today[r] === 0) continue;
      if (plantedOn(readers[r]!, day) === undefined) left[r]! -= today[r]!;
      sink(r, day, today[r]!);
    }
  }
}

/** Rows that are planted on a day: for most readers on none. */
function plantedOn({ planted }: Reader, day: number): number | undefined {
  return planted.size === 0 ? undefined : planted.get(day);
}

/** How likely someone comes who is not in the habit of it, against who is. */
const AWAY = 0.002;
/** Rows of a usual visit. */
const VISIT = 20;
/** What is left of the habit of coming after a day without. */
const FADES = 0.8;

/** Days with more rows are planted, unless nobody else could have read them. */
const MOST_A_DAY = 140;

interface State {
  rhythm: Rhythm;
  /** Rows of each day that are not planted. */
  open: Int32Array;
  /** Rows that each reader has left, planted ones aside. */
  left: Int32Array;
  /** Open rows of the days that each reader has left. */
  ahead: Float64Array;
  /** How likely each reader comes on a weekday. */
  presence: Float64Array;
  /** Last day of the phase. */
  lastDay: number;
  /** Times at which someone reads a lot come in runs. */
  streak: Float64Array;
}

function start(
  dayRows: Int32Array,
  readers: readonly Reader[],
  rhythm: Rhythm,
  random: RandomStream,
): State {
  const open = Int32Array.from(dayRows);
  const left = Int32Array.from(readers, ({ rows }) => rows);
  readers.forEach(({ planted }, r) => {
    for (const [day, rows] of planted) {
      open[day]! -= rows;
      left[r]! -= rows;
    }
  });
  const ahead = Float64Array.from(readers, ({ firstDay, lastDay }) => {
    let sum = 0;
    for (let day = firstDay; day <= lastDay; day++) sum += open[day]!;
    return sum;
  });
  const presence = Float64Array.from(readers, ({ firstDay, lastDay, rows }) => {
    let days = 0;
    for (let day = firstDay; day <= lastDay; day++) {
      if (open[day]! > 0) days += isWeekend(day) ? 0.35 : 1;
    }
    const rowsADay = 4 + 9 * random.next() + 5 * random.next();
    return Math.min(0.97, Math.max(0.02, rows / (rowsADay * Math.max(1, days))));
  });
  const lastDay = readers.reduce((last, reader) => Math.max(last, reader.lastDay), 0);
  return {
    rhythm,
    open,
    left,
    ahead,
    presence,
    lastDay,
    streak: new Float64Array(readers.length).fill(1),
  };
}

/** Adds each reader's share of a day's open rows to `today`. */
function share(
  state: State,
  readers: readonly Reader[],
  day: number,
  due: Float64Array,
  today: Int32Array,
  random: RandomStream,
): void {
  const { left, open } = state;
  let rest = open[day]!;
  const give = (r: number, rows: number, most = MOST_A_DAY) => {
    const given = Math.max(0, Math.min(rows, rest, left[r]! - today[r]!, most - today[r]!));
    today[r]! += given;
    rest -= given;
  };
  for (let r = 0; r < readers.length; r++) {
    const { firstDay, lastDay, comesFirstDay } = readers[r]!;
    if (left[r] === 0 || plantedOn(readers[r]!, day) !== undefined) continue;
    if (day === firstDay && comesFirstDay) give(r, 1);
    if (day === lastDay) give(r, left[r]!, left[r]!);
  }
  if (rest === 0) return;
  const wanted =
    state.rhythm === "class"
      ? inClass(state, readers, day, due, random)
      : comers(state, due, rest, random);
  hand(wanted, rest, give);
  // What nobody present can take goes to whoever is due most.
  for (let tries = 0; rest > 0 && tries <= readers.length; tries++) {
    let most = -1;
    for (let r = 0; r < due.length; r++) {
      const able = due[r]! > 0 && left[r]! > today[r]! && today[r]! < MOST_A_DAY;
      if (able && (most < 0 || due[r]! > due[most]!)) most = r;
    }
    if (most < 0) break;
    give(most, Math.max(1, Math.ceil(rest / 2)));
  }
  // And at the very end to anyone with rows left, in their time or not.
  for (let r = 0; r < readers.length && rest > 0; r++) {
    if (plantedOn(readers[r]!, day) === undefined) give(r, rest, left[r]!);
  }
}

/** Most come; how much they read differs. */
function inClass(
  { presence, streak, open, lastDay }: State,
  readers: readonly Reader[],
  day: number,
  due: Float64Array,
  random: RandomStream,
): Float64Array {
  const dueInAll = due.reduce((a, b) => a + b, 0);
  const rest = isWeekend(day) ? 0.35 : 1;
  return due.map((rows, r) => {
    if (random.next() < 0.05) streak[r] = 0.75 + 0.5 * random.next();
    const comes = random.next() < presence[r]! * rest;
    const mood = spread(random);
    if (rows === 0 || !comes) return 0;
    // Who leaves early must not fall behind with the rest of the class.
    const hurry = readers[r]!.lastDay < lastDay ? Math.max(1, dueInAll / open[day]!) : 1;
    // Who comes seldom reads more of what is due when they come.
    return (rows * streak[r]! * mood * hurry) / presence[r]!;
  });
}

/** A few come, those who are in the habit of it most likely, and read what there is. */
function comers(
  { streak }: State,
  due: Float64Array,
  rows: number,
  random: RandomStream,
): Float64Array {
  const weights = due.map((share, r) => {
    streak[r] = Math.max(AWAY, streak[r]! * FADES);
    return share * streak[r]!;
  });
  const wanted = new Float64Array(due.length);
  let covered = 0;
  while (covered < rows) {
    let sum = 0;
    for (let r = 0; r < weights.length; r++) sum += weights[r]!;
    if (sum === 0) break;
    const r = pick(weights, random.next() * sum);
    streak[r] = 1 + random.next();
    wanted[r] = VISIT * (0.6 + 0.8 * random.next());
    covered += wanted[r]!;
    weights[r] = 0;
  }
  return wanted;
}

/** Place of the weight that the running sum reaches `at` with. */
function pick(weights: Float64Array, at: number): number {
  let last = 0;
  let sum = 0;
  for (let r = 0; r < weights.length; r++) {
    if (weights[r] === 0) continue;
    last = r;
    sum += weights[r]!;
    if (sum > at) return r;
  }
  return last;
}

/** Hands out whole rows in proportion to what is wanted, by largest remainder. */
function hand(wanted: Float64Array, rows: number, give: (r: number, rows: number) => void): void {
  let sum = 0;
  for (let r = 0; r < wanted.length; r++) sum += wanted[r]!;
  if (sum === 0) return;
  const order: number[] = [];
  const remainder = new Float64Array(wanted.length);
  let over = rows;
  wanted.forEach((want, r) => {
    if (want === 0) return;
    const exact = (want * rows) / sum;
    const whole = Math.floor(exact);
    remainder[r] = exact - whole;
    order.push(r);
    over -= whole;
    give(r, whole);
  });
  order.sort((a, b) => remainder[b]! - remainder[a]! || a - b);
  for (let i = 0; i < over; i++) give(order[i % order.length]!, 1);
}

/** A draw from a table of quantiles. */
function spread(random: RandomStream): number {
  const place = random.next() * (DAYS_APART.length - 1);
  const below = Math.floor(place);
  const [low, high] = [DAYS_APART[below]!, DAYS_APART[below + 1]!];
  return low + (place - below) * (high - low);
}
