import {
  CAMPUS,
  CAMPUS_ROWS,
  CAMPUS_ROWS_AFTER_END,
  CAMPUS_ROWS_WITHOUT_COHORT,
  CAMPUS_SECONDS,
  SCRAPER_ADDRESSES,
  USER_ADDRESSES,
  USER_ADDRESSES_WITHOUT_COHORT,
} from "../calibration/addresses";
import { clockSeconds, isoDay, isWeekend } from "../days/log-days";
import { phaseOf } from "../days/stretches";
import { apportion } from "../fit/apportion";
import { GROUPS, STAFF } from "../groups";
import type { Visits } from "./address-visits";
import { fill, type Pieces } from "./pieces";

const [SEVEN, EIGHT, SIX, NINE] = [7 * 3600, 8 * 3600, 18 * 3600, 21 * 3600];
const KEY = 1 << 26;
/** Holidays over which nobody comes: the longest time without a row was 11.9 days. */
const CLOSED = ["2018-12-22", "2019-12-21"].map((from) => ({
  from: isoDay(from),
  to: isoDay(`${Number(from.slice(0, 4)) + 1}-01-01`),
}));
/** So many addresses are a phone's. */
const MANY = 42;
/** From here on, what was open was hardly visited. */
const PANDEMIC = isoDay("2020-03-16");

const WINDOWS = CAMPUS.map(({ from, to }, c) => ({
  from: isoDay(from),
  to: isoDay(to),
  first: clockSeconds(CAMPUS_SECONDS[c]!.first),
  last: clockSeconds(CAMPUS_SECONDS[c]!.last),
}));

/** Visits that may have come from one address of the campus: a group's, in or after class. */
interface Cell {
  campus: number;
  group: number;
  when: "class" | "after" | "both";
  pieces: number[];
  keys: number[];
  /** Rows of them all, and of those on weekdays from eight to six. */
  rows: number;
  likely: number;
  target: number;
}

/** A number from 0 to 1 that depends on two others and a salt alone. */
export function noise(a: number, b: number, salt: number): number {
  let hash = Math.imul(a ^ salt, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** Which address of the campus a visit can have come from; -1 for none. */
export function campusAt(day: number, second: number, lastSecond = second + 1800): number {
  for (let c = 0; c < WINDOWS.length; c++) {
    const { from, to, first, last } = WINDOWS[c]!;
    if (day < from || day > to || (day === from && second < first)) continue;
    if (day === to && lastSecond > last) continue;
    return CLOSED.some((holiday) => day >= holiday.from && day <= holiday.to) ? -1 : c;
  }
  return -1;
}

/** Students of very many addresses. */
export function isRestless(userId: number, cohortId: number): boolean {
  if (cohortId === STAFF) return false;
  if (cohortId === 0) return (USER_ADDRESSES_WITHOUT_COHORT.get(userId) ?? 0) >= 16;
  return (USER_ADDRESSES.get(userId) ?? 0) >= MANY;
}

/**
 * How unlikely a visit is to have come from the campus: below 1 in class hours, more in
 * the evening and at weekends, by user, by day and by chance; undefined at night.
 *
 * People are there for days on end, and some graduates come back where others never do.
 */
export function awayFromCampus(
  { userId, group, day, second }: Visits,
  visit: number,
  salt: number,
): number | undefined {
  const [user, on, at] = [userId[visit]!, day[visit]!, second[visit]!];
  if (at < SEVEN - 1800 || at > NINE + 3600) return undefined;
  const inClass = phaseOf(GROUPS[group[visit]!]!, on) === "class";
  const who = noise(user, 0, salt);
  const when = noise(user, on + 1, salt);
  const chance = noise(visit, -1, salt);
  let away = inClass
    ? 0.15 * who + 0.5 * when + 0.3 * chance
    : 0.5 * who + 0.3 * when + 0.15 * chance;
  if (isWeekend(on)) away += at >= EIGHT && at < SIX ? 1.4 : 2.2;
  else if (at < EIGHT || at >= SIX) away += at >= SEVEN && at < NINE ? 0.85 : 1.4;
  if (on >= PANDEMIC) away += 0.5;
  // Whoever has very many addresses reads on a phone, in class too.
  if (isRestless(user, GROUPS[group[visit]!]!.cohortId)) away += 2;
  return away;
}

/**
 * Gives the campus' two addresses their published rows: of each cohort, without a cohort,
 * and after the end of class.
 *
 * Where the visits of a cohort cannot give its rows, others of the same address do.
 *
 * @param places place of each address in the list
 * @throws if the rows of an address or those after class cannot be met
 */
export function assignCampus(
  visits: Visits,
  pieces: Pieces,
  places: readonly number[],
  salt: number,
): void {
  const cells = cellsOf(visits, pieces, places, salt);
  setTargets(cells, knownRows(visits, pieces, places));
  for (const { campus, target, pieces: candidates, keys } of cells) {
    fill(pieces, places[campus]!, target, candidates, keys);
  }
}

const whenOf = (group: number, day: number) =>
  GROUPS[group]!.cohortId === 0 ? "both" : phaseOf(GROUPS[group]!, day);

const WITHOUT_COHORT = GROUPS.findIndex(({ cohortId }) => cohortId === 0);

function cellsOf(visits: Visits, pieces: Pieces, places: readonly number[], salt: number) {
  const cells: Cell[] = [];
  const cellOf = new Array<Cell | undefined>(CAMPUS.length * GROUPS.length * 2);
  const own: { candidates: number[]; keys: number[] } = { candidates: [], keys: [] };
  const { group, day, second, lastSecond, userId } = visits;
  for (let v = 0; v < visits.count; v++) {
    if (pieces.place[v] !== -1) continue;
    const campus = campusAt(day[v]!, second[v]!, lastSecond?.[v]);
    if (campus < 0) continue;
    const away = awayFromCampus(visits, v, salt);
    if (away === undefined) continue;
    const key = away * KEY;
    if (userId[v] === SCRAPER_ADDRESSES.userId) {
      if (campus === 1 && phaseOf(GROUPS[group[v]!]!, day[v]!) === "class") {
        own.candidates.push(v);
        own.keys.push(key);
      }
      continue;
    }
    const when = whenOf(group[v]!, day[v]!);
    // Users without a cohort are one cell.
    const g = when === "both" ? WITHOUT_COHORT : group[v]!;
    const id = (campus * GROUPS.length + g) * 2 + (when === "after" ? 1 : 0);
    let cell = cellOf[id];
    if (!cell) {
      const nothing = { pieces: [], keys: [], rows: 0, likely: 0, target: 0 };
      cell = { campus, group: g, when, ...nothing };
      cellOf[id] = cell;
      cells.push(cell);
    }
    cell.pieces.push(v);
    cell.keys.push(key);
    cell.rows += pieces.rows[v]!;
    if (away < 1) cell.likely += pieces.rows[v]!;
  }
  fill(pieces, places[1]!, SCRAPER_ADDRESSES.campus, own.candidates, own.keys);
  return cells;
}

/** Rows that have one of the addresses already: by address and cohort, and after class. */
function knownRows(visits: Visits, pieces: Pieces, places: readonly number[]) {
  const byCohort = CAMPUS.map(() => new Map<number, number>());
  let after = 0;
  for (let p = 0; p < pieces.count; p++) {
    if (pieces.place[p] === -1) continue;
    const campus = places.indexOf(pieces.place[p]!);
    if (campus < 0) continue;
    const v = pieces.visit[p]!;
    const group = GROUPS[visits.group[v]!]!;
    const rows = byCohort[campus]!;
    rows.set(group.cohortId, (rows.get(group.cohortId) ?? 0) + pieces.rows[p]!);
    if (group.cohortId > 0 && phaseOf(group, visits.day[v]!) === "after") after += pieces.rows[p]!;
  }
  return { byCohort, after };
}

/** Decides how many rows each cell gives. */
function setTargets(cells: Cell[], known: ReturnType<typeof knownRows>): void {
  let after = CAMPUS_ROWS_AFTER_END - known.after;
  const open: { inClass: Cell; afterwards: Cell }[] = [];
  const missing = CAMPUS.map(() => 0);
  CAMPUS_ROWS.forEach((rowsByCohort, campus) => {
    for (const [cohortId, rows] of rowsByCohort) {
      const want = Math.max(0, rows - (known.byCohort[campus]!.get(cohortId) ?? 0));
      const own = cells.filter(
        (cell) => cell.campus === campus && GROUPS[cell.group]!.cohortId === cohortId,
      );
      const inClass = own.find((cell) => cell.when === "class");
      const afterwards = own.find((cell) => cell.when === "after");
      let left = want;
      if (inClass) {
        inClass.target = Math.min(left, inClass.rows);
        left -= inClass.target;
      }
      if (afterwards) {
        afterwards.target = Math.min(left, afterwards.rows);
        left -= afterwards.target;
        after -= afterwards.target;
        if (inClass) open.push({ inClass, afterwards });
      }
      missing[campus]! += left;
    }
  });
  after -= shiftToAfter(open, after);
  if (after < 0) after += shiftToAfter(cellsBack(open), -after);
  missing.forEach((rows, campus) => {
    let left = rows;
    const others = cells.filter(
      ({ campus: at, group }) => at === campus && CAMPUS_ROWS[campus]!.has(GROUPS[group]!.cohortId),
    );
    for (const when of ["after", "class"]) {
      const takers = others.filter((cell) => cell.when === when);
      const add = when === "after" ? Math.max(0, Math.min(left, after)) : left;
      const done = spread(takers, add);
      left -= done;
      if (when === "after") after -= done;
    }
    if (left > 0) throw new Error(`${left} rows of ${CAMPUS[campus]!.ip} have no visit`);
  });
  if (after !== 0) throw new Error(`${after} rows of the campus after class have no visit`);
  CAMPUS_ROWS_WITHOUT_COHORT.forEach((rows, campus) => {
    const cell = cells.find((other) => other.campus === campus && other.when === "both");
    const want = rows - (known.byCohort[campus]!.get(0) ?? 0);
    if (!cell || cell.rows < want) {
      throw new Error(`rows of ${CAMPUS[campus]!.ip} without a cohort have no visit`);
    }
    cell.target = want;
  });
}

/** The same pairs with their parts exchanged: for rows that have to go back into class. */
function cellsBack(open: { inClass: Cell; afterwards: Cell }[]) {
  return open.map(({ inClass, afterwards }) => ({ inClass: afterwards, afterwards: inClass }));
}

/**
 * Moves rows from cells of class to those after it, to where there are likely visits.
 *
 * @returns how many were moved
 */
function shiftToAfter(open: { inClass: Cell; afterwards: Cell }[], rows: number): number {
  let left = rows;
  // First as many as are likely, then whatever there is.
  for (const room of ["likely", "rows"] as const) {
    for (let round = 0; round < 8 && left > 0; round++) {
      const rooms = open.map(({ inClass, afterwards }) =>
        Math.max(0, Math.min(inClass.target, afterwards[room] - afterwards.target)),
      );
      const sum = rooms.reduce((a, b) => a + b, 0);
      if (sum === 0) break;
      const shares = apportion(rooms, Math.min(left, sum));
      open.forEach(({ inClass, afterwards }, i) => {
        const moved = Math.min(shares[i]!, rooms[i]!);
        inClass.target -= moved;
        afterwards.target += moved;
        left -= moved;
      });
    }
  }
  return rows - left;
}

/** Adds rows to cells as far as they have visits. */
function spread(cells: Cell[], rows: number): number {
  let left = rows;
  for (let round = 0; round < 8 && left > 0; round++) {
    const rooms = cells.map((cell) => cell.rows - cell.target);
    const sum = rooms.reduce((a, b) => a + b, 0);
    if (sum === 0) break;
    const shares = apportion(rooms, Math.min(left, sum));
    cells.forEach((cell, i) => {
      const added = Math.min(shares[i]!, rooms[i]!);
      cell.target += added;
      left -= added;
    });
  }
  return rows - left;
}
