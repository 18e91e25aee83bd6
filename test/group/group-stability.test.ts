import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { groupStability } from "../../lib/group/group-stability";
import { rowsOf } from "../support/access-log";
import { blobs, featureFrame, featuresOf, uniformPoints } from "../support/feature-frame";

const features = featuresOf(2);
const [near, away] = [
  [0, 0],
  [9, 9],
];
const far = featureFrame(blobs(1, [near, away], 20, 0.5));

it("finds groups far apart again in every part", () => {
  const { groupings, groups } = groupStability(far, { eps: 0.5, minSamples: 3, features });
  expect(rowsOf(groupings)).toEqual([["a", 0.5, 3, 40, 2, 50, 1]]);
  expect(rowsOf(groups)).toEqual([
    ["a", 0, 20, 1, 1],
    ["a", 1, 20, 1, 1],
  ]);
});

it("loses a group that is just large enough as often as chance leaves one of it out", () => {
  // Four of the four must be among 32 of 40: C(36, 28) / C(40, 32).
  const chance = (32 * 31 * 30 * 29) / (40 * 39 * 38 * 37);
  const points = featureFrame([...blobs(1, [near], 36, 0.5), away, away, away, away]);
  const options = { eps: 0.5, minSamples: 4, resamples: 800, features };
  const [, small] = rowsOf(groupStability(points, options).groups) as number[][];
  expect(small![3]).toBe(small![4]); // all of it, or nothing
  // three standard deviations of a share of 800
  const deviation = Math.sqrt((chance * (1 - chance)) / 800);
  expect(Math.abs(small![3]! - chance)).toBeLessThan(3 * deviation);
});

it("compares a group with its best match, over the users of the part", () => {
  // Half of the users each time: two of the four, in a group or (minSamples 2, one missing) not.
  const points = featureFrame([near, near, away, away]);
  const options = { eps: 1, minSamples: 2, share: 0.5, resamples: 1500, features };
  const { groups, groupings } = groupStability(points, options);
  // Of six pairs of users one is the first group whole: Jaccard 1; else 0.
  expect((rowsOf(groups) as number[][])[0]![3]).toBeCloseTo(1 / 6, 1);
  // Pairs of one group agree with it (1); pairs of both are two groups against noise: 0.
  expect((rowsOf(groupings) as number[][])[0]![6]).toBeCloseTo(1 / 3, 1);
});

it("takes settings per API, and says of no groups that there is nothing to agree", () => {
  const scattered = featureFrame(uniformPoints(1, 9, 2, 99), "b");
  const both = pl.concat([far, scattered, featureFrame([near], "c")]);
  const settings = pl.DataFrame({ type: ["a", "b"], eps: [0.5, 0.5], min_samples: [3, 4] });
  const { groupings, groups } = groupStability(both, { settings, resamples: 5, features });
  expect(rowsOf(groupings)).toEqual([
    ["a", 0.5, 3, 40, 2, 5, 1],
    ["b", 0.5, 4, 9, 0, 5, null],
  ]);
  expect(groups.height).toBe(2);
});
