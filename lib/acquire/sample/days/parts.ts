import {
  COHORTLESS_UP_TO_SNAPSHOT,
  DATA_SCIENCE_UP_TO_SNAPSHOT,
  ROWS_SINCE_2020,
  SNAPSHOT,
} from "../calibration/program-years";
import { fitTable } from "../fit/fit-table";
import { GROUPS, STAFF } from "../groups";
import { isoDay, isWeekend } from "./log-days";
import { DAY_ROWS } from "./margins";
import { type Stretch, stretches } from "./stretches";

/** A group's rows in one stretch of time. */
export interface Part {
  group: number;
  when: "class" | "after";
  fromDay: number;
  /** Not included. */
  toDay: number;
  rows: number;
}

/** Days that are fitted together: rows of a group on some days within one bucket of time. */
export interface Piece extends Stretch {
  bucket: number;
}

/** What the log's time is cut into: 2018, 2019, 2020 to the earlier version's end, the rest. */
export const BUCKET_STARTS: readonly number[] = [
  0,
  isoDay("2019-01-01"),
  isoDay("2020-01-01"),
  isoDay(SNAPSHOT.date) + 1,
];
const BUCKETS = BUCKET_STARTS.length;
const CLASSES = ["none", "php", "java", "dataScience", "frontEnd", "staff"] as const;

let known: { pieces: Piece[]; parts: Part[]; partsByGroup: Part[][] } | undefined;

/**
 * Rows of each group by phase and bucket of time, whatever the seed: their sums by
 * program and time are as published, what is not published is in proportion to the rows
 * of the days.
 */
export function wholeParts(): readonly Part[] {
  return divide().parts;
}

/** The same, as fine as rows of single weeks and days are published. */
export function wholePieces(): readonly Piece[] {
  return divide().pieces;
}

function divide() {
  if (known) return known;
  const ranges = stretches();
  const weights = ranges.map(bucketWeights);
  const estimate = rake(ranges, weights);
  const classes = roundClasses(ranges, estimate);
  const pieces: Piece[] = [];
  CLASSES.forEach((_, c) => {
    const own = ranges.flatMap((range, r) => (classOf(range) === c ? [r] : []));
    const cells = fitTable(
      own.flatMap((r) => weights[r]!.map((weight, b) => (weight > 0 ? estimate[r]![b]! : 0))),
      { rowTotals: own.map((r) => ranges[r]!.rows), columnTotals: classes[c]! },
    );
    own.forEach((r, i) => {
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const days = ranges[r]!.days.filter((day) => bucketOf(day) === bucket);
        if (days.length === 0) continue;
        pieces.push({ ...ranges[r]!, bucket, days, rows: cells[i * BUCKETS + bucket]! });
      }
    });
  });
  const parts = partsOf(pieces);
  const partsByGroup = GROUPS.map((): Part[] => []);
  for (const part of parts) partsByGroup[part.group]!.push(part);
  known = { pieces, parts, partsByGroup };
  return known;
}

/** About how many of a group's rows lie on a day or later. */
export function rowsFrom(group: number, day: number): number {
  let rows = 0;
  for (const part of divide().partsByGroup[group]!) {
    const share = (part.toDay - Math.max(day, part.fromDay)) / (part.toDay - part.fromDay);
    rows += part.rows * Math.max(0, Math.min(1, share));
  }
  return rows;
}

export function bucketOf(day: number): number {
  let bucket = BUCKETS - 1;
  while (BUCKET_STARTS[bucket]! > day) bucket--;
  return bucket;
}

function classOf({ group }: Stretch): number {
  const { cohortId, programId } = GROUPS[group]!;
  return cohortId === STAFF ? 5 : programId;
}

/** Days of each bucket, as much as is read on them; graduates read less and less. */
function bucketWeights({ group, when, days }: Stretch): number[] {
  const weights = new Array<number>(BUCKETS).fill(0);
  const { endDay, firstDay, cohortId } = GROUPS[group]!;
  for (const day of days) {
    const since = Math.max(0, day - Math.max(endDay, firstDay));
    const memory = when === "class" || cohortId === STAFF ? 1 : 90 / (90 + since);
    const rest = isWeekend(day) ? 0.7 : 1;
    weights[bucketOf(day)]! += memory * rest * Math.sqrt(DAY_ROWS[day]!);
  }
  return weights;
}

/** Sums that are known: which cells they add up, by class and bucket, and to what. */
const SUMS: readonly { classes: readonly number[]; buckets: readonly number[]; rows: number }[] = [
  { classes: [1], buckets: [2, 3], rows: ROWS_SINCE_2020.php },
  { classes: [2], buckets: [2, 3], rows: ROWS_SINCE_2020.java },
  { classes: [3], buckets: [2, 3], rows: ROWS_SINCE_2020.dataScience },
  { classes: [3], buckets: [0, 1, 2], rows: DATA_SCIENCE_UP_TO_SNAPSHOT },
  { classes: [0], buckets: [0, 1, 2], rows: COHORTLESS_UP_TO_SNAPSHOT },
  ...BUCKET_STARTS.map((_, bucket) => {
    return { classes: [0, 1, 2, 3, 4, 5], buckets: [bucket], rows: bucketRows()[bucket]! };
  }),
];

function bucketRows(): number[] {
  const rows = new Array<number>(BUCKETS).fill(0);
  DAY_ROWS.forEach((count, day) => {
    rows[bucketOf(day)]! += count;
  });
  return rows;
}

/** Scales ranges and known sums in turn, as iterative proportional fitting does. */
function rake(ranges: Stretch[], weights: number[][]): number[][] {
  const cells = weights.map((row) => row.slice());
  const ofRanges = cells.map((row, r) => {
    return { cells: [row], rows: ranges[r]!.rows, buckets: [0, 1, 2, 3] };
  });
  const ofSums = SUMS.map(({ classes, buckets, rows }) => {
    return { cells: cells.filter((_, r) => classes.includes(classOf(ranges[r]!))), rows, buckets };
  });
  for (let round = 0; round < 200; round++) {
    for (const sum of ofRanges) scaleCells(sum.cells, sum.rows, sum.buckets);
    for (const sum of ofSums) scaleCells(sum.cells, sum.rows, sum.buckets);
  }
  return cells;
}

function scaleCells(rows: number[][], total: number, buckets: readonly number[]): void {
  let sum = 0;
  for (const row of rows) for (const b of buckets) sum += row[b]!;
  if (sum === 0) return;
  const scale = total / sum;
  for (const row of rows) for (const b of buckets) row[b]! *= scale;
}

/** Whole rows of each class in each bucket; what is known about them holds exactly. */
function roundClasses(ranges: Stretch[], estimate: number[][]): number[][] {
  const sums = CLASSES.map(() => new Array<number>(BUCKETS).fill(0));
  ranges.forEach((range, r) => {
    for (let b = 0; b < BUCKETS; b++) sums[classOf(range)]![b]! += estimate[r]![b]!;
  });
  const totals = CLASSES.map((_, c) =>
    ranges.reduce((sum, range) => sum + (classOf(range) === c ? range.rows : 0), 0),
  );
  const rows = bucketRows();
  const late = totals.map((total, c) => {
    if (c === 1) return ROWS_SINCE_2020.php;
    if (c === 2) return ROWS_SINCE_2020.java;
    if (c === 3) return ROWS_SINCE_2020.dataScience;
    return Math.min(total, Math.round(sums[c]![2]! + sums[c]![3]!));
  });
  // Staff has what is left of the time since 2020.
  late[5] = rows[2]! + rows[3]! - late.slice(0, 5).reduce((a, b) => a + b);
  const last = sums.map((row, c) => {
    if (c === 0) return totals[0]! - COHORTLESS_UP_TO_SNAPSHOT;
    if (c === 3) return totals[3]! - DATA_SCIENCE_UP_TO_SNAPSHOT;
    return Math.min(late[c]!, Math.round(row[3]!));
  });
  last[5] = rows[3]! - last.slice(0, 5).reduce((a, b) => a + b);
  const first = sums.map((row, c) => Math.min(totals[c]! - late[c]!, Math.round(row[0]!)));
  // Java has what is left of 2018.
  first[2] = rows[0]! - first.reduce((a, b, c) => (c === 2 ? a : a + b), 0);
  return CLASSES.map((_, c) => [
    first[c]!,
    totals[c]! - late[c]! - first[c]!,
    late[c]! - last[c]!,
    last[c]!,
  ]);
}

/** Adds up pieces of one group, phase and bucket. */
function partsOf(pieces: Piece[]): Part[] {
  const parts = new Map<string, Part>();
  for (const { group, when, bucket, days, rows } of pieces) {
    const key = `${group} ${when} ${bucket}`;
    const part = parts.get(key);
    const [from, to] = [days[0]!, days[days.length - 1]! + 1];
    if (part) {
      part.fromDay = Math.min(part.fromDay, from);
      part.toDay = Math.max(part.toDay, to);
      part.rows += rows;
    } else {
      parts.set(key, { group, when, fromDay: from, toDay: to, rows });
    }
  }
  return [...parts.values()].sort((a, b) => a.group - b.group || a.fromDay - b.fromDay);
}
