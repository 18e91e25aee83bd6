import { beforeAll, describe, expect, it } from "vitest";
import { COLUMNS } from "../../lib/twin/log-rows";
import { type SampleRows, sampleBlocks } from "../../lib/twin/sample-rows";
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
    // The blocks of a larger sample begin with those of a smaller one.
    const seeds = (seed: number) => sampleBlocks(90_000_000, seed).map((block) => block.seed);
    expect(seeds(5).slice(0, 3)).toEqual(blocks.map((block) => block.seed));
    expect(seeds(5).every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
    // 90,000,000 / 900,223 = 99.98
    expect(new Set([...seeds(5), ...seeds(6)]).size).toBe(2 * 100);
  });
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
  expect([...timeOrder(new Int32Array(0), new Int32Array(0))]).toEqual([]);
});

describe.each([
  [2 * FULL, 1],
  [1_000_000, 7],
])("a sample of %i rows, seed %i", (count, seed) => {
  const blocks = sampleBlocks(count, seed);
  const blockOf = (userId: number) => Math.floor((userId - 1) / 981);
  let rows: SampleRows;
  /** Each block made by itself. */
  let alone: SampleRows[];

  beforeAll(() => {
    rows = rowsOfSample(count, seed);
    alone = blocks.map((block) => rowsOfSample(block.rows, block.seed));
  });

  it("is in time order, and blocks are in theirs within a second", () => {
    for (const name of COLUMNS) expect(rows[name].length).toBe(count);
    const { day, second, userId } = rows;
    let wrong = 0;
    for (let i = 1; i < count; i++) {
      const ahead =
        day[i]! - day[i - 1]! ||
        second[i]! - second[i - 1]! ||
        blockOf(userId[i]!) - blockOf(userId[i - 1]!);
      if (ahead < 0) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it("consists of its blocks: the first is the whole log of that seed", () => {
    const seen = blocks.map(() => 0);
    // A mismatch is not to print a million lines.
    let firstWrong: unknown;
    for (let i = 0; i < count && !firstWrong; i++) {
      const b = blockOf(rows.userId[i]!);
      const found = valuesOf(rows, i, 981 * b);
      const expected = valuesOf(alone[b]!, seen[b]!++, 0);
      if (found.some((value, at) => value !== expected[at])) firstWrong = { i, found, expected };
    }
    expect(firstWrong).toBeUndefined();
    expect(seen).toEqual(blocks.map((block) => block.rows));
  });

  it("has the stories of its blocks, about the users that they have here", () => {
    // Published of the whole log alone: what is left of one has none.
    expect(alone.map(({ truth }) => truth.length > 0)).toEqual(blocks.map((b) => b.rows === FULL));
    const expected = alone.flatMap(({ truth }, b) =>
      truth.map((story) => ({
        ...story,
        userId: story.userId === null ? null : story.userId + 981 * b,
        entity: story.entity.replace(/^user (\d+)/, (_, id) => `user ${Number(id) + 981 * b}`),
      })),
    );
    expect(rows.truth).toEqual(expected);
  });
});

/** A row's values, paths and addresses as text, users from the block's first. */
function valuesOf(rows: SampleRows, i: number, before: number) {
  const { day, second, path, paths, userId, cohortId, address, addresses } = rows;
  const [text, user] = [paths[path[i]!], userId[i]! - before];
  return [day[i], second[i], text, user, cohortId[i], addresses[address[i]!]];
}
