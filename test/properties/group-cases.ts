import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { UsageWorld } from "../support/arbitrary-usage";
import { type AnyCase, anyOf, asks, from, of, real, share, some } from "./case";
import { sameRows } from "./holds";

const eps = fc.oneof(real(1e-6, 3), anyOf(0.15, 1e9));
const minSamples = from(1, 12);
const seed = fc.integer({ min: 0, max: 9 });
const wrongEps = { eps: 0 } as const;
const wrongSamples = { minSamples: 0 } as const;

const SLIP =
  /^(?:usageTrends|groupMoves) needs usage within 30 years; .*: one of these days is a slip/;

/** lib/group, of API usage. */
export const GROUP_CASES: readonly AnyCase<UsageWorld>[] = [
  asks("usageFeatures", "usage"),
  asks("usageHabits", "usage", {}, [], {
    holds: (habits: pl.DataFrame, w) => sameRows(habits, w.features.height),
  }),
  of<UsageWorld, unknown>({
    name: "usageTrends",
    ask: (w) => lib.usageTrends(w.usage),
    mayRefuse: SLIP,
    holds: (trends: pl.DataFrame, w) => sameRows(trends, w.features.height),
  }),
  of({
    name: "scaledFeatures",
    options: some({ features: fc.subarray(["use_days", "calls", "avg_cont_use"]) }),
    ask: (w: UsageWorld, { features = ["calls", "calls_per_day"] }) =>
      lib.scaledFeatures(lib.usageHabits(w.usage), features),
    outside: [[{ features: ["x"] }, /\bx\b/]],
  }),
  asks(
    "groupUsers",
    "usage",
    {
      ...{ eps, select: anyOf("best", "last") },
      minSamples: fc.array(minSamples, { minLength: 1, maxLength: 3 }),
    },
    [wrongEps, { minSamples: [] }, { minSamples: [0.5] }, { select: "x" }],
    { holds: ({ groups }: lib.UserGroups, w) => sameRows(groups, w.features.height) },
  ),
  asks("labeledUsage", "usage groups", {}, [], {
    holds: ({ rawData }: lib.LabeledUsage, w) => sameRows(rawData, w.usage.height),
  }),
  asks("groupProfiles", "groups usage"),
  of({
    name: "groupMoves",
    options: some({ weeks: from(1, 6), given: fc.boolean() }),
    mayRefuse: SLIP,
    ask: (w: UsageWorld, { given = true, ...options }) =>
      lib.groupMoves(w.usage, { ...options, ...(given && { groups: w.groups }) }),
    outside: [{ weeks: 0 }],
  }),
  asks("groupDifferences", "groups"),
  of({
    name: "groupStability",
    options: some({
      ...{ eps, minSamples, resamples: fc.integer({ min: 1, max: 4 }), seed },
      share: real(0.01, 0.99),
      plateau: fc.boolean(),
    }),
    ask: (w: UsageWorld, { plateau = false, ...options }) =>
      lib.groupStability(w.usage, {
        ...{ resamples: 3, ...options },
        ...(plateau && { settings: lib.stablePlateau(w.sweep, { minShare: 0 }) }),
      }),
    outside: [wrongEps, wrongSamples, { resamples: 0 }, { share: 1 }, { seed: 0.5 }],
  }),
  asks("exampleUsers", "groups", { count: from(1, 4) }, [{ count: 0 }]),
  of({
    name: "apiCombinations",
    options: some({ by: anyOf("group", "api"), named: fc.boolean() }),
    ask: (w: UsageWorld, { named = false, ...options }) =>
      lib.apiCombinations(w.groups, { ...options, ...(named && { profiles: w.profiles }) }),
    outside: [{ by: "user" }],
  }),
  asks("apiPairs", "groups"),
  asks("kDistances", "usage", { k: from(1, 5) }, [{ k: 0 }]),
  of({
    name: "epsSweep",
    options: some({
      eps: fc.array(eps, { minLength: 1, maxLength: 3 }),
      minSamples: fc.array(minSamples, { minLength: 1, maxLength: 2 }),
    }),
    ask: (w: UsageWorld, options) =>
      lib.epsSweep(w.usage, { ...{ eps: [0.2, 0.4], minSamples: [2, 3] }, ...options }),
    outside: [{ eps: [] }, { eps: [-1] }, { minSamples: [0] }],
  }),
  asks(
    "stablePlateau",
    "sweep",
    {
      ...{ maxNoiseShare: share, minShare: share },
      minAgreement: real(-1, 1),
      minSilhouette: real(-1, 1),
    },
    [{ maxNoiseShare: 2 }, { minAgreement: -2 }, { minSilhouette: Number.NaN }, { minShare: -1 }],
  ),
  of({
    name: "clusterings",
    options: some({
      ...{ eps, minSamples, minClusterShare: share, seed },
      resolution: real(0, 1),
      k: fc.array(fc.integer({ min: 2, max: 6 }), { maxLength: 2 }),
    }),
    ask: (w: UsageWorld, options) => lib.clusterings(w.usage, { k: [2], ...options }),
    outside: [wrongEps, wrongSamples, { minClusterShare: 2 }, { resolution: -1 }],
  }),
  of({
    name: "principalComponents",
    options: some({ type: anyOf("gnql", "riot", "constructor") }),
    ask: (w: UsageWorld, options) => lib.principalComponents(w.groups, options),
    mayRefuse: /^principalComponents needs 2 users or more/,
    outside: [[{ features: ["use_days"] }, /features/]],
  }),
  of({
    name: "dbscan",
    options: some({ eps, minSamples }),
    ask: (w: UsageWorld, options) => lib.dbscan(w.points, { eps: 0.2, minSamples: 2, ...options }),
    holds: (labels: Int32Array, w) => deepStrictEqual(labels.length, w.points.length),
    outside: [wrongEps, wrongSamples],
  }),
  asks(
    "hdbscan",
    "points",
    {
      ...{ minClusterSize: from(2, 6), minSamples: from(1, 6) },
      resolution: real(0, 1),
    },
    [{ minClusterSize: 1 }, { minSamples: 0 }, { resolution: Number.NaN }],
    { holds: (labels: Int32Array, w) => deepStrictEqual(labels.length, w.points.length) },
  ),
  of({
    name: "kMeans",
    options: some({
      k: fc.integer({ min: 1, max: 4 }),
      seed,
      starts: fc.integer({ min: 1, max: 3 }),
    }),
    ask: (w: UsageWorld, options) => lib.kMeans(w.points, { k: 1, starts: 2, ...options }),
    mayRefuse: /^kMeans needs k .*different points/,
    outside: [{ k: 0 }, { starts: 0 }, { seed: 0.5 }],
  }),
  of({
    name: "silhouetteScore",
    options: some({ sampleSize: from(2, 9), seed }),
    ask: (w: UsageWorld, options) => lib.silhouetteScore(w.points, w.labels, options),
    mayRefuse: /^silhouetteScore needs .*label/,
    outside: [{ sampleSize: 1 }],
  }),
  of<UsageWorld, unknown>({
    name: "dbcv",
    ask: (w) => lib.dbcv(w.points, w.labels),
    mayRefuse: /^dbcv needs .*clusters/,
  }),
  of<UsageWorld, unknown>({
    name: "adjustedRandIndex",
    ask: (w) => lib.adjustedRandIndex(w.labels, lib.dbscan(w.points, { eps: 0.2, minSamples: 2 })),
  }),
  of<UsageWorld, unknown>({
    name: "kruskalWallis",
    ask: (w) =>
      lib.kruskalWallis(
        Float64Array.from(w.points, ([first]) => first!),
        w.labels,
      ),
  }),
];
