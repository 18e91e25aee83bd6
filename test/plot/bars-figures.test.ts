import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { topPaths } from "../../lib/explore/top-paths";
import { valueCounts } from "../../lib/explore/value-counts";
import { suspectsFigure, topPathsFigure, valueCountsFigure } from "../../lib/plot/bars-figures";
import { COLORS, PROGRAM_COLORS } from "../../lib/plot/theme";
import { accessLog } from "../support/access-log";
import { tableOf } from "../support/table-of";
import { layout, traces } from "./parts";

const title = "t";

describe("topPathsFigure", () => {
  it("names each bar by group and path, in the program's color, a hostile path as text", () => {
    const log = accessLog(
      [
        { program: "Data Science", path: "<img src=x onerror=alert(1)>" },
        ...Array(2).fill({ program: "Java Full Stack", path: "toc" }),
      ].map((row) => ({ at: "2020-01-01 10:00:00", ...row })),
    );
    const figure = topPathsFigure(topPaths(log, { by: "program" }), { title });
    const { x, y, marker } = traces(figure)[0]!;
    expect(y[0]).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(JSON.stringify(figure)).not.toContain("<img");
    expect([y[1], x]).toEqual(["Java Full Stack · toc", [1, 2]]);
    const colors = ["Data Science", "Java Full Stack"].map((program) => PROGRAM_COLORS[program]);
    expect(marker.color).toEqual(colors);
    const xaxis = { title: { text: "page views" }, rangemode: "tozero" };
    expect(layout(figure).xaxis).toMatchObject(xaxis);
    expect(figure.description).toContain("the longest: Java Full Stack · toc 2, Data Science");
  });

  it("keeps bars apart whose labels are cut to the same text", () => {
    const long = "a".repeat(500);
    const top = pl.DataFrame({ path: [`${long}1`, `${long}2`], pages: [2, 1] });
    expect(new Set(traces(topPathsFigure(top, { title }))[0]!.y).size).toBe(2);
  });
});

describe("valueCountsFigure", () => {
  it("draws a bar per value, the largest on top, and names those without", () => {
    const frame = pl.DataFrame({ year: ["2019", null, null] });
    const figure = valueCountsFigure(valueCounts(frame, "year", { nulls: true }), { title });
    const marker = { color: [COLORS.usual, COLORS.usual] };
    expect(traces(figure)[0]).toMatchObject({ y: ["none", "2019"], x: [2, 1], marker });
    expect(layout(figure).yaxis).toEqual({ type: "category", autorange: "reversed" });
  });

  it("keeps bars apart where a value is what others are called here", () => {
    const counts = pl.DataFrame({ year: [null, "none", "none (2)"], rows: [3, 2, 1] });
    const [bars] = traces(valueCountsFigure(counts, { title }));
    expect(bars!.y).toEqual(["none", "none (2)", "none (2) (2)"]);
  });

  it.each([
    [{ year: ["2019"] }, "valueCountsFigure needs column rows"],
    [{ rows: [1] }, "needs a column of values beside rows"],
  ])("says what it needs of %o", (columns, said) => {
    expect(() => valueCountsFigure(pl.DataFrame(columns), { title })).toThrow(said);
  });
});

it("suspectsFigure has a bar for each kind and for users and addresses, the gravest first", () => {
  const found = ["user", "user", "address"].map((what) => ["copying", what]);
  const suspects = tableOf("kind what", ["outsider", "user"], ...found);
  const { data, description } = suspectsFigure(suspects, { title });
  const y = ["copying: users", "copying: addresses", "outsider: users"];
  expect(data).toMatchObject([{ y, x: [2, 1, 1] }]);
  expect(description).toContain("3 bars");
  expect(suspectsFigure(suspects.head(0), { title }).description).toBe("No bars to show.");
});
