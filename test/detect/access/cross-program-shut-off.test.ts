import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { crossProgramDays, crossProgramShutOff } from "../../../lib";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { curricula, DATA, NOBODY, STAFF, WEB } from "./two-programs";

const day = (n: number) => new Date(Date.UTC(2019, 9, n)).toISOString().slice(0, 10);
const pages = (who: object, user_id: number, n: number, count: number, path: string): Request[] =>
  Array.from({ length: count }, (_, i) => {
    return { ...who, user_id, path, at: `${day(n)} 10:00:${String(i).padStart(2, "0")}` };
  });

// A hundred days of own pages; the other curriculum is read on each of the first fifty. Nobody
// reads on the two days after. Later: one stray page, a day of five, and Staff.
const days = Array.from({ length: 100 }, (_, i) => i + 1).filter((n) => n !== 51 && n !== 52);
const log = accessLog([
  ...days.flatMap((n) => [...pages(WEB, 1, n, 8, "java-i"), ...pages(DATA, 2, n, 4, "sql/joins")]),
  ...days
    .filter((n) => n <= 50)
    .flatMap((n) => [...pages(WEB, 1, n, 2, "sql/joins"), ...pages(DATA, 2, n, 1, "java-i")]),
  ...pages(DATA, 3, 60, 1, "java-i"),
  ...pages(DATA, 4, 80, 4, "java-ii"),
  ...pages(DATA, 4, 80, 1, "java-i"),
  ...pages(DATA, 4, 80, 3, "sql/joins"),
  ...pages(DATA, 4, 80, 9, "/"),
  ...pages(DATA, 5, 20, 7, "java-i"),
  ...pages(STAFF, 6, 90, 9, "sql/joins"),
  ...pages(NOBODY, 7, 90, 9, "sql/joins"),
]);

const found = crossProgramShutOff(log, curricula);
const [data, either, web] = found.toRecords();

it("crossProgramShutOff leaves out a day and what comes after where it is asked about the time before", () => {
  const until = crossProgramShutOff(log, curricula, { until: "2019-11-22" });
  expect(until.getColumn("shut_off").nullCount()).toBe(3); // fifty days, one of seven pages more
  const early = log.filter(pl.col("date").lt(pl.lit(new Date("2019-11-22"))));
  expect(rowsOf(until)).toEqual(rowsOf(crossProgramShutOff(early, curricula)));
});

it("crossProgramShutOff finds the first day on which students read again and not the other curriculum", () => {
  expect(found.getColumn("direction").toArray()).toEqual([
    "data science students on web development",
    "either direction",
    "web development students on data science",
  ]);
  expect(either).toMatchObject({
    shut_off: new Date("2019-11-22"), // day 53: nobody reads on 51 and 52
    last_before: new Date("2019-11-19T10:00:01Z"),
    first_after: new Date("2019-11-29T10:00:00Z"),
    pages_before: 157, // 50 * 3 + 7
    pages_after: 6,
    users_before: 3,
    users_after: 2,
    rate_before: 157 / 757, // 50 * 15 + 7
    rate_after: 6 / 585, // 48 * 12 + 1 + 8
    rate_from: new Date("2019-10-01"),
    rate_until: new Date("2020-01-08"),
    p_value: null, // fifteen weeks
  });
  expect(web).toMatchObject({ pages_before: 100, pages_after: 0, first_after: null });
  expect(data?.shut_off).toEqual(new Date("2019-11-22"));
  expect(either?.finding).toMatch(
    new RegExp(
      "^either direction: of the pages that students read, those of the other program's curriculum " +
        "fell on November 22, 2019 from 207.4 in 1,000 \\(since October 1, 2019\\) to 10.26 in 1,000 " +
        "\\(until January 8, 2020\\); a p-value cannot be computed: weeks are too few or too alike " +
        "\\(lag-1 autocorrelation -?0\\.\\d+\\)\\.$",
    ),
  );
});

it("crossProgramShutOff finds none where reading goes on, or only begins", () => {
  const open = log.filter(pl.col("date").ltEq(pl.lit(new Date("2019-11-19")).cast(pl.Date)));
  expect(crossProgramShutOff(open, curricula).getColumn("shut_off").nullCount()).toBe(3);
  const begins = accessLog([...pages(WEB, 1, 1, 5, "java-i"), ...pages(WEB, 1, 2, 5, "sql/joins")]);
  const [, none] = rowsOf(crossProgramShutOff(begins, curricula));
  expect(none?.slice(0, 4)).toEqual(["either direction", null, null, null]);
  expect(none?.at(-1)).toBe("either direction: no such fall was found.");
});

it("crossProgramShutOff gives one direction alone when asked", () => {
  const only = crossProgramShutOff(log, curricula, { only: "either direction" });
  expect(rowsOf(only)).toEqual(rowsOf(found).slice(1, 2));
});

const flags = (frame: pl.DataFrame) => rowsOf(frame.filter(pl.col("score").gt(pl.lit(1))));

it("crossProgramDays flags a handful of pages after the shut-off, not a stray one, nor what was open before", () => {
  const found = crossProgramDays(log, { curricula });
  expect(flags(found)).toEqual([
    [
      ...[4, "2019-12-19", 5, 3, 0.625, 5 / 3],
      "A data science student opened 5 pages of web development (such as “java-i”, “java-ii”), " +
        "though they should not open since November 22, 2019: 63% of the day's lessons; " +
        "up to 3 may be a mistake.",
    ],
  ]);
  const rows = rowsOf(found);
  expect(rows).toHaveLength(50 + 50 + 3);
  expect(rows.find(([user]) => user === 3)).toEqual([3, "2019-11-29", 1, 0, 1, 1 / 3, null]);
  expect(rows.find(([user]) => user === 5)).toEqual([5, "2019-10-20", 7, 0, 1, 1, null]);
});

it("crossProgramDays goes by the day that it is told", () => {
  expect(flags(crossProgramDays(log, { curricula, from: "2019-12-20" }))).toEqual([]);
  const early = flags(crossProgramDays(log, { curricula, from: new Date("2019-10-20") }));
  expect(early.map(([user, on]) => [user, on])).toEqual([
    [4, "2019-12-19"],
    [5, "2019-10-20"],
  ]);
  const [first] = flags(crossProgramDays(log, { curricula, from: "2019-10-01", allowed: 6 }));
  expect(first?.[5]).toBe(7 / 6);
});

it("crossProgramDays counts every day where no shut-off is found", () => {
  const two = accessLog([...pages(DATA, 1, 1, 4, "java-i"), ...pages(DATA, 1, 2, 4, "java-i")]);
  const found = flags(crossProgramDays(two, { curricula }));
  expect(found).toHaveLength(2);
  expect(found[0]?.[6]).toContain("where no day is known since when they should not open");
});

it("crossProgramDays shows a path without what would move a terminal's cursor", () => {
  const path = "java-i/\u202e\u001b[2J";
  const hostile = accessLog(pages(DATA, 1, 1, 4, path));
  const known = pl.DataFrame({ path: [path], curriculum: ["web development"] });
  const [flag] = flags(crossProgramDays(hostile, { curricula: known }));
  expect(flag?.[6]).toContain("java-i/\\u202e\\u001b[2J");
});
