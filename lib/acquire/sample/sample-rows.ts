import { addressBook } from "./addresses";
import { FIRST_SECOND, LAST_SECOND } from "./calibration/published-rows";
import { groupDays } from "./group-days";
import { scaleMargins } from "./margins";
import { membersOfGroups } from "./members";
import { pageChooser } from "./page-chooser";
import { scalePathTable } from "./path-table";
import { rowStore, type SampleRows } from "./row-store";
import { forEachVisit } from "./user-days";
import { visitTimes } from "./visit-times";
import { visitWriter } from "./write-visits";

/**
 * Makes the log's rows in stages: margins, groups by day, members of groups, their days,
 * then times, pages and addresses. Each stage draws from a random stream of its own.
 */
export function sampleRows(rows: number, seed: number): SampleRows {
  const margins = scaleMargins(rows);
  const table = groupDays(margins, seed);
  const members = membersOfGroups(margins, seed);
  const pages = pageChooser(table, scalePathTable(margins), seed);
  const times = visitTimes(seed);
  const book = addressBook(seed);

  const store = rowStore(rows, pages.paths, book.addresses);
  forEachVisit(table, members, seed, visitWriter(store, { pages, times, book }));
  for (const { day, second, path, userId, cohortId, ip } of margins.published) {
    const place = path === null ? -1 : store.pathPlace(path);
    store.add(day, second, place, userId, cohortId, store.addressPlace(ip));
  }

  const sorted = store.inTimeOrder();
  // A sample too small for the published first and last row keeps their times.
  sorted.second[0] = FIRST_SECOND;
  if (rows > 1) sorted.second[rows - 1] = LAST_SECOND;
  return sorted;
}
