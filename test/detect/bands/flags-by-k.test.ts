import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, bollingerBands, flagsByK, flagsByWeekday, where } from "../../../lib";
import { daily, rowsOf } from "../../support/access-log";
import { randomIntegers } from "../../support/random";

const random = randomIntegers(20180128);
const users = pl.concat(
  Array.from({ length: 30 }, (_, i) => {
    const pages = Array.from({ length: random(1, 200) }, () => Math.max(0, random(-60, 40)));
    return daily(...pages).withColumns(pl.lit(i).cast(pl.Int64).alias("user_id"));
  }),
);

it.each(["ewm", "robust"] as const)("flagsByK counts what %s bands flag", (method) => {
  const ks = [1, 2, 2.25, 3.5, 6];
  const expected = [7, 30].flatMap((span) =>
    ks.map((k) => {
      const flags = where(bollingerBands(users, { span, k, method }), { pct_b: above(1) });
      return [span, k, flags.height, flags.getColumn("user_id").nUnique()];
    }),
  );
  const found = flagsByK(users, { ks: [...ks].reverse(), spans: [30, 7, 30], method });
  expect(rowsOf(found)).toEqual(expected);
  expect(expected.some((row) => row[2]! > 0)).toBe(true);
});

it("flagsByK counts the whole site as one, and nothing in nothing", () => {
  const site = daily(...Array(40).fill(0), 9).drop("user_id");
  expect(rowsOf(flagsByK(site, { ks: [2, 6], by: null }))).toEqual([
    [30, 2, 1, 1],
    [30, 6, 0, 0],
  ]);
  expect(rowsOf(flagsByK(daily(), { ks: [2] }))).toEqual([[30, 2, 0, 0]]);
});

// 1 January 2020 was a Wednesday: the 60 days have nine of Wednesday to Saturday.
const rhythm = daily(
  ...Array.from({ length: 60 }, (_, day) => ((day + 2) % 7 >= 5 ? 0 : 20 + (day % 2))),
);

it("flagsByWeekday counts days with a place between bands and those above, Monday first", () => {
  const banded = bollingerBands(rhythm, { k: 0.5 });
  const found = flagsByWeekday(banded);
  // The first Wednesday has no band.
  expect(found.getColumn("days").toArray()).toEqual([8, 8, 8, 9, 9, 9, 8]);
  expect(found.getColumn("weekday").toArray()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const flags = found.getColumn("flags").toArray() as number[];
  expect(flags.slice(5)).toEqual([0, 0]);
  expect(flags[0]).toBeGreaterThan(6);
  expect(found.getColumn("share").get(0)).toBe(flags[0]! / 8);
  const none = rowsOf(flagsByWeekday(bollingerBands(daily(5))));
  expect(none).toEqual([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 0, 0, null]));
});
