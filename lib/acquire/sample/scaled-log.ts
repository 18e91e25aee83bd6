import { plainAddresses } from "./addresses/address-plan";
import { PATHS } from "./calibration/paths";
import type { PublishedRow } from "./calibration/published-rows";
import { FIRST_SECOND, LAST_SECOND } from "./calibration/published-rows";
import { scaledGroupDays } from "./days/group-days";
import { DAY_ROWS, type Margins, scaleMargins } from "./days/margins";
import type { Part } from "./days/parts";
import { apportion } from "./fit/apportion";
import { GROUPS, groupOfRow } from "./groups";
import { partPageChooser } from "./paths/part-page-chooser";
import { scalePathTable } from "./paths/path-table";
import { randomStream } from "./random-stream";
import { type Reader, readerDays } from "./users/reader-days";
import { type Seat, wholeSeats } from "./users/seats";
import { type Draft, newDraft } from "./visits/draft";
import { visitTimes } from "./visits/visit-times";
import { writeVisits } from "./visits/visits";
import { type AddressedLog, dayBounds, visitsOf } from "./whole-log";

const DAYS = DAY_ROWS.length;
const LAST_DAY = DAYS - 1;

/**
 * A smaller sample: rows of groups and days in proportion, each rounded up or down, of
 * paths nearly; users' in proportion to their rows in the whole log, so that those with
 * few may have none. What is published of stretches of time, single users and addresses is met as far
 * as proportions do.
 */
export function scaledLog(rows: number, seed: number): AddressedLog {
  const margins = scaleMargins(rows);
  const table = scaledGroupDays(margins, seed);
  const draft = newDraft(rows);
  writeReaders(draft, margins, table, seed);
  for (const row of margins.published) {
    const { day, second, path, userId, ip } = row;
    const place = path === null ? -1 : PATHS.findIndex((known) => known.path === path);
    draft.beginVisit(ip);
    draft.add(day, second, place, userId, groupOfRow(row));
  }
  keepEnds(draft);
  const { addresses, address } = plainAddresses(visitsOf(draft), seed);
  return { draft, addresses, address };
}

function writeReaders(draft: Draft, margins: Margins, table: Int32Array, seed: number): void {
  const parts: Part[] = GROUPS.map(({ firstDay }, group) => {
    return {
      group,
      when: "class",
      fromDay: firstDay,
      toDay: DAYS,
      rows: margins.groupRows[group]!,
    };
  });
  const pages = partPageChooser(parts, table, scalePathTable(margins), seed);
  const times = visitTimes(seed);
  const random = randomStream(seed, "reader-days");
  const seats = wholeSeats(seed);
  GROUPS.forEach((_, g) => {
    const dayRows = table.subarray(g * DAYS, (g + 1) * DAYS);
    const readers = readersOf(seats, g, margins);
    readerDays(dayRows, readers, "after", random, (r, day, rows) => {
      pages.open(g, day);
      const reader = { group: g, userId: readers[r]!.userId, day, rows };
      writeVisits(draft, reader, dayBounds(day), pages, times);
    });
  });
}

/** Rows of a group's members, less those that are published word for word. */
function readersOf(seats: readonly Seat[], g: number, { groupRows, published }: Margins): Reader[] {
  const own = seats.filter(({ group }) => group === g);
  const known = published.filter((row) => groupOfRow(row) === g);
  const shares = apportion(
    own.map(({ classRows, afterRows }) => classRows + afterRows),
    groupRows[g]! + known.length,
  );
  for (const row of known) takeRow(own, shares, row);
  return own.flatMap(({ userId, firstDay }, i) => {
    if (shares[i] === 0) return [];
    return [
      {
        userId,
        rows: shares[i]!,
        firstDay,
        lastDay: LAST_DAY,
        comesFirstDay: false,
        planted: new Map<number, number>(),
      },
    ];
  });
}

/** A published row is one of its user's; in a small sample, of whoever has most. */
function takeRow(seats: readonly Seat[], shares: Int32Array, { userId }: PublishedRow): void {
  let giver = seats.findIndex((seat, i) => seat.userId === userId && shares[i]! > 0);
  if (giver < 0) giver = shares.indexOf(shares.reduce((a, b) => Math.max(a, b)));
  shares[giver]!--;
}

/** A sample too small for the published first and last row keeps their times. */
function keepEnds({ day, second, count }: Draft): void {
  const time = (i: number) => day[i]! * 86_400 + second[i]!;
  let [first, last] = [0, 0];
  for (let i = 1; i < count; i++) {
    if (time(i) < time(first)) first = i;
    if (time(i) >= time(last)) last = i;
  }
  second[first] = FIRST_SECOND;
  if (count > 1) second[last] = LAST_SECOND;
}
