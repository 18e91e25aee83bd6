import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { frameOf } from "../../lib/log/frame-of";
import { campusFigure } from "../../lib/plot/campus-figure";
import { quietDaysFigure } from "../../lib/plot/quiet-days-figure";
import { days } from "../support/access-log";

const daily = pl.DataFrame([
  days("date", ["2020-01-06", "2020-01-07"]),
  pl.Series("pages", [30, 3], pl.Int64),
]);
const quiet = pl.DataFrame([
  days("date", ["2020-01-07"]),
  pl.Series("pages", [3], pl.Int64),
  pl.Series("usual_pages", [30], pl.Float64),
]);

describe("quietDaysFigure", () => {
  it("marks quiet days on the line of all days", () => {
    const { data, description } = quietDaysFigure(daily, quiet, { title: "t" });
    expect(data).toMatchObject([
      { mode: "lines", x0: "2020-01-06", y: [30, 3] },
      { mode: "markers", x: ["2020-01-07"], y: [3], customdata: [30] },
    ]);
    expect(description).toContain("1 quiet weekdays are marked");
  });

  it("draws a log without any", () => {
    const nothing = quietDaysFigure(daily.head(0), quiet.head(0), { title: "t" });
    expect(nothing.description).toContain("No days to show.");
  });
});

describe("campusFigure", () => {
  const shares = pl.DataFrame([
    days("period", ["2020-03-16", "2020-03-23"]),
    pl.Series("campus_share", [0.5, null], pl.Float64),
  ]);

  it("draws the share by week, with the day of the move and both means", () => {
    const move = frameOf(
      [{ share_before: 0.5, share_after: 0 }],
      "share_before",
      "share_after",
    ).withColumns(days("moved", ["2020-03-20"]));
    const { data, layout } = campusFigure(shares, { title: "t", move });
    expect(data).toMatchObject([
      { x: ["2020-03-16", "2020-03-23"], y: [0.5, null] },
      { x: ["2020-03-16", "2020-03-20"], y: [0.5, 0.5] },
      { x: ["2020-03-20", "2020-03-23"], y: [0, 0] },
    ]);
    expect(layout.shapes).toMatchObject([{ x0: "2020-03-20" }]);
  });

  it("draws the share alone where nobody moved", () => {
    expect(campusFigure(shares, { title: "t" }).layout.shapes).toEqual([]);
  });
});

describe("figures of days, of a row without one", () => {
  it("say so", () => {
    const none = daily.withColumns(pl.lit(null).cast(pl.Date).alias("date"));
    expect(() => quietDaysFigure(none, quiet, { title: "" })).toThrow(
      /^quietDaysFigure needs date in every row/,
    );
    const marked = quiet.withColumns(pl.lit(null).cast(pl.Date).alias("date"));
    expect(() => quietDaysFigure(daily, marked, { title: "" })).toThrow(
      /^quietDaysFigure \(quiet\) needs date in every row/,
    );
  });
});
