import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { bandCeiling, bandHistory, bollingerBands, excessPages } from "../../../lib";
import { daily, rowsOf } from "../../support/access-log";

/** Days of several users, numbered from 1. */
const users = (...pages: number[][]) =>
  pl.concat(
    pages.map((days, i) => {
      const user = pl
        .lit(i + 1)
        .cast(pl.Int64)
        .alias("user_id");
      return daily(...days).withColumns(user);
    }),
  );
const quiet = Array<number>(40).fill(0);

it("excessPages ranks flags that pct_b cannot: one page and 300 after a quiet time", () => {
  const banded = excessPages(bollingerBands(users([...quiet, 300], [...quiet, 1])));
  const last = banded.filter(pl.col("pages").gt(pl.lit(0)));
  const [high, low] = last.getColumn("pct_b").toArray() as number[];
  expect(high).toBeCloseTo(low!, 9);
  const [many, few] = last.getColumn("excess_pages").toArray() as number[];
  expect(many).toBeCloseTo(300 * few!, 9);
  expect(many).toBe(300 - (last.getColumn("upper_band").get(0) as number));
  expect(banded.getColumn("excess_pages").get(0)).toBeNull(); // without a band
});

it("bandHistory says who could be flagged at all, beside who is", () => {
  const days = users([...quiet, 300, 0], [0, 0, 0, 9], [5, 5, 5, 5, 5, 5, 5]);
  const histories = bandHistory(bollingerBands(days));
  expect(
    rowsOf(histories.select("user_id", "days", "active_days", "can_be_flagged", "flags")),
  ).toEqual([
    [1, 42, 1, true, 1],
    [2, 4, 1, false, 0],
    [3, 7, 7, true, 0],
  ]);
  expect(histories.getColumn("ceiling").toArray()).toEqual([42, 4, 7].map((n) => bandCeiling(n)));
  const highest = histories.getColumn("highest_pct_b").toArray() as (number | null)[];
  expect(highest[0]).toBeCloseTo(bandCeiling(41)!, 9);
  expect(highest[2]).toBeNull();
  expect(histories.getColumn("excess_pages").get(2)).toBe(0);
});

it("bandHistory has no ceiling on the only day of a history, nor at settings that flag nobody", () => {
  expect(rowsOf(bandHistory(bollingerBands(daily(7))))).toEqual([
    [1, 1, 1, null, false, null, 0, null],
  ]);
  const banded = bollingerBands(daily(...quiet, 300), { k: 6 });
  expect(rowsOf(bandHistory(banded, { k: 6 }).select("can_be_flagged"))).toEqual([[false]]);
});

it("bandHistory has no ceiling for robust bands, under which a history of six weekdays can be flagged", () => {
  const days = users([...quiet, 300], [0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 9]);
  const banded = bollingerBands(days, { method: "robust" });
  const histories = bandHistory(banded, { method: "robust" });
  expect(rowsOf(histories.select("ceiling", "can_be_flagged", "highest_pct_b", "flags"))).toEqual([
    [null, true, 75.5, 1],
    [null, false, null, 0],
    [null, true, 2.75, 1],
  ]);
});

it("bandHistory takes the whole site as one, and nothing for nothing", () => {
  const site = bollingerBands(daily(...quiet, 300).drop("user_id"), { by: null });
  expect(rowsOf(bandHistory(site, { by: null }).select("days", "flags"))).toEqual([[41, 1]]);
  expect(bandHistory(site.head(0), { by: null }).height).toBe(0);
});
