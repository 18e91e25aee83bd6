import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isoDay } from "../../../../lib/acquire/sample/days/log-days";
import { GROUPS, groupOfCohort, STAFF } from "../../../../lib/acquire/sample/groups";
import { type Seat, wholeSeats } from "../../../../lib/acquire/sample/users/seats";
import { PROJECT_ROOT } from "../../../../lib/paths";

const FACTS = join(PROJECT_ROOT, "..", "shared", "reference", "curriculum-facts.json");
const published = existsSync(FACTS);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";
const facts = () => JSON.parse(readFileSync(FACTS, "utf8"));

const SNAPSHOT = isoDay("2020-11-02");
/** The only row without a path is this user's, in class. */
const NULL_PATH_USER = 586;

const cohortOf = ({ group }: Seat) => GROUPS[group]!.cohortId;
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

function byUser(seats: readonly Seat[], rows: (seat: Seat) => number): Map<number, number> {
  const users = new Map<number, number>();
  for (const seat of seats) users.set(seat.userId, (users.get(seat.userId) ?? 0) + rows(seat));
  return users;
}

/** As pandas: linear between the two nearest ranks. */
function quantile(values: number[], at: number): number {
  const place = (values.length - 1) * at;
  const [low, high] = [values[Math.floor(place)]!, values[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

function deviation(values: number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

const firstDays = (seats: readonly Seat[]) => {
  const days = new Map<number, number>();
  for (const { userId, firstDay } of seats) {
    days.set(userId, Math.min(firstDay, days.get(userId) ?? firstDay));
  }
  return days;
};

describe.each([1, 20240229])("who sits where, seed %i", (seed) => {
  const seats = wholeSeats(seed);
  const ofCohort = (id: number) => seats.filter((seat) => cohortOf(seat) === id);
  const joined = seats.filter((seat) => cohortOf(seat) > 0);
  const inClass = joined.filter(({ classRows }) => classRows > 0);
  const classRows = byUser(inClass, (seat) => seat.classRows);
  const totals = byUser(seats, (seat) => seat.classRows + seat.afterRows);
  totals.set(NULL_PATH_USER, totals.get(NULL_PATH_USER)! - 1);

  it("has the rows of each group, in class and after", () => {
    GROUPS.forEach(({ rows, rowsAfterEnd }, g) => {
      const own = seats.filter(({ group }) => group === g);
      expect(sum(own.map((seat) => seat.classRows))).toBe(rows - rowsAfterEnd);
      expect(sum(own.map((seat) => seat.afterRows))).toBe(rowsAfterEnd);
      for (const seat of own) expect(seat.classRows + seat.afterRows).toBeGreaterThan(0);
    });
    expect(sum(seats.map((seat) => seat.classRows + seat.afterRows))).toBe(900_223);
  });

  it("gives class rows to those who came before the end of class, and to no others", () => {
    for (const { group, firstDay, classRows, lastClassDay, noRowsOnEndDay } of seats) {
      const { endDay, cohortId } = GROUPS[group]!;
      expect(firstDay).toBeLessThan(1_182);
      if (cohortId === STAFF) expect(classRows).toBe(0);
      else expect(classRows > 0).toBe(firstDay < endDay);
      if (classRows > 0) {
        expect(lastClassDay).toBeGreaterThanOrEqual(firstDay);
        expect(lastClassDay).toBeLessThan(endDay);
      } else if (cohortId > 0 && cohortId !== STAFF) {
        // On the end date they would be in class by date.
        expect(firstDay).toBeGreaterThan(endDay);
        expect(noRowsOnEndDay).toBe(true);
      }
    }
  });

  it("numbers 981 users in the order in which they came", () => {
    const days = firstDays(seats);
    const inOrder = sorted(days.keys()).map((id) => days.get(id)!);
    expect(inOrder).toHaveLength(981);
    expect(sorted(inOrder)).toEqual(inOrder);
    // Published by the notebook that counts first appearances (2018-01-26 to 30), and users
    // of the version of the log that ends on 2020-11-02.
    expect([0, 1, 2, 3, 4].map((day) => inOrder.filter((d) => d === day).length)).toEqual([
      50, 2, 2, 12, 7,
    ]);
    expect(inOrder.filter((day) => day <= SNAPSHOT)).toHaveLength(787);
    GROUPS.forEach(({ firstDay }, g) => {
      const own = seats.filter(({ group }) => group === g);
      expect(Math.min(...own.map((seat) => seat.firstDay))).toBe(firstDay);
    });
  });

  it("counts users by cohort, with several and with none as published", () => {
    expect(new Set(seats.map(({ userId, group }) => userId * 100 + group)).size).toBe(seats.length);
    expect(joined).toHaveLength(952);
    expect(new Set(joined.map(({ userId }) => userId)).size).toBe(911);
    for (const { cohortId, users } of GROUPS) {
      if (cohortId > 0) expect(ofCohort(cohortId)).toHaveLength(users);
    }
    const none = ofCohort(0);
    expect(none).toHaveLength(78);
    const cohorts = new Set(joined.map(({ userId }) => userId));
    expect(none.filter(({ userId }) => !cohorts.has(userId))).toHaveLength(70);
    expect(none.filter(({ firstDay }) => firstDay <= SNAPSHOT)).toHaveLength(75);
    const also = joined.filter(({ firstDay }) => firstDay <= SNAPSHOT);
    const before = new Set(also.map(({ userId }) => userId));
    expect(
      none.filter(({ userId, firstDay }) => firstDay <= SNAPSHOT && before.has(userId)),
    ).toHaveLength(7);
    expect(before.has(744)).toBe(false);
  });

  it("spreads the rows of users as published", () => {
    const rows = sorted(totals.values());
    expect([0.25, 0.5, 0.75].map((at) => quantile(rows, at))).toEqual([187, 692, 1_297]);
    expect(rows.filter((count) => count < 200)).toHaveLength(259);
    expect(rows[980]).toBe(17_913);
    expect(deviation(rows)).toBeCloseTo(1_208.871322, 5);
    const single = [...totals].flatMap(([userId, count]) => (count === 1 ? [userId] : []));
    expect(sorted(single)).toEqual([66, 163, 165, 212, 592, 619, 649, 652, 879, 918, 940, 952]);
    expect(rows[956]).toBe(3_019);
    expect(rows[955]).toBeLessThan(3_019);
  });

  it("spreads the rows in class as published", () => {
    const rows = sorted(classRows.values());
    expect(inClass).toHaveLength(739);
    expect(rows).toHaveLength(731);
    expect([0.25, 0.5, 0.75].map((at) => quantile(rows, at))).toEqual([391.5, 795, 1_235.5]);
    expect(rows[730]).toBe(4_763);
    expect(deviation(rows)).toBeCloseTo(646.913009, 5);
    expect(rows.filter((count) => count < 50)).toHaveLength(36);
  });

  it("leaves 724 users by strict dates, two of the hardly active with the published rows", () => {
    const strict = byUser(inClass, (seat) => {
      const { startDay } = GROUPS[seat.group]!;
      // Rows on the last day are none of these users'; others have enough on other days.
      if (seat.firstDay > startDay) return seat.classRows;
      if (seat.lastClassDay === seat.firstDay) return 0;
      return seat.classRows - (seat.firstDayRows ?? 1);
    });
    const hardly = new Map([...strict].filter(([, count]) => count > 0 && count <= 10));
    expect([...strict.values()].filter((count) => count > 0)).toHaveLength(724);
    // Published by the notebook with strict dates.
    expect(Object.fromEntries(hardly)).toEqual({
      388: 8,
      812: 7,
      956: 5,
      278: 4,
      679: 3,
      832: 3,
      879: 1,
    });
  });

  it("keeps what the documents tell of single users", () => {
    const seat = (userId: number, cohortId: number) =>
      ofCohort(cohortId).find((found) => found.userId === userId)!;
    const rows = (found: Seat) => found.classRows + found.afterRows;
    expect(rows(seat(341, 29))).toBe(1_581);
    expect(seat(341, 29).classRows).toBeGreaterThan(272);
    expect(seat(341, 29).afterRows).toBeGreaterThanOrEqual(161);
    expect(rows(seat(138, 22))).toBe(1_264);
    expect(seat(138, 22).afterRows).toBeGreaterThan(198);
    expect(rows(seat(526, 52))).toBe(1_225);
    expect(seat(521, 52).afterRows).toBeGreaterThan(165);
    expect(seat(658, 58).classRows).toBeGreaterThan(179);
    expect(rows(seat(313, 1))).toBeGreaterThanOrEqual(300);
    expect(seat(313, 1).firstDay).toBeLessThanOrEqual(isoDay("2018-12-19"));
    for (const [userId, cohortId] of [
      [268, 26],
      [663, 58],
      [663, 134],
      [707, 61],
      [757, 62],
    ] as const) {
      const { startDay, endDay } = GROUPS[groupOfCohort(cohortId)]!;
      const found = seat(userId, cohortId);
      expect(found.dropsOut).toBe(true);
      expect(found.afterRows).toBe(0);
      expect(found.lastClassDay).toBeLessThanOrEqual(startDay + (endDay - startDay) / 2);
    }
    // Document 003: user 704 of Bash hardly reads, and yet is not among those under 50.
    expect(seat(704, 61).dropsOut).toBe(false);
    const inBash = sorted(ofCohort(61).map(({ classRows }) => classRows));
    expect(
      inBash.filter((count) => count > 0 && count < seat(704, 61).classRows).length,
    ).toBeLessThan(3);
    for (const [userId, cohortId] of [
      [467, 34],
      [472, 34],
      [476, 34],
      [481, 34],
      [590, 55],
    ] as const) {
      expect(seat(userId, cohortId).classRows).toBeGreaterThan(100);
    }
  });

  it.runIf(published)(`agrees with the published lists${needsReference}`, () => {
    const { users, cohorts, anomalies } = facts();
    for (const { id, users_active_in_class: active } of Object.values<Record<string, number>>(
      cohorts.by_name,
    )) {
      const own = ofCohort(id!).filter((seat) => seat.classRows > 0);
      expect(own).toHaveLength(active ?? 0);
    }
    for (const [userId, count] of Object.entries(users.top_users_900223)) {
      if (userId !== "_source") expect(totals.get(Number(userId))).toBe(count);
    }
    const staff = ofCohort(STAFF).map(({ userId, afterRows }) => [userId, afterRows]);
    expect(Object.fromEntries(staff)).toEqual(users.staff.rows_by_user);
    const none = new Map(ofCohort(0).map((seat) => [seat.userId, seat.classRows + seat.afterRows]));
    expect(sorted(none.keys())).toEqual(sorted(users.null_cohort.user_ids));
    const { top_users: top, smallest } = users.null_cohort;
    for (const [userId, count] of Object.entries({ ...top, ...smallest })) {
      expect(none.get(Number(userId))).toBe(count);
    }
    expect(sorted(none.values()).slice(-5)).toEqual(sorted(Object.values(top)));
    const hardly = [...classRows].filter(([, count]) => count < 50);
    expect(Object.fromEntries(hardly)).toEqual(anomalies.hardly_accessed.under_50_inclusive);
    for (const { userId, noRowsOnEndDay } of inClass) {
      if (classRows.get(userId)! < 50) expect(noRowsOnEndDay).toBe(true);
    }
    // The order in which users first came without a cohort is published with the list.
    const came = new Map(ofCohort(0).map((seat) => [seat.userId, seat.firstDay]));
    const order = users.null_cohort.user_ids.map((id: number) => came.get(id));
    expect(sorted(order)).toEqual(order);
  });
});

describe("another seed", () => {
  it("gives other rows to most users that are not published, the same seed the same", () => {
    const of = (seed: number) =>
      byUser(wholeSeats(seed), (seat) => seat.classRows + seat.afterRows);
    const [a, b] = [of(1), of(2)];
    const changed = [...a].filter(([userId, rows]) => b.get(userId) !== rows);
    expect(changed.length).toBeGreaterThan(800);
    expect(wholeSeats(1)).toEqual(wholeSeats(1));
  });
});
