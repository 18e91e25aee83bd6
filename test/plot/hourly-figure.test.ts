import { expect, it } from "vitest";
import { hourlyPageViews } from "../../lib/explore/hourly-page-views";
import { hourlyFigure } from "../../lib/plot/hourly-figure";
import { accessLog } from "../support/access-log";

it("places page views by weekday and hour, Monday on top", () => {
  const log = accessLog([
    { at: "2021-03-15 09:00:00" }, // a Monday
    { at: "2021-03-21 23:30:00" }, // a Sunday
    { at: "2021-03-21 23:31:00" },
  ]);
  const figure = hourlyFigure(hourlyPageViews(log), { title: "t" });
  const [heat] = figure.data as { y: string[]; z: number[][]; zmin: number; zmax: number }[];
  expect([heat?.zmin, heat?.zmax]).toEqual([0, 2]);
  expect([heat?.y[0], heat?.z[0]?.[9], heat?.z[6]?.[23]]).toEqual(["Monday", 1, 2]);
  expect(heat?.z.flat().reduce((a, b) => a + b)).toBe(3);
  expect(figure.layout.yaxis).toEqual({ type: "category", autorange: "reversed" });
  expect(figure.description).toContain("the most, 2, on Sundays from 23:00.");
});
