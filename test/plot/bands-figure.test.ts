import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { frameOf } from "../../lib/log/frame-of";
import { bandsFigure } from "../../lib/plot/bands-figure";
import { dailyFigure, quietDaysFigure } from "../../lib/plot/daily-figures";
import { campusFigure } from "../../lib/plot/rate-figures";
import { COLORS } from "../../lib/plot/theme";
import { daily } from "../support/access-log";
import { day, layout, traces } from "./parts";

const quietThen = (pages: number) => daily(...Array(19).fill(3), pages, 3);

describe("bandsFigure", () => {
  const figure = bandsFigure(bollingerBands(quietThen(40)), { title: "User 1 opened 40 pages" });

  it("marks the days above the upper band, and only those, as unusual", () => {
    expect(traces(figure)[4]).toMatchObject({ x: ["2020-01-20"], y: [40] });
    expect(traces(figure)[4]!.marker.color).toBe(COLORS.unusual);
    expect(figure.description).toBe(
      "Page views per day from 2020-01-01 to 2020-01-21; the most, 40, on 2020-01-20. " +
        "1 day lies above the upper band: 2020-01-20.",
    );
    const flat = bandsFigure(bollingerBands(quietThen(3)), { title: "" });
    expect(traces(flat)[4]!.x).toEqual([]);
    expect(flat.description).toContain("No day lies above the upper band.");
  });

  it("draws no band on the first day, and none below 0", () => {
    const [lower, upper, pages, midband] = traces(figure);
    expect([pages!.x0, pages!.dx, pages!.y.length]).toEqual(["2020-01-01", 86_400_000, 21]);
    expect(midband!.y).toHaveLength(21);
    expect([upper!.x0, upper!.y.length]).toEqual(["2020-01-02", 20]);
    expect(Math.min(...lower!.y)).toBe(0);
  });

  it("states the finding, the unit and the zero", () => {
    expect(layout(figure)).toMatchObject({
      title: { text: "User 1 opened 40 pages" },
      yaxis: { title: { text: "page views per day" }, rangemode: "tozero" },
    });
  });

  it("refuses several users at once, whose lines would cross", () => {
    const two = pl.concat([daily(1, 2), daily(1, 2)]);
    const other = two.withColumns(pl.Series("user_id", [1, 1, 2, 2], pl.Int64));
    expect(() => bandsFigure(bollingerBands(other), { title: "" })).toThrow(
      "2020-01-01 is there twice: filter the frame to one",
    );
    expect(() => dailyFigure(two, { title: "" })).toThrow("dailyFigure draws one user's days");
  });
});

it("dailyFigure draws days in order, and tells the highest in words", () => {
  const figure = dailyFigure(daily(1, 1500, 2).sort("pages"), { title: "t" });
  expect(traces(figure)[0]!.y).toEqual([1, 1500, 2]);
  expect(figure.description).toBe(
    "Page views per day from 2020-01-01 to 2020-01-03; the most, 1,500, on 2020-01-02.",
  );
  expect(dailyFigure(daily(), { title: "t" }).description).toBe("No days to show.");
});

it("quietDaysFigure marks quiet days on the line of all days", () => {
  const [normal, low] = [day("2020-01-06"), day("2020-01-07")];
  const rows = [
    { date: normal, pages: 30 },
    { date: low, pages: 3, usual_pages: 30 },
  ];
  const all = frameOf(rows, "date", "pages");
  const quiet = frameOf(rows.slice(1), "date", "pages", "usual_pages");
  const { data, description } = quietDaysFigure(all, quiet, { title: "t" });
  expect(data).toMatchObject([
    { mode: "lines", x0: "2020-01-06", y: [30, 3] },
    { mode: "markers", x: ["2020-01-07"], y: [3], customdata: [30] },
  ]);
  expect(description).toContain("1 quiet weekdays are marked");
  const none = all.withColumns(pl.lit(null).cast(pl.Date).alias("date"));
  expect(() => quietDaysFigure(none, quiet, { title: "" })).toThrow(
    /^quietDaysFigure needs date in every row/,
  );
  const nameless = quiet.withColumns(pl.lit(null).cast(pl.Date).alias("date"));
  expect(() => quietDaysFigure(all, nameless, { title: "" })).toThrow(
    /^quietDaysFigure \(quiet\) needs date in every row/,
  );
});

it("campusFigure draws the share by week, with the day of the move and both means", () => {
  const weeks = [
    { period: day("2020-03-16"), campus_share: 0.5 },
    { period: day("2020-03-23"), campus_share: null },
  ];
  const shares = frameOf(weeks, "period", "campus_share");
  const moves = [{ moved: day("2020-03-20"), share_before: 0.5, share_after: 0 }];
  const move = frameOf(moves, "moved", "share_before", "share_after");
  const figure = campusFigure(shares, { title: "t", move });
  expect(figure.data).toMatchObject([
    { x: ["2020-03-16", "2020-03-23"], y: [0.5, null], mode: "lines" },
    { x: ["2020-03-16", "2020-03-20"], y: [0.5, 0.5] },
    { x: ["2020-03-20", "2020-03-23"], y: [0, 0] },
  ]);
  expect(figure.layout.shapes).toMatchObject([{ x0: "2020-03-20" }]);
  expect(campusFigure(shares, { title: "t" }).layout.shapes).toEqual([]);
});
