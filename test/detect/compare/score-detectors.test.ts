import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { falseAlarms, scoreDetectors, scoreIntervals, where } from "../../../lib";
import { frameOf } from "../../../lib/log/frame-of";
import { randomNumbers } from "../../../lib/stats/random";

type Scored = [detector: string, user: number, day: string | number, score: number | null];
type Told = {
  kind?: string;
  user?: number | null;
  from: string | number;
  to?: string | number;
  origin?: string;
  level?: number;
  entity?: string;
};

const DAY = 86_400_000;
/** Of a day in March 2020 by its number, or a time in words. */
const time = (at: string | number) =>
  typeof at === "number" ? Date.UTC(2020, 1, 29 + at, 10) : Date.parse(`${at}Z`);
const scores = (...rows: Scored[]) =>
  frameOf(
    rows.map(([detector, user_id, day, score]) => {
      return { detector, user_id, date: Math.floor(time(day) / DAY), score };
    }),
    ...(["detector", "user_id", "date", "score"] as const),
  );
const truth = (...stories: Told[]) =>
  frameOf(
    stories.map(({ user = 1, kind = "scraping", from, to = from, ...rest }) => {
      return { kind, user_id: user, from: time(from), to: time(to), origin: "planted", ...rest };
    }),
    ...(["kind", "user_id", "from", "to", "origin", "level", "entity"] as const),
  );
const measured = (frame: pl.DataFrame, detector: string, kind = "all") =>
  where(frame, { detector, kind }).toRecords()[0];
/** All of one user: on each of the days one score. */
const onDays = (detector: string, user: number, days: number[], score = 2) =>
  days.map((day): Scored => [detector, user, day, score]);

describe("scoreDetectors", () => {
  it("takes flags at most 14 days apart for one episode, true if it meets a story", () => {
    const found = scoreDetectors(
      scores(
        ...onDays("a", 1, [1, 15, 29]), // one chain, which meets the story
        ...onDays("a", 1, [44, 45]), // 15 days later: another
        ...onDays("a", 2, [45]), // another user's
        ...onDays("a", 2, [46], 1), // on the threshold is no flag
      ),
      truth({ from: 29 }),
    );
    expect(measured(found, "a")).toMatchObject({
      ...{ stories: 1, stories_found: 1, recall: 1 },
      ...{ episodes: 3, true_episodes: 1, precision: 1 / 3 },
    });
  });

  it("takes what is told of an entity at most 14 days apart for one story", () => {
    const told = [
      { from: 1 },
      { kind: "probing", from: 15 },
      { from: 30 },
      { user: 2, from: 1, entity: "both" },
      { user: 3, from: 3, entity: "both" },
    ];
    const found = scoreDetectors(
      scores(...onDays("a", 1, [1, 15, 30], 0.5), ...onDays("a", 3, [3])),
      truth(...told),
    );
    expect(measured(found, "a")).toMatchObject({ stories: 3, stories_found: 1 });
    expect(measured(found, "a", "scraping")).toMatchObject({ stories: 3 });
  });

  it("finds a story by a flag in its days, within a fortnight of the first", () => {
    const days = (...flagged: number[]) =>
      scores(
        ...onDays("a", 1, [0, 3, 14, 15, 70], 0.5).map(
          ([of, user, day]): Scored => [of, user, day, flagged.includes(day as number) ? 2 : 0.5],
        ),
      );
    const recallOf = (...flagged: number[]) =>
      measured(scoreDetectors(days(...flagged), truth({ from: 1, to: 16 })), "a")?.recall;
    expect([[0], [3], [14], [15], [70]].map((flagged) => recallOf(...flagged))).toEqual([
      ...[0, 1, 1, 1, 0],
    ]);
    // The story's first day that was looked at is the third.
    const late = truth({ from: 1, to: 30 });
    const later = scores(...onDays("a", 1, [3, 16], 0.5), ...onDays("a", 1, [17, 90]));
    expect(measured(scoreDetectors(later, late), "a")?.recall).toBe(0);
  });

  it("counts a story of 1,000 days once, however often it is flagged", () => {
    const weeks = Array.from({ length: 143 }, (_, week) => 7 * week);
    const everyMonth = Array.from({ length: 34 }, (_, month) => 30 * month);
    const life = [...Array(30).keys()].map((week) => -1_200 + 40 * week);
    for (const flagged of [weeks, everyMonth]) {
      const found = scoreDetectors(
        scores(...onDays("a", 1, flagged), ...onDays("a", 1, life, 0.5)),
        truth({ from: 0, to: 1_000 }),
      );
      expect(measured(found, "a")).toMatchObject({
        ...{ stories: 1, stories_found: 1, episodes: 1, true_episodes: 1, precision: 1 },
        ...{ average_precision: 1, prevalence: 1 / 31 },
      });
    }
  });

  it("leaves out stories that are longer than half of the user's days, with their days", () => {
    const days = [...Array(100).keys()];
    const found = scoreDetectors(
      scores(...onDays("a", 1, days), ...onDays("a", 2, [5])),
      truth({ from: 0, to: 50 }, { from: 60, kind: "probing" }),
    );
    expect(measured(found, "a")).toMatchObject({
      ...{ stories: 1, stories_found: 1, episodes: 2, true_episodes: 1 },
    });
    const shorter = scoreDetectors(scores(...onDays("a", 1, days)), truth({ from: 0, to: 49 }));
    expect(measured(shorter, "a")).toMatchObject({ stories: 1 });
  });

  it("leaves other kinds' and origins' stories out of precision, and takes decoys for ordinary", () => {
    const found = scoreDetectors(
      scores(...[1, 2, 3, 4].flatMap((user) => onDays("a", user, [1]))),
      truth(
        { user: 1, from: 1 },
        { user: 2, from: 1, kind: "probing" },
        { user: 3, from: 1, origin: "published" },
        { user: 4, from: 1, origin: "decoy" },
      ),
    );
    const one = { stories: 1, stories_found: 1, episodes: 2, true_episodes: 1 };
    expect(measured(found, "a", "probing")).toMatchObject({ ...one, origin: "planted" });
    expect(measured(found, "a")).toMatchObject({ stories: 2, episodes: 3, true_episodes: 2 });
    const published = where(found, { origin: "published" }).toRecords();
    expect(published.map(({ kind }) => kind)).toEqual(["all", "scraping"]);
    expect(published[0]).toMatchObject(one);
    expect(where(found, { origin: "decoy" }).height).toBe(0);
  });

  it("has recall for each level of a kind", () => {
    const found = scoreDetectors(
      scores(...onDays("a", 1, [1], 0.5), ...onDays("a", 2, [1])),
      truth({ user: 1, from: 1, level: 20 }, { user: 2, from: 1, level: 40 }),
    );
    const levels = where(found, { kind: "scraping" }).toRecords();
    expect(levels.map(({ level, recall }) => [level, recall])).toEqual([
      ...[[null, 0.5] as const, [20, 0] as const, [40, 1] as const],
    ]);
    expect(levels[1]).toMatchObject({ precision: null, average_precision: null });
  });

  // scikit-learn 1.2.1: average_precision_score([1,0,1,1,0,0,1,0], [9,8,8,3,3,2,1,.5])
  it("equals scikit-learn's average precision where each user has one day", () => {
    const values = [9, 8, 8, 3, 3, 2, 1, 0.5];
    const found = scoreDetectors(
      scores(...values.map((score, user): Scored => ["a", user, 2, score])),
      truth(...[0, 2, 3, 6].map((user) => ({ user, from: 2 }))),
    );
    expect(measured(found, "a")?.average_precision).toBeCloseTo(0.7095238095238094, 12);
    expect(measured(found, "a")?.prevalence).toBe(0.5);
    // By hand: (H + (8 - H) 3 / 7) / 8 with H = 1 + 1/2 + ... + 1/8 = 761/280.
    expect(measured(found, "a")?.by_chance).toBeCloseTo(0.622704, 6);
  });

  // average_precision_score([1,0,1,0], [3,2,-99,-99]): what has no score comes last, together.
  it("ranks days that only others looked at last", () => {
    const found = scoreDetectors(
      scores(...[1, 2, 3, 4].flatMap((user) => onDays("b", user, [2])), ["a", 1, 2, 3], [
        ...(["a", 2, 2, 2] as const),
      ] as Scored),
      truth({ user: 1, from: 2 }, { user: 3, from: 2 }),
    );
    expect(measured(found, "a")?.average_precision).toBeCloseTo(0.75, 12);
  });

  describe("of a detector that scores at random", () => {
    const days = [...Array(252).keys()];
    const users = [...Array(40).keys()];
    /** Stories of a day, a week, a fortnight and longer, which begin on these days. */
    function atRandom(samples: number, begins: readonly number[], longest: number) {
      const random = randomNumbers(5);
      const told = users.flatMap((user) =>
        begins.map((from): Told => {
          const to = from + [0, 6, 13, longest][user % 4]!;
          return { user, from, to, entity: `${user} from ${from}` };
        }),
      );
      const known = truth(...told);
      const looked = scores(
        ...users.flatMap((user) => days.map((day): Scored => ["chance", user, day, 0])),
      );
      const found = [...Array(samples).keys()].map((seed) => {
        const drawn = Float64Array.from({ length: looked.height }, random);
        const scored = scoreDetectors(looked.withColumns(pl.Series("score", drawn)), known);
        return scored.withColumns(pl.lit(seed).cast(pl.Int64).alias("seed"));
      });
      return measured(scoreIntervals(pl.concat(found)), "chance") as Record<string, number>;
    }
    const expectWithin = (all: Record<string, number>, value: number) => {
      expect(all.average_precision_low!).toBeLessThan(value);
      expect(all.average_precision_high!).toBeGreaterThan(value);
    };

    it("average precision is the prevalence", () => {
      const all = atRandom(20, [14, 42, 70, 98, 126, 154, 182, 210, 238], 13);
      expect(all.prevalence).toBe(0.5);
      expect(all.by_chance! - 0.5).toBeLessThan(0.006); // with more stories none
      expectWithin(all, all.by_chance!);
      expect(all.average_precision_high! - all.average_precision_low!).toBeLessThan(0.05);
    });

    it("average precision is what chance gives where stories are few, however long they are", () => {
      const all = atRandom(30, [98], 120);
      expect(all.by_chance! - all.prevalence!).toBeGreaterThan(0.005);
      expectWithin(all, all.by_chance!);
    });
  });

  it("keeps detectors apart, in the order in which they come", () => {
    const found = scoreDetectors(
      scores(["b", 1, 2, 2], ["a", 1, 2, 0.5]),
      truth({ from: 2 }, { user: 2, from: 2 }),
    );
    expect([...new Set(found.getColumn("detector").toArray())]).toEqual(["b", "a"]);
    expect(measured(found, "a")).toMatchObject({ episodes: 0, precision: null, recall: 0 });
    expect(measured(found, "b")).toMatchObject({ episodes: 1, precision: 1, recall: 0.5 });
  });

  it("passes over days without a score, stories of nobody, and kinds without days", () => {
    const rows = scores(["a", 1, 2, null]);
    const others = scoreDetectors(
      rows,
      truth({ user: null, from: 2 }, { kind: "drop_out", from: 2 }),
    );
    const nothing = { stories: 0, recall: null, average_precision: null, prevalence: null };
    expect(others.height).toBe(1);
    expect(measured(others, "a")).toMatchObject(nothing);
    const none = scoreDetectors(rows, truth({ from: 2 }), { kinds: [] });
    expect(measured(none, "a")).toMatchObject(nothing);
  });

  it("reads times in any unit, and needs neither origin nor level", () => {
    const inUnits = ["from", "to"].map((name) => pl.col(name).cast(pl.Datetime("us")));
    const rows = scores(["a", 1, 2, 3]);
    const told = truth({ from: 2 });
    const finer = scoreDetectors(rows, told.withColumns(...inUnits));
    expect(finer.rows()).toEqual(scoreDetectors(rows, told).rows());
    const plain = scoreDetectors(rows, told.drop("origin").drop("level").drop("entity"));
    expect(measured(plain, "a")).toMatchObject({ origin: null, recall: 1, average_precision: 1 });
  });
});

it("scoreIntervals puts samples together, with intervals over them", () => {
  const row = (
    seed: number,
    found: number,
    episodes: number,
    average_precision: number | null,
  ) => ({
    ...{ seed, detector: "a", origin: "planted", kind: "all", level: null },
    ...{ stories: 10, stories_found: found, episodes, true_episodes: found },
    ...{ average_precision, prevalence: 0.125, by_chance: 0.25 },
  });
  const frame = frameOf(
    [row(1, 0, 0, 0.2), row(2, 10, 20, 0.4), row(3, 5, 10, null)],
    ...(["seed", "detector", "origin", "kind", "level", "stories", "stories_found"] as const),
    ...(["episodes", "true_episodes", "average_precision", "prevalence", "by_chance"] as const),
  );
  const [all] = scoreIntervals(frame).toRecords();
  expect(all).toMatchObject({
    ...{ samples: 3, stories: 30, stories_found: 15, recall: 0.5, precision: 0.5 },
    ...{ prevalence: 0.125, by_chance: 0.25 },
    // Of 27 ways to draw three samples, one has only the first and one only the second.
    ...{ recall_low: 0, recall_high: 1, precision_low: 0.5, precision_high: 0.5 },
  });
  const ends = ["average_precision_low", "average_precision", "average_precision_high"] as const;
  ends.forEach((name, i) => {
    expect(all?.[name]).toBeCloseTo([0.2, 0.3, 0.4][i]!, 12);
  });
  expect(scoreIntervals(frame).rows()).toEqual(scoreIntervals(frame).rows());
  expect(scoreIntervals(frame.head(0)).height).toBe(0);
  expect(() => scoreIntervals(frame, { draws: 0 })).toThrow(RangeError);
});

it("falseAlarms counts flagged days of decoys by kind, and all days of which nothing is told", () => {
  const found = falseAlarms(
    scores(
      ...onDays("a", 1, [1, 2]), // a decoy
      ...onDays("a", 2, [1]), // a story
      ...onDays("a", 2, [3, 4, 5, 6], 0.5),
      ...onDays("a", 3, [1]),
      ...onDays("b", 9, [1], 0.5),
    ),
    truth(
      { user: 1, from: 1, to: 1, origin: "decoy", kind: "tab restore" },
      { user: 2, from: 1 },
      { user: 8, from: 1, origin: "decoy", kind: "exam cram" },
    ),
  );
  expect(found.rows()).toEqual([
    ["a", "ordinary days", 7, 2, 2_000 / 7],
    ["a", "tab restore", 1, 1, 1_000],
    ["a", "exam cram", 0, 0, null],
    ["b", "ordinary days", 7, 0, 0],
    ["b", "tab restore", 1, 0, 0],
    ["b", "exam cram", 0, 0, null],
  ]);
});
