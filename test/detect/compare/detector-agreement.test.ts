import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { detectorAgreement } from "../../../lib/detect/compare/detector-agreement";
import { days, rowsOf } from "../../support/access-log";

const scores = pl.DataFrame([
  pl.Series("detector", ["b", "b", "b", "a", "a", "c"], pl.String),
  pl.Series("user_id", [1, 1, 2, 1, 2, 1], pl.Int64),
  days("date", [
    "2020-02-29",
    "2020-03-01",
    "2020-02-29",
    "2020-02-29",
    "2020-02-29",
    "2020-03-01",
  ]),
  pl.Series("score", [2, 2, 1.1, 9, 1, 0.2], pl.Float64),
]);

it("gives the share of days that both flag, of those that either flags, by hand", () => {
  // b flags three days, a one of them (a score of 1 is no flag), c none.
  expect(rowsOf(detectorAgreement(scores))).toEqual([
    ["b", "b", 3, 3, 1],
    ["b", "a", 3, 1, 1 / 3],
    ["b", "c", 3, 0, 0],
    ["a", "b", 1, 1, 1 / 3],
    ["a", "a", 1, 1, 1],
    ["a", "c", 1, 0, 0],
    ["c", "b", 0, 0, 0],
    ["c", "a", 0, 0, 0],
    ["c", "c", 0, 0, null],
  ]);
});

it("gives nothing for nothing, and says what it needs", () => {
  expect(detectorAgreement(scores.head(0)).height).toBe(0);
  expect(() => detectorAgreement(scores.drop("date"))).toThrow(
    "detectorAgreement needs column date",
  );
});

it("says how many rows name no user", () => {
  const nobody = scores.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"));
  expect(() => detectorAgreement(nobody)).toThrow(
    `detectorAgreement needs user_id in every row; ${scores.height} of ${scores.height} rows have none`,
  );
});
