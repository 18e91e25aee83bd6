import { expect, it } from "vitest";
import { bollingerBands, dailyPageViews, detectorScores, ONE_LINERS, where } from "../../../lib";
import { accessLog, rowsOf } from "../../support/access-log";

/** So many different pages from a time on, a minute apart, each opened twice. */
const opened = (at: string, pages: number) =>
  Array.from({ length: pages }, (_, page) => {
    const time = new Date(Date.parse(`${at}Z`) + 60_000 * page).toISOString();
    const line = { at: time.slice(0, 19).replace("T", " "), path: `page-${page}` };
    return [line, line];
  }).flat();

const log = accessLog([
  ...opened("2020-03-02T09:00", 4),
  ...opened("2020-03-03T09:00", 90),
  ...opened("2020-03-05T09:00", 30),
]);
const scores = detectorScores(log, { detectors: ONE_LINERS });
const of = (detector: string) =>
  rowsOf(where(scores, { detector })).map(([, , day, score, finding]) => [day, score, finding]);

it("counts pages of the day, repeated ones too, on days with pages", () => {
  expect(of("pages of the day")).toEqual([
    ["2020-03-02", 8 / 100, null],
    ["2020-03-03", 180 / 100, null],
    ["2020-03-05", 60 / 100, null],
  ]);
});

it("counts different pages of the busiest hour", () => {
  expect(of("pages of an hour")).toEqual([
    ["2020-03-02", 4 / 28, null],
    ["2020-03-03", 60 / 28, null],
    ["2020-03-05", 30 / 28, null],
  ]);
});

it("counts pages above the band, on days that have one", () => {
  const banded = bollingerBands(dailyPageViews(log)).toRecords();
  const above = [1, 3].map((day) => Number(banded[day]!.pages) - Number(banded[day]!.upper_band));
  expect(of("pages above the band").map(([day, score]) => [day, score])).toEqual([
    ["2020-03-03", above[0]! / 25],
    ["2020-03-05", above[1]! / 25],
  ]);
});

it("adds nothing to the combined ranking", () => {
  expect(of("combined")).toEqual([]);
});
