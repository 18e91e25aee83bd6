import { beforeAll, describe, expect, it } from "vitest";
import { largeSampleRows, type SampleBlock, sampleBlocks } from "../../lib/twin/blocks";
import { dayRows, frozenLog } from "../../lib/twin/frozen";
import { COLUMNS } from "../../lib/twin/log-rows";
import type { SampleRows } from "../../lib/twin/sample-rows";
import { timeOrder } from "../../lib/twin/time-order";
import { rowsOfSample } from "../support/samples";

const FULL = 900_223;

describe("sampleBlocks", () => {
  it.each([1, 10_000, FULL])("makes one of %i rows", (rows) => {
    expect(sampleBlocks(rows, 5)).toEqual([{ rows, seed: 5, firstUserId: 1 }]);
  });

  it("gives whole logs, and what is left, with users and seeds of their own", () => {
    const blocks = sampleBlocks(2_000_000, 5);
    expect(blocks.map((block) => block.rows)).toEqual([FULL, FULL, 199_554]);
    expect(blocks.map((block) => block.firstUserId)).toEqual([1, 982, 1_963]);
    expect(blocks[0]!.seed).toBe(5);
    expect(sampleBlocks(2_000_000, 5)).toEqual(blocks);
    // The blocks of a larger sample begin with those of a smaller one.
    const seeds = (seed: number) => sampleBlocks(90_000_000, seed).map((block) => block.seed);
    expect(seeds(5).slice(0, 3)).toEqual(blocks.map((block) => block.seed));
    expect(seeds(5).every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
    // 90,000,000 / 900,223 = 99.98
    expect(new Set([...seeds(5), ...seeds(6)]).size).toBe(2 * 100);
  });
});

it("timeOrder sorts by day and second and keeps ties as they come", () => {
  const day = Int32Array.from([1, 0, 1, 0, 0, 1]);
  const second = Int32Array.from([5, 86_399, 0, 7, 86_399, 0]);
  expect([...timeOrder(day, second)]).toEqual([3, 1, 4, 2, 5, 0]);
  expect([...timeOrder(new Int32Array(0), new Int32Array(0))]).toEqual([]);
});

it("timeOrder is the order of a stable sort, with empty days and days of many rows", () => {
  // Close to each other, early and late; rows 2,030 (10 by 7 by 29) apart share day and second.
  const second = Int32Array.from({ length: 5_000 }, (_, i) => {
    return (((i % 2_030) * 37) % 3_000) + (i % 2) * 83_000;
  });
  const day = Int32Array.from({ length: 5_000 }, (_, i) => (i % 7 === 0 ? 40 : (i * 3) % 29));
  const expected = Array.from(day.keys()).sort(
    (a, b) => day[a]! - day[b]! || second[a]! - second[b]! || a - b,
  );
  expect([...timeOrder(day, second)]).toEqual(expected);
});

/** How often each number from 0 up to `count` occurs. */
function tally(values: Int32Array, count: number): number[] {
  const counts = new Array<number>(count).fill(0);
  for (const value of values) counts[value]!++;
  return counts;
}

/** A row's values, paths and addresses as text, users numbered from 1. */
function valuesOf(rows: SampleRows, { firstUserId }: SampleBlock, i: number) {
  const { day, second, path, paths, userId, cohortId, address, addresses } = rows;
  const user = userId[i]! - firstUserId + 1;
  return [day[i], second[i], paths[path[i]!], user, cohortId[i], addresses[address[i]!]];
}

it("largeSampleRows is sampleRows up to the size of the log", () => {
  const rows = largeSampleRows(frozenLog(), 10_000, 3);
  expect(rows).toEqual(rowsOfSample(10_000, 3));
});

describe.each([
  [2 * FULL, 1],
  [1_000_000, 7],
])("largeSampleRows of %i rows, seed %i", (count, seed) => {
  const blocks = sampleBlocks(count, seed);
  const share = count / FULL;
  let rows: SampleRows;
  let blockOf: Int32Array;
  /** Each block made by itself. */
  let alone: SampleRows[];

  beforeAll(() => {
    rows = largeSampleRows(frozenLog(), count, seed);
    alone = blocks.map((block) => rowsOfSample(block.rows, block.seed));
    blockOf = rows.userId.map((userId) => Math.floor((userId - 1) / 981));
  });

  it("has as many rows in every column", () => {
    for (const name of COLUMNS) expect(rows[name].length).toBe(count);
  });

  it("is in time order, and blocks are in theirs within a second", () => {
    let wrong = 0;
    for (let i = 1; i < count; i++) {
      const ahead =
        rows.day[i]! - rows.day[i - 1]! ||
        rows.second[i]! - rows.second[i - 1]! ||
        blockOf[i]! - blockOf[i - 1]!;
      if (ahead < 0) wrong++;
    }
    expect(wrong).toBe(0);
    // First and last published time.
    expect([rows.day[0], rows.second[0]]).toEqual([0, 9 * 3600 + 55 * 60 + 3]);
    expect([rows.day[count - 1], rows.second[count - 1]]).toEqual([1_181, 60_279]);
  });

  it("has the published rows per day, of Staff and without a cohort in proportion", () => {
    const ofLog = dayRows(frozenLog());
    const days = tally(rows.day, ofLog.length);
    const off = days.map((day, d) => Math.abs(day - ofLog[d]! * share));
    // Exact for whole logs; of the last one, each cohort's day is rounded.
    expect(Math.max(...off)).toBeLessThan(Number.isInteger(share) ? 1e-6 : 10);
    const cohorts = tally(rows.cohortId, 200);
    expect(Math.abs(cohorts[28]! - 84_031 * share)).toBeLessThan(1);
    expect(Math.abs(cohorts[0]! - 52_893 * share)).toBeLessThan(1);
  });

  it("consists of its blocks: the first is the whole log of that seed", () => {
    const seen = blocks.map(() => 0);
    // A mismatch is not to print a million lines.
    let firstWrong: unknown;
    for (let i = 0; i < count && !firstWrong; i++) {
      const b = blockOf[i]!;
      const found = valuesOf(rows, blocks[b]!, i);
      const expected = valuesOf(alone[b]!, { ...blocks[b]!, firstUserId: 1 }, seen[b]!++);
      if (found.some((value, at) => value !== expected[at])) firstWrong = { i, found, expected };
    }
    expect(firstWrong).toBeUndefined();
    expect(seen).toEqual(blocks.map((block) => block.rows));
  });

  it("has the stories of its blocks, about the users that they have here", () => {
    const truths = alone.map(({ truth }) => truth);
    // Published of the whole log alone: what is left of one has none.
    expect(truths.map((truth) => truth.length > 0)).toEqual(blocks.map((b) => b.rows === FULL));
    expect(rows.truth.length).toBe(truths.reduce((sum, truth) => sum + truth.length, 0));
    let at = 0;
    truths.forEach((truth, b) => {
      for (const story of truth) {
        const { userId, entity, ...same } = rows.truth[at++]!;
        expect(same).toEqual({
          kind: story.kind,
          ip: story.ip,
          from: story.from,
          to: story.to,
          rows: story.rows,
        });
        if (story.userId === null) expect([userId, entity]).toEqual([null, story.entity]);
        else {
          expect(userId).toBe(story.userId + 981 * b);
          const [, id, rest] = /^user (\d+)(.*)$/.exec(story.entity)!;
          expect(entity).toBe(`user ${Number(id) + 981 * b}${rest}`);
        }
      }
    });
    // Document 003: 180 rows of user 341 from one address within seven seconds.
    const scrapers = rows.truth.filter(
      ({ kind, ip }) => kind === "scraping" && ip === "204.44.112.76",
    );
    const whole = blocks.filter((block) => block.rows === FULL);
    expect(
      scrapers.map(({ kind, entity, rows, from, to }) => [kind, entity, rows, from, to]),
    ).toEqual(
      whole.map((_, b) => [
        "scraping",
        `user ${341 + 981 * b}`,
        180,
        Date.UTC(2019, 2, 3, 22, 52, 5),
        Date.UTC(2019, 2, 3, 22, 52, 11),
      ]),
    );
  });

  it("has the rows that its stories tell of users without a cohort", () => {
    const without = new Map<number, number>();
    rows.userId.forEach((userId, i) => {
      if (rows.cohortId[i] === 0) without.set(userId, (without.get(userId) ?? 0) + 1);
    });
    const stories = rows.truth.filter(({ kind }) => kind === "no_cohort");
    expect(stories.length).toBeGreaterThan(0);
    for (const story of stories) expect(without.get(story.userId!)).toBe(story.rows);
  });
});
