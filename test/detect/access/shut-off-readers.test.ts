import pl from "nodejs-polars";
import { expect, it } from "vitest";
import {
  breaks,
  crossProgramShutOff,
  pageCurricula,
  quietDays,
  shutOffBreaks,
  shutOffReaders,
} from "../../../lib";
import { frameOf } from "../../../lib/log/frame-of";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { wholeLog } from "../../support/whole-log";
import { curricula, DATA, STAFF, WEB } from "./two-programs";

const sum = (frame: pl.DataFrame, column: string) => frame.getColumn(column).sum();

it("finds in the sample what shut-off-readers.py does with pandas", () => {
  const { accessLog: log } = wholeLog();
  const known = pageCurricula(log);
  const shutOffs = crossProgramShutOff(log, known, { only: "either direction" });
  expect(shutOffs.toRecords()[0]).toMatchObject({
    rate_from: new Date("2019-09-05"),
    shut_off: new Date("2019-12-23"),
    p_value: null,
  });
  const readers = shutOffReaders(log, known, shutOffs);
  const less = readers.filter(pl.col("other_after").lt(pl.col("other_before"))).height;
  const more = readers.filter(pl.col("other_after").gt(pl.col("other_before"))).height;
  expect([readers.height, less, more]).toEqual([67, 56, 0]);
  const pages = ["compared", "other_before", "other_after"].map((name) => sum(readers, name));
  expect(pages).toEqual([21_480, 355, 4]);
  const [row, ...others] = rowsOf(shutOffBreaks(log, known, shutOffs, breaks(quietDays(log))));
  expect(others).toEqual([]);
  expect(row).toEqual(["2019-12-23", "2020-01-03", 1041, expect.closeTo(14.812278, 6), 0]);
});

const day = (text: string) => Date.parse(text) / 86_400_000;
/** A stretch of four days from January 6, 2020, a fall to half on the 10th, then ten days. */
const fall = (row = {}) =>
  frameOf(
    [
      {
        ...{ direction: "either direction", shut_off: day("2020-01-10"), rate_before: 0.5 },
        ...{ rate_from: day("2020-01-06"), rate_until: day("2020-01-19") },
        ...row,
      },
    ],
    ...(["direction", "shut_off", "rate_from", "rate_until", "rate_before"] as const),
  );

/** A request each hour of a day: `o` for the other program's, `.` for the own one's. */
const read = (who: object, user_id: number, on: string, pages: string): Request[] =>
  [...pages].map((page, i) => ({
    ...{ ...who, user_id, path: page === "o" ? "sql/joins" : "java-i" },
    at: `2020-01-${on} ${String(8 + i).padStart(2, "0")}:00:00`,
  }));

const log = accessLog([
  // Six before of which the last four count, and four after.
  ...read({ ...WEB, cohort: "Ike" }, 1, "07", "oo"),
  ...read({ ...WEB, cohort: "Ike" }, 1, "09", "oo.o"),
  ...read({ ...WEB, cohort: "Juno" }, 1, "10", "..o."),
  // Of these the first three after.
  ...read(WEB, 2, "08", "..."),
  ...read(WEB, 2, "12", "o..ooo"),
  // Too few before, Staff, the other way round, and outside of four days on either side.
  ...read(WEB, 3, "08", "oo"),
  ...read(WEB, 3, "12", "......"),
  ...read(STAFF, 4, "08", "oooo"),
  ...read(STAFF, 4, "12", "...."),
  ...read(DATA, 5, "05", "...."),
  ...read(DATA, 5, "09", "o.o"),
  ...read(DATA, 5, "10", "ooo"),
  ...read(DATA, 5, "14", "...."),
]);

it("compares each reader with themselves, on as many pages next to the day", () => {
  expect(rowsOf(shutOffReaders(log, curricula, fall(), { least: 3 }))).toEqual([
    [1, "Juno", 4, 3, 1],
    [2, "Teddy", 3, 0, 1],
    [5, "Bayes", 3, 1, 0], // java-i is the other program's: `.` counts
  ]);
  expect(shutOffReaders(log, curricula, fall(), { least: 4 }).height).toBe(1);
  expect(shutOffReaders(log, curricula, fall()).height).toBe(0); // a hundred pages
});

it("has no readers and no breaks without a shut-off", () => {
  const rest = frameOf([{ from: day("2020-01-10"), to: day("2020-01-12") }], {
    ...{ from: pl.Date, to: pl.Date },
  });
  for (const none of [fall({ shut_off: null }), fall({ direction: "another" }), fall().head(0)]) {
    expect(shutOffReaders(log, curricula, none, { least: 1 }).height).toBe(0);
    expect(shutOffBreaks(log, curricula, none, rest).height).toBe(0);
  }
  expect(() => shutOffReaders(log, curricula, fall(), { least: 0 })).toThrow("least to be");
});

it("counts what was read in breaks within a week of the day, and what the rate before expects", () => {
  const spans = [
    ["2020-01-01", "2020-01-02"],
    ["2020-01-01", "2020-01-03"],
    ["2020-01-10", "2020-01-12"],
    ["2020-01-17", "2020-01-18"],
    ["2020-01-18", "2020-01-18"],
  ].map(([from, to]) => ({ from: day(from!), to: day(to!) }));
  const rest = frameOf(spans, { from: pl.Date, to: pl.Date });
  expect(rowsOf(shutOffBreaks(log, curricula, fall(), rest))).toEqual([
    ["2020-01-01", "2020-01-03", 0, 0, 0],
    // 4 of student 1, 6 of 2, 6 of 3 and 3 of 5.
    ["2020-01-10", "2020-01-12", 19, 9.5, 5],
    ["2020-01-17", "2020-01-18", 0, 0, 0],
  ]);
});
