import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { detectorScores, suspiciousDays } from "../../../lib";
import type { Detector } from "../../../lib/detect/compare/detectors";
import { frameOf } from "../../../lib/log/frame-of";
import { accessLog, rowsOf, typesOf } from "../../support/access-log";

type Found = [user: number, day: number, score: number, finding: string | null];

/** A detector that says what it is told to, of days since March 1, 2020. */
function detector(name: string, isCombined: boolean, ...found: Found[]): Detector {
  const days = frameOf(
    found.map(([user_id, day, score, finding]) => ({ user_id, date: 18322 + day, score, finding })),
    ...(["user_id", "date", "score", "finding"] as const),
  );
  return { name, rule: "", isCombined, days: () => days };
}

const log = accessLog([{ at: "2020-03-02 09:00:00" }]);
const detectors = [
  detector("bands", false, [1, 1, 9, null], [1, 2, 2, null]),
  detector("quick", true, [2, 1, 0.5, null], [1, 1, 3, "was quick"]),
  detector("odd", true, [1, 1, 1.5, "was odd"], [2, 1, 4, "was very odd"]),
];
const scores = detectorScores(log, { detectors });

it("detectorScores lists what each detector says, and each day's highest score among those that count", () => {
  expect(rowsOf(scores)).toEqual([
    ["bands", 1, "2020-03-02", 9, null],
    ["bands", 1, "2020-03-03", 2, null],
    ["quick", 1, "2020-03-02", 3, "was quick"],
    ["quick", 2, "2020-03-02", 0.5, null],
    ["odd", 1, "2020-03-02", 1.5, "was odd"],
    ["odd", 2, "2020-03-02", 4, "was very odd"],
    ["combined", 1, "2020-03-02", 3, "was quick"],
    ["combined", 2, "2020-03-02", 4, "was very odd"],
  ]);
});

it("detectorScores takes days that are known already, and refuses those of a detector that there is not", () => {
  const notAsked = detectors.map((each) => ({ ...each, days: () => frameOf([]) }));
  const days = Object.fromEntries(detectors.map((each) => [each.name, each.days(log)]));
  const again = detectorScores(log, { detectors: notAsked, days });
  expect(rowsOf(again)).toEqual(rowsOf(scores));
  expect(() => detectorScores(log, { days: { quick: days.quick! } })).toThrow(
    /^detectorScores needs days to be one of Bollinger bands, .*, got quick$/,
  );
});

it("detectorScores has no combined ranking of detectors that do not count, and columns without any", () => {
  const bands = detectorScores(log, { detectors: detectors.slice(0, 1) });
  expect(new Set(bands.getColumn("detector").toArray())).toEqual(new Set(["bands"]));
  const none = detectorScores(log, { detectors: [] });
  expect(typesOf(none)).toEqual(typesOf(scores));
  expect(none.height).toBe(0);
});

it("suspiciousDays ranks flagged days by their highest score, with how many detectors flag them", () => {
  expect(rowsOf(suspiciousDays(scores))).toEqual([
    [2, "2020-03-02", 4, 1, "was very odd"],
    [1, "2020-03-02", 3, 3, "was quick"],
  ]);
  // Whatever the types of columns without a value.
  const empty = scores.columns.map((name) => pl.Series(name, [], pl.Float64));
  expect(suspiciousDays(pl.DataFrame(empty)).height).toBe(0);
});
