import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { scoreDetectors, where } from "../../../lib";
import { frameOf } from "../../../lib/log/frame-of";

type Scored = [detector: string, user: number, day: string, score: number | null];
type Told = [kind: string, user: number | null, from: string, to?: string];

const time = (text: string) => Date.parse(`${text}Z`);
const scores = (...rows: Scored[]) =>
  frameOf(
    rows.map(([detector, user_id, day, score]) => {
      return { detector, user_id, date: time(`${day}T00:00`) / 86_400_000, score };
    }),
    ...(["detector", "user_id", "date", "score"] as const),
  );
const truth = (...stories: Told[]) =>
  frameOf(
    stories.map(([kind, user_id, from, to = from]) => {
      return { kind, user_id, from: time(from), to: time(to) };
    }),
    ...(["kind", "user_id", "from", "to"] as const),
  );
const measured = (frame: pl.DataFrame, detector: string, kind = "all") =>
  where(frame, { detector, kind }).toRecords()[0];

const planted = truth(
  ["scraping", 1, "2020-03-02T23:59:59"],
  ["many_addresses", 2, "2020-03-01T10:00:00", "2020-03-14T09:00:00"],
);

it("counts a story once, however many of its days are flagged, and each flag by itself", () => {
  const found = scoreDetectors(
    scores(
      ["a", 2, "2020-03-01", 3],
      ["a", 2, "2020-03-14", 2],
      ["a", 2, "2020-03-15", 1.5], // a day too late
      ["a", 1, "2020-03-02", 0.9], // not flagged
      ["a", 9, "2020-03-02", 1], // on the threshold is no flag
    ),
    planted,
  );
  expect(measured(found, "a")).toMatchObject({
    stories: 2,
    stories_found: 1,
    recall: 0.5,
    flags: 3,
    true_flags: 2,
    precision: 2 / 3,
    // First step: 1 of 1 right, half the stories. User 1's day comes fifth: 3 of 5 right.
    average_precision: 0.5 * 1 + 0.5 * (3 / 5),
  });
});

it("leaves flags in other kinds' stories out of a kind's precision", () => {
  const found = scoreDetectors(
    scores(["a", 2, "2020-03-01", 3], ["a", 1, "2020-03-02", 2], ["a", 7, "2020-03-02", 1.5]),
    planted,
  );
  const expected = { stories: 1, stories_found: 1, flags: 2, true_flags: 1, precision: 0.5 };
  expect(measured(found, "a", "scraping")).toMatchObject({ ...expected, average_precision: 1 });
});

// scikit-learn 1.2.1: average_precision_score([1,0,1,1,0,0,1,0], [9,8,8,3,3,2,1,.5])
it("equals scikit-learn's average precision where each story is a day", () => {
  const values = [9, 8, 8, 3, 3, 2, 1, 0.5];
  const found = scoreDetectors(
    scores(...values.map((score, user): Scored => ["a", user, "2020-03-02", score])),
    truth(...[0, 2, 3, 6].map((user): Told => ["probing", user, "2020-03-02T10:00:00"])),
  );
  expect(measured(found, "a")?.average_precision).toBeCloseTo(0.7095238095238094, 12);
});

it("keeps detectors apart, in the order in which they come", () => {
  const found = scoreDetectors(
    scores(["b", 1, "2020-03-02", 2], ["a", 1, "2020-03-02", 0.5]),
    planted,
  );
  expect([...new Set(found.getColumn("detector").toArray())]).toEqual(["b", "a"]);
  expect(measured(found, "a")).toMatchObject({ flags: 0, precision: null, recall: 0 });
  expect(measured(found, "b")).toMatchObject({ flags: 1, precision: 1, recall: 0.5 });
});

it("passes over days without a score, stories of nobody, and kinds without days", () => {
  const rows = scores(["a", 1, "2020-03-02", null]);
  const at = "2020-03-02T10:00:00";
  const others = scoreDetectors(rows, truth(["scraping", null, at], ["drop_out", 1, at]));
  const nothing = { stories: 0, recall: null, average_precision: 0 };
  expect(others.height).toBe(1);
  expect(measured(others, "a")).toMatchObject(nothing);
  expect(measured(scoreDetectors(rows, planted, { kinds: [] }), "a")).toMatchObject(nothing);
});

it("reads times in any unit", () => {
  const inUnits = ["from", "to"].map((name) => pl.col(name).cast(pl.Datetime("us")));
  const rows = scores(["a", 1, "2020-03-02", 3]);
  const finer = scoreDetectors(rows, planted.withColumns(...inUnits));
  expect(finer.rows()).toEqual(scoreDetectors(rows, planted).rows());
});
