import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import {
  above,
  atLeast,
  atMost,
  below,
  between,
  not,
  type Wanted,
  where,
} from "../../lib/log/where";

const day = (text: string) => new Date(text);
const frame = pl.DataFrame([
  pl.Series("row", [0, 1, 2, 3], pl.Int64),
  pl.Series("cohort", ["Staff", null, "Ada", "cohort"], pl.String),
  pl.Series("pages", [1, 5, null, 10], pl.Int64),
  pl.Series("pct_b", [Number.NaN, 0.5, 1.5, null], pl.Float64),
  pl.Series("date", [17_000, 17_001, null, 17_003], pl.Int32).cast(pl.Date),
  pl.Series("flagged", [true, false, null, true], pl.Bool),
]);
const rows = (conditions: Record<string, Wanted>) =>
  Array.from(where(frame, conditions).getColumn("row").toArray(), Number);

describe("where", () => {
  it.each<[string, Record<string, Wanted>, number[]]>([
    ["no condition", {}, [0, 1, 2, 3]],
    ["text that is also a column's name", { cohort: "cohort" }, [3]],
    ["any of a list", { cohort: ["Ada", "Staff"] }, [0, 2]],
    ["a value or none", { cohort: ["Ada", null] }, [1, 2]],
    ["neither a value nor none", { cohort: not(["Ada", null]) }, [0, 3]],
    ["any of a long list", { cohort: ["a", "b", "c", "Ada", "Staff"] }, [0, 2]],
    ["none of a long list of numbers", { pages: not([2, 3, 4, 5]) }, [0, 2, 3]],
    ["an empty list", { cohort: [] }, []],
    ["no value", { cohort: null }, [1]],
    ["some value", { cohort: not(null) }, [0, 2, 3]],
    ["another value or none", { cohort: not("Staff") }, [1, 2, 3]],
    ["none of a list", { cohort: not(["Staff", "Ada"]) }, [1, 3]],
    ["not not", { cohort: not(not("Staff")) }, [0]],
    ["a number", { pages: 5 }, [1]],
    ["a big integer", { pages: 5n }, [1]],
    ["above", { pages: above(5) }, [3]],
    ["at least", { pages: atLeast(5) }, [1, 3]],
    ["below", { pages: below(5) }, [0]],
    ["at most", { pages: atMost(5) }, [0, 1]],
    ["between", { pages: between(1, 5) }, [0, 1]],
    ["not above", { pages: not(above(5)) }, [0, 1, 2]],
    ["NaN is above nothing", { pct_b: above(1) }, [2]],
    ["NaN is at least nothing", { pct_b: atLeast(0) }, [1, 2]],
    ["a day", { date: day("2016-07-18") }, [0]],
    ["days", { date: [day("2016-07-18"), day("2016-07-21")] }, [0, 3]],
    ["after a day", { date: above(day("2016-07-18")) }, [1, 3]],
    ["true", { flagged: true }, [0, 3]],
    ["several conditions", { cohort: not("Staff"), pages: atLeast(5) }, [1, 3]],
  ])("%s", (_, conditions, expected) => {
    expect(rows(conditions)).toEqual(expected);
  });

  it("says which column is missing, and what cannot be compared", () => {
    expect(() => rows({ cohrt: "Ada" })).toThrow(
      "where needs column cohrt; the frame has row, cohort",
    );
    expect(() => rows({ pages: "5" })).toThrow(
      new TypeError('where needs a number to compare column pages with, got "5"'),
    );
    expect(() => rows({ date: above("2016-07-18") })).toThrow("where needs a Date to compare");
    expect(() => rows({ cohort: not(day("2016-07-18")) })).toThrow("got a Date");
  });
});
