import { NULL_PATH_DAY, PUBLISHED_ROWS } from "../calibration/published-rows";
import { DAY_ROWS } from "../days/margins";
import { bucketOf, wholeParts, wholePieces } from "../days/parts";
import { GROUPS, groupOfRow } from "../groups";
import { HABITS, habitsOn } from "./reading-habits";

/** A part, or what of it is on its cohort's end date: as fine as rows by path are known. */
export interface Portion {
  /** Place in `wholeParts()`. */
  part: number;
  group: number;
  /** From the midnight of the end date on. */
  after: boolean;
  /** The end date itself, which by date is still in class. */
  onEndDay: boolean;
  bucket: number;
  fromDay: number;
  /** Not included. */
  toDay: number;
  /** Rows with a path. */
  rows: number;
  /** Mean of its rows' `habitsOn`. */
  habits: Float64Array;
}

/** Portions that have rows, in the order of parts. */
export function pathPortions(): Portion[] {
  const portions = wholeParts().flatMap(({ group, when, fromDay, toDay, rows }, part) => {
    const common = { part, group, after: when === "after", bucket: bucketOf(fromDay) };
    const { endDay } = GROUPS[group]!;
    const endRows = common.after && fromDay === endDay ? rowsOn(group, endDay) : 0;
    return [
      { ...common, onEndDay: true, fromDay, toDay: fromDay + 1, rows: endRows },
      {
        ...common,
        onEndDay: false,
        fromDay: endRows > 0 ? fromDay + 1 : fromDay,
        toDay,
        rows: rows - endRows,
      },
    ];
  });
  for (const row of PUBLISHED_ROWS) {
    if (row.path !== null || row.day !== NULL_PATH_DAY) continue;
    portions[portionOf(portions, groupOfRow(row), row.day)]!.rows--;
  }
  return portions
    .filter(({ rows }) => rows > 0)
    .map((portion) => ({ ...portion, habits: habitsIn(portion) }));
}

/** Place of the portion that a group's day lies in. */
export function portionOf(
  portions: readonly Pick<Portion, "group" | "fromDay" | "toDay" | "rows">[],
  group: number,
  day: number,
): number {
  return portions.findIndex(
    (portion) =>
      portion.group === group && portion.rows > 0 && portion.fromDay <= day && day < portion.toDay,
  );
}

/** Rows of a group's end date, where they are known singly. */
function rowsOn(group: number, endDay: number): number {
  const piece = wholePieces().find(
    ({ group: g, when, days }) =>
      g === group && when === "after" && days.length === 1 && days[0] === endDay,
  );
  return piece?.rows ?? 0;
}

function habitsIn({ group, fromDay, toDay, rows }: Omit<Portion, "habits">): Float64Array {
  const sums = new Float64Array(HABITS.length);
  let all = 0;
  const of = GROUPS[group]!;
  for (const piece of wholePieces()) {
    if (piece.group !== group || piece.rows === 0) continue;
    const days = piece.days.filter((day) => fromDay <= day && day < toDay);
    let pieceDays = 0;
    for (const day of days) pieceDays += DAY_ROWS[day]!;
    for (const day of days) {
      const weight = (piece.rows * DAY_ROWS[day]!) / pieceDays;
      const habits = habitsOn(of, day);
      for (let h = 0; h < sums.length; h++) sums[h]! += weight * habits[h]!;
      all += weight;
    }
  }
  if (all === 0) throw new Error(`no days for ${rows} rows of ${of.name}`);
  return sums.map((sum) => sum / all);
}
