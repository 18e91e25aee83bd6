import { DAILY_PAGES } from "../calibration/daily-pages";
import { NULL_PATH_DAY, PUBLISHED_ROWS, type PublishedRow } from "../calibration/published-rows";
import { scaleRun } from "../fit/apportion";
import { GROUPS, groupOfRow } from "../groups";

/** How many rows each group and each day gets. */
export interface Margins {
  /** Rows to be made up, by group and by day: the published ones are taken out. */
  groupRows: Int32Array;
  dayRows: Int32Array;
  /** Rows that are known word for word. */
  published: PublishedRow[];
}

/** Rows per day of the whole log, the one without a path included. */
export const DAY_ROWS: readonly number[] = DAILY_PAGES.map((pages, day) =>
  day === NULL_PATH_DAY ? pages + 1 : pages,
);

/**
 * The log's margins scaled to `rows`, each to its exact share rounded up or down.
 *
 * Groups are scaled in the order in which they first came and days in the order of time,
 * so that a run of days never holds more rows than the groups that had come by then,
 * as in the whole log: that is all it takes for a table of group by day to exist, where
 * any group may have rows on any day from its first on. The first and the last day keep
 * a row each. Published rows are kept as far as the scaled margins have room for them.
 */
export function scaleMargins(rows: number): Margins {
  const groupRows = scaleRun(
    GROUPS.map((group) => group.rows),
    rows,
  );
  const dayRows = scaleRun(DAY_ROWS, rows);
  const last = dayRows.length - 1;
  if (rows > 1 && dayRows[last] === 0) {
    dayRows[last] = 1;
    let fullest = last - 1;
    while (dayRows[fullest] === 0) fullest--;
    dayRows[fullest]!--;
  }
  const published = takePublished(groupRows, dayRows);
  return { groupRows, dayRows, published };
}

/** Takes published rows out of the margins, one by one, where the rest still makes a table. */
function takePublished(groupRows: Int32Array, dayRows: Int32Array): PublishedRow[] {
  return PUBLISHED_ROWS.filter((row) => {
    const { day } = row;
    const group = groupOfRow(row);
    if (groupRows[group] === 0 || dayRows[day] === 0) return false;
    groupRows[group]!--;
    dayRows[day]!--;
    if (groupsCanFillDays(groupRows, dayRows)) return true;
    groupRows[group]!++;
    dayRows[day]!++;
    return false;
  });
}

/** Whether up to each day there are no more rows than the groups that had come by then have. */
function groupsCanFillDays(groupRows: Int32Array, dayRows: Int32Array): boolean {
  let free = 0;
  let group = 0;
  for (let day = 0; day < dayRows.length; day++) {
    while (group < GROUPS.length && GROUPS[group]!.firstDay <= day) free += groupRows[group++]!;
    free -= dayRows[day]!;
    if (free < 0) return false;
  }
  return true;
}
