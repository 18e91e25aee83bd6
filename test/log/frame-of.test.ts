import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { frameOf } from "../../lib/log/frame-of";
import { rowsOf, typesOf } from "../support/access-log";

const types = { kind: pl.String, stories: pl.Int64, recall: pl.Float64 };

it("makes rows into columns in the order of the types, null where a value is missing", () => {
  const frame = frameOf(
    [
      { stories: 2, kind: "a", other: 1 },
      { recall: 0.5, kind: null },
    ],
    types,
  );
  expect(rowsOf(frame)).toEqual([
    ["a", 2, null],
    [null, null, 0.5],
  ]);
});

it("gives the same types for no rows", () => {
  expect(typesOf(frameOf([], types))).toEqual(
    typesOf(frameOf([{ kind: "a", stories: 1, recall: 1 }], types)),
  );
  expect(frameOf([], types).height).toBe(0);
});

it("takes days and milliseconds since 1970 for dates and times", () => {
  const frame = frameOf([{ date: 17_000, timestamp: 1_000 }, {}], "date", "timestamp");
  expect(typesOf(frame)).toEqual(["date DataType(Date)", "timestamp DataType(Datetime(ms,))"]);
  const made = [new Date("2016-07-18"), new Date("1970-01-01T00:00:01Z")];
  expect(frame.row(0)).toEqual(made);
  expect(frame.row(1)).toEqual([null, null]);
});
