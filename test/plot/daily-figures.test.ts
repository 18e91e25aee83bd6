import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { hourlyPageViews } from "../../lib/explore/hourly-page-views";
import { bandsFigure } from "../../lib/plot/bands-figure";
import { dailyFigure, quietDaysFigure } from "../../lib/plot/daily-figures";
import { hourlyFigure } from "../../lib/plot/hourly-figure";
import { COLORS } from "../../lib/plot/theme";
import { accessLog, daily } from "../support/access-log";
import { tableOf } from "../support/table-of";
import { layout, traces } from "./parts";

const title = "t";
const quietThen = (pages: number) => daily(...Array(19).fill(3), pages, 3);

describe("bandsFigure", () => {
  const figure = bandsFigure(bollingerBands(quietThen(40)), { title });

  it("marks the days above the upper band, and only those, as unusual", () => {
    const unusual = { x: ["2020-01-20"], y: [40], marker: { color: COLORS.unusual } };
    expect(traces(figure)[4]).toMatchObject(unusual);
    expect(figure.description).toBe(
      "Page views per day from 2020-01-01 to 2020-01-21; the most, 40, on 2020-01-20. " +
        "1 day lies above the upper band: 2020-01-20.",
    );
    const flat = bandsFigure(bollingerBands(quietThen(3)), { title });
    expect(traces(flat)[4]!.x).toEqual([]);
    expect(flat.description).toContain("No day lies above the upper band.");
  });

  it("draws no band on the first day, and none below 0; states finding, unit and zero", () => {
    const [lower, upper, pages, midband] = traces(figure);
    expect([pages!.x0, pages!.dx, pages!.y.length]).toEqual(["2020-01-01", 86_400_000, 21]);
    expect([midband!.y.length, upper!.x0, upper!.y.length]).toEqual([21, "2020-01-02", 20]);
    expect(Math.min(...lower!.y)).toBe(0);
    const yaxis = { title: { text: "page views per day" }, rangemode: "tozero" };
    expect(layout(figure)).toMatchObject({ title: { text: title }, yaxis });
  });

  it("refuses several users at once, whose lines would cross", () => {
    const two = pl.concat([daily(1, 2), daily(1, 2)]);
    const banded = bollingerBands(two.withColumns(pl.Series("user_id", [1, 1, 2, 2], pl.Int64)));
    expect(() => bandsFigure(banded, { title })).toThrow(
      "2020-01-01 is there twice: filter the frame to one",
    );
    expect(() => dailyFigure(two, { title })).toThrow("dailyFigure draws one user's days");
  });
});

it("dailyFigure draws days in order, and tells the highest in words", () => {
  const figure = dailyFigure(daily(1, 1500, 2).sort("pages"), { title });
  expect(traces(figure)[0]!.y).toEqual([1, 1500, 2]);
  expect(figure.description).toBe(
    "Page views per day from 2020-01-01 to 2020-01-03; the most, 1,500, on 2020-01-02.",
  );
  expect(dailyFigure(daily(), { title }).description).toBe("No days to show.");
});

it("quietDaysFigure marks quiet days on the line of all days", () => {
  const all = tableOf("date pages", ["2020-01-06", 30], ["2020-01-07", 3]);
  const quiet = tableOf("date pages usual_pages", ["2020-01-07", 3, 30]);
  const { data, description } = quietDaysFigure(all, quiet, { title });
  expect(data).toMatchObject([
    { mode: "lines", x0: "2020-01-06", y: [30, 3] },
    { mode: "markers", x: ["2020-01-07"], y: [3], customdata: [30] },
  ]);
  expect(description).toContain("1 quiet weekdays are marked");
  const dateless = (frame: pl.DataFrame) =>
    frame.withColumns(pl.lit(null).cast(pl.Date).alias("date"));
  expect(() => quietDaysFigure(dateless(all), quiet, { title })).toThrow(
    /^quietDaysFigure needs date in every row/,
  );
  expect(() => quietDaysFigure(all, dateless(quiet), { title })).toThrow(
    /^quietDaysFigure \(quiet\) needs date in every row/,
  );
});

it("hourlyFigure places page views by weekday and hour, Monday on top", () => {
  // a Monday and twice a Sunday
  const times = ["2021-03-15 09:00:00", "2021-03-21 23:30:00", "2021-03-21 23:31:00"];
  const figure = hourlyFigure(hourlyPageViews(accessLog(times.map((at) => ({ at })))), { title });
  const { y, z, zmin, zmax } = traces(figure)[0]!;
  expect([zmin, zmax, y[0], z[0][9], z[6][23]]).toEqual([0, 2, "Monday", 1, 2]);
  expect(z.flat().reduce((a: number, b: number) => a + b)).toBe(3);
  expect(layout(figure).yaxis).toEqual({ type: "category", autorange: "reversed" });
  expect(figure.description).toContain("the most, 2, on Sundays from 23:00.");
});
