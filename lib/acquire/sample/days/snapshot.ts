import { SNAPSHOT } from "../calibration/program-years";
import { GROUPS } from "../groups";
import type { Draft } from "../visits/draft";
import { clockSeconds, isoDay } from "./log-days";
import { DAY_ROWS } from "./margins";

export const SNAPSHOT_DAY = isoDay(SNAPSHOT.date);
const SNAPSHOT_SECOND = clockSeconds(SNAPSHOT.time);
/** From here on the afternoon is squeezed where it would reach beyond that second. */
const AFTERNOON = clockSeconds("15:00:00");
const LAST_SECOND = 86_399;
const DATA_SCIENCE = 3;

/** Whether a row of that day belongs to the log's later version only. */
export function isAfterSnapshot(day: number, second: number): boolean {
  return day === SNAPSHOT_DAY && second > SNAPSHOT_SECOND;
}

/**
 * Sees to it that of the day on which the log's earlier version ends the published number
 * of rows lies up to its last second, the last of them at it: the others, none of them of
 * data science, without a cohort or of someone who came that day, come later. Changes the
 * draft's seconds.
 *
 * @param isNew whether a user comes for the first time that day
 */
export function meetSnapshot(
  { count, day, second, group, userId }: Draft,
  isNew: (userId: number) => boolean,
): void {
  const before = DAY_ROWS.reduce((sum, rows, d) => (d < SNAPSHOT_DAY ? sum + rows : sum), 0);
  const later = before + DAY_ROWS[SNAPSHOT_DAY]! - SNAPSHOT.rows;
  const rows: number[] = [];
  for (let i = 0; i < count; i++) if (day[i] === SNAPSHOT_DAY) rows.push(i);
  rows.sort((a, b) => second[a]! - second[b]! || a - b);
  const mayBeLater = (row: number) => {
    const { cohortId, programId } = GROUPS[group[row]!]!;
    return cohortId > 0 && programId !== DATA_SCIENCE && !isNew(userId[row]!);
  };
  const late = new Set(rows.filter(mayBeLater).slice(-later));
  const early = rows.filter((row) => !late.has(row));
  const last = second[early[early.length - 1]!]!;
  for (const row of early) {
    if (second[row]! <= AFTERNOON) continue;
    const share = (second[row]! - AFTERNOON) * (SNAPSHOT_SECOND - AFTERNOON);
    second[row] = AFTERNOON + Math.floor(share / (last - AFTERNOON));
  }
  let at = SNAPSHOT_SECOND;
  for (const row of rows) {
    if (!late.has(row)) continue;
    at = Math.min(LAST_SECOND, Math.max(at + 11, second[row]!));
    second[row] = at;
  }
}
