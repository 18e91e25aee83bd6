import { expect, it } from "vitest";
import { bollingerAnomalies, bollingerBands, dailyPageViews } from "../../../lib";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

/** A log with so many pages on days from 1 January 2020 on. */
const logOf = (pages: number[], row: Partial<Request> = {}): Request[] =>
  pages.flatMap((count, day) => {
    const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
    return Array.from({ length: count }, () => {
      return { ip: "198.18.0.9", ...row, at: `${date} 10:00:00` };
    });
  });
const bandsOf = (log: Request[], options = {}) =>
  bollingerBands(dailyPageViews(accessLog(log)), options);
const steady = (pages: number, spike = pages) =>
  Array.from({ length: 30 }, (_, i) => (i === 19 ? spike : pages));

// User 1 reads 3 pages a day and 40 on 20 January; user 2 reads 5 every day.
const log = accessLog([...logOf(steady(3, 40)), ...logOf(steady(5), { user_id: 2 })]);

it("bollingerAnomalies finds the one day planted in a quiet month, and no one who never changes", () => {
  const banded = bollingerBands(dailyPageViews(log));
  const found = bollingerAnomalies(log);
  expect(rowsOf(found.select("user_id", "date", "pages"))).toEqual([[1, "2020-01-20", 40]]);
  expect(rowsOf(found)).toEqual(rowsOf(banded.slice(19, 1)));
  expect(found.columns).toEqual(banded.columns);
});

it("bollingerAnomalies looks at addresses, or at the whole site, when asked", () => {
  const by = (by: string | null) => rowsOf(bollingerAnomalies(log, { by }))[0];
  expect(by("ip")?.slice(0, 3)).toEqual(["198.18.0.9", "2020-01-20", 45]);
  expect(by(null)?.slice(0, 2)).toEqual(["2020-01-20", 45]);
});

it("bands, from the log's rows to the end are one series for a user who changes cohorts, null on a single day", () => {
  const moved = logOf([4, 6], { cohort_id: 1 }).concat(logOf([0, 0, 8]));
  expect(rowsOf(bandsOf(moved, { span: 3 }))).toEqual(
    rowsOf(bandsOf(logOf([4, 6, 8]), { span: 3 })),
  );
  expect(rowsOf(bandsOf(logOf([7])))).toEqual([[1, "2020-01-01", 7, 7, null, null, null]]);
  expect(bandsOf(logOf([7], { path: null })).height).toBe(0);
});
