import pl from "nodejs-polars";
import { expect, it } from "vitest";
import * as lib from "../../../lib";
import type { AccessRule } from "../../../lib/detect/access/access-violations";
import { gathered } from "../../../lib/log/gathered";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { randomIntegers } from "../../support/random";
import { curricula, DATA, NOBODY, STAFF, WEB } from "./two-programs";

// What is asked of single rows, beside slow and obvious answers, on random logs.

const dates = (start_date: string, end_date: string) => ({ start_date, end_date });
const WHO = [
  { ...WEB, ...dates("2019-10-14", "2019-11-15") },
  { ...DATA, ...dates("2019-10-20", "2019-12-20") },
  { ...STAFF, ...dates("2014-02-04", "2014-02-04") },
  { ...WEB, cohort_id: 36, cohort: "Never", ...dates("2019-10-01", "2019-10-01") },
  { cohort_id: 99 }, // one that the table lacks
  NOBODY,
];
const PATHS = ["java-i", "java-ii", "sql/joins", "sql/joins", "/", null];
const SHUT_OFF = "2019-12-01";

type Row = Request & { row: number; day: string; user_id: number };

/** Requests from October 2019 to February 2020, a month's gap in them, no two at one time. */
function anyLog(seed: number): Row[] {
  const random = randomIntegers(seed);
  const rows = Array.from({ length: 300 }, (_, i) => {
    const hour = Date.parse("2019-10-01T00:00:00Z") / 36e5 + 8 * i + (i > 200 ? 40 * 24 : 0);
    const at = new Date((hour + random(0, 7)) * 36e5).toISOString().slice(0, 19).replace("T", " ");
    const path = PATHS[random(0, 5)]!;
    return { at, path, user_id: random(1, 6), ...WHO[random(0, 5)], day: at.slice(0, 10) };
  });
  const shuffled = rows.map((row) => ({ row, place: random(0, 1e6) }));
  shuffled.sort((a, b) => a.place - b.place);
  return shuffled.map(({ row }, i) => ({ ...row, row: i }));
}

const curriculumOf = new Map(rowsOf(curricula) as [string, string][]);
const pageOf = ({ path }: Request) => curriculumOf.get(path ?? "") ?? "unknown";
function readerOf({ cohort_id, program_id }: Request): string | undefined {
  if (cohort_id === 28 || !program_id) return undefined;
  return program_id === 3 ? "data science" : "web development";
}
const isReading = (row: Row) =>
  readerOf(row) !== undefined && ["data science", "web development"].includes(pageOf(row));
const isCross = (row: Row) => isReading(row) && pageOf(row) !== readerOf(row);
const timesOf = (rows: Row[]) => rows.map(({ at }) => at).sort();
const inOrder = (rows: unknown[][]) =>
  rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const by = (rows: Row[], key: (row: Row) => unknown) => [...gathered(rows, key).values()];

const LOGS = [1, 2, 3].map((seed) => {
  const rows = anyLog(seed);
  return { rows, log: accessLog(rows.map(({ row, day, ...request }) => request)) };
});

it.each(LOGS)("accessAfterGraduation, log $#", ({ rows, log }) => {
  const isLate = ({ path, cohort_id, end_date, day }: Row) =>
    path !== null && cohort_id !== 28 && !!end_date && day > end_date;
  const late = by(rows.filter(isLate), ({ user_id, cohort_id }) => `${user_id} ${cohort_id}`);
  const expected = late.map((own) => {
    const { user_id, cohort_id, cohort, program, end_date } = own[0]!;
    return [user_id, cohort_id, cohort, program, end_date, own.length, timesOf(own).at(-1)];
  });
  expect(rowsOf(lib.accessAfterGraduation(log))).toEqual(inOrder(expected));
});

const inClass = ({ cohort_id, start_date, end_date }: Row) =>
  cohort_id !== 28 && !!start_date && !!end_date && end_date > start_date;
/** Dates bind only where the end comes after the start. */
const RULES: [AccessRule, (row: Row) => boolean][] = [
  ["after end", (row) => inClass(row) && row.day > row.end_date!],
  ["before start", (row) => inClass(row) && row.day < row.start_date!],
  ["no cohort", ({ cohort_id }) => cohort_id === null],
  ["other program", (row) => isCross(row) && row.day >= SHUT_OFF],
];

it.each(LOGS)("accessViolations and violationsByUser, log $#", ({ rows, log }) => {
  const found = lib.accessViolations(log, { curricula, shutOff: SHUT_OFF });
  const broken = RULES.flatMap(([rule, breaks]) =>
    rows.filter(breaks).map((row) => ({ rule, ...row })),
  );
  const lines = broken.map(({ at, row, rule, user_id, path }) => [at, row, rule, user_id, path]);
  const columns = ["timestamp", "row", "rule", "user_id", "path"];
  expect(inOrder(rowsOf(found.select(...columns)))).toEqual(inOrder(lines));
  expect(rowsOf(found)).toEqual(rowsOf(found.sort(["timestamp", "row", "rule"])));
  const byUser = RULES.flatMap(([rule, breaks]) =>
    by(rows.filter(breaks), (row) => `${row.user_id} ${row.cohort_id}`).map((own) => {
      const { user_id, cohort_id, cohort = null } = own[0]!;
      return [rule, user_id, cohort_id, cohort, timesOf(own)[0], timesOf(own).at(-1), own.length];
    }),
  );
  expect(inOrder(rowsOf(lib.violationsByUser(found)))).toEqual(inOrder(byUser));
  for (const [rule, breaks] of RULES) {
    const one = lib.accessViolations(log, { curricula, shutOff: SHUT_OFF, rules: [rule] });
    expect(one.height).toBe(rows.filter(breaks).length);
  }
});

it("accessViolations does not take the other curriculum for closed where no shut-off is found", () => {
  const rules = ["other program"] as const;
  expect(lib.accessViolations(LOGS[0]!.log.head(20), { curricula, rules }).height).toBe(0);
});

const BEGINS = {
  month: (day: string) => `${day.slice(0, 8)}01`,
  week: (day: string) => iso(epochDay(day) - ((epochDay(day) + 3) % 7)),
  day: (day: string) => day,
};
const epochDay = (day: string) => Date.parse(day) / 864e5;
const iso = (day: number) => new Date(day * 864e5).toISOString().slice(0, 10);

it.each(["month", "week", "day"] as const)("crossProgramByMonth by each %s", (every) => {
  const { rows, log } = LOGS[0]!;
  const read = rows.filter(isReading);
  const days = read.map(({ day }) => epochDay(day));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const all = Array.from({ length: last - first + 1 }, (_, i) => BEGINS[every](iso(first + i)));
  const expected = [...new Set(all)].flatMap((period) =>
    [
      ["data science", "data science students on web development"],
      ["web development", "web development students on data science"],
    ].map(([reader, direction]) => {
      const own = read.filter(
        (row) => BEGINS[every](row.day) === period && readerOf(row) === reader,
      );
      const cross = own.filter(isCross);
      const users = new Set(cross.map(({ user_id }) => user_id)).size;
      const rate = own.length > 0 ? cross.length / own.length : null;
      return [period, direction, cross.length, own.length, users, rate];
    }),
  );
  expect(rowsOf(lib.crossProgramByMonth(log, curricula, { every }))).toEqual(expected);
});

it.each(LOGS)("curriculumReaders, log $#", ({ rows, log }) => {
  const expected = by(rows, ({ user_id }) => user_id).flatMap((own) => {
    const pages = (of: string) => own.filter((row) => pageOf(row) === of);
    const [web, data] = [pages("web development"), pages("data science")];
    if (web.length === 0 || data.length === 0) return [];
    const labelled = own.filter(({ cohort_id }) => cohort_id !== null);
    const last = labelled.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
    const reader = last && readerOf(last);
    const less = data.length <= web.length ? data : web;
    const others = reader === undefined ? less : reader === "data science" ? web : data;
    const smaller = Math.min(web.length, data.length);
    return [
      [
        ...[own[0]!.user_id, last?.cohort ?? null, last?.program ?? null, web.length, data.length],
        ...[smaller, smaller / (web.length + data.length)],
        ...[timesOf(others)[0], timesOf(others).at(-1)],
      ],
    ];
  });
  expect(rowsOf(lib.curriculumReaders(log, curricula))).toEqual(inOrder(expected));
});

it("curriculumReaders needs each path once", () => {
  const twice = pl.concat([curricula, curricula]);
  expect(() => lib.curriculumReaders(LOGS[0]!.log, twice)).toThrow("each path once");
});
