import { expect, it } from "vitest";
import { detectorAgreement } from "../../../lib/detect/compare/detector-agreement";
import { frameOf } from "../../../lib/log/frame-of";
import { rowsOf } from "../../support/access-log";

const rows = [
  ["b", 1, 18321, 2],
  ["b", 1, 18322, 2],
  ["b", 2, 18321, 1.1],
  ["a", 1, 18321, 9],
  ["a", 2, 18321, 1],
  ["c", 1, 18322, 0.2],
] as const;
const scores = frameOf(
  rows.map(([detector, user_id, date, score]) => ({ detector, user_id, date, score })),
  ...(["detector", "user_id", "date", "score"] as const),
);

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
