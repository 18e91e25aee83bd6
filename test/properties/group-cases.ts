import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import * as lib from "../../lib/index";
import type { UsageWorld } from "../support/arbitrary-usage";
import { anyOf, asks, type Case, draws, Frame, frame, from, none, real, share } from "./case";
import { rowsOf, sameRows } from "./holds";

const eps = fc.oneof(real(1e-6, 3), anyOf(0.15, 1e9));
const minSamples = from(1, 12);
const seed = fc.integer({ min: 0, max: 9 });
const named = { profiles: frame("profiles") };
const few = (least: number, most: number) => fc.integer({ min: least, max: most });
const some = <T>(of: fc.Arbitrary<T>, most: number) =>
  fc.array(of, { minLength: 1, maxLength: most });

const SLIP =
  /^(?:usageTrends|groupMoves) needs usage within 30 years; .*: one of these days is a slip/;
const labels = (found: Int32Array, w: UsageWorld) => strictEqual(found.length, w.points.length);

/** lib/group, of API usage. */
export const GROUP_CASES: readonly Case[] = [
  asks("usageFeatures", "usage"),
  asks("usageHabits", "usage", { holds: rowsOf("features") }),
  asks("usageTrends", "usage", { mayRefuse: SLIP, holds: rowsOf("features") }),
  {
    name: "scaledFeatures",
    options: fc.record({ features: fc.subarray(["use_days", "calls", "avg_cont_use"]) }),
    ask: (w, { features = ["calls", "calls_per_day"] }) => lib.scaledFeatures(w.habits, features),
    outside: { features: ["x"] },
  },
  asks("groupUsers", "usage", {
    settings: { eps, select: anyOf("best", "last"), minSamples: some(minSamples, 3) },
    outside: { eps: 0, minSamples: [0.5], select: "x" },
    holds: ({ groups }, w) => sameRows(groups, w.features.height),
  }),
  asks("labeledUsage", "usage groups", {
    holds: ({ rawData }, w) => sameRows(rawData, w.usage.height),
  }),
  asks("groupProfiles", "groups usage"),
  asks("groupMoves", "usage", {
    settings: { weeks: from(1, 6), groups: none },
    outside: { weeks: 0 },
    base: { groups: new Frame("groups") },
    mayRefuse: SLIP,
  }),
  asks("groupDifferences", "groups"),
  asks("groupStability", "usage", {
    settings: {
      ...{ eps, minSamples, resamples: few(1, 4), seed, share: real(0.01, 0.99) },
      settings: frame("plateau"),
    },
    outside: { eps: 0, minSamples: 0, resamples: 0, share: 1, seed: 0.5 },
    base: { resamples: 3 },
  }),
  asks("exampleUsers", "groups", { settings: { count: from(1, 4) }, outside: { count: 0 } }),
  asks("apiCombinations", "groups", {
    settings: { by: anyOf("group", "api"), ...named },
    outside: { by: "user" },
  }),
  asks("apiPairs", "groups"),
  asks("kDistances", "usage", { settings: { k: from(1, 5) }, outside: { k: 0 } }),
  asks("epsSweep", "usage", {
    settings: { eps: some(eps, 3), minSamples: some(minSamples, 2) },
    outside: { eps: [-1], minSamples: [0] },
    base: { eps: [0.2, 0.4], minSamples: [2, 3] },
  }),
  asks("stablePlateau", "sweep", {
    settings: {
      ...{ maxNoiseShare: share, minShare: share },
      ...{ minAgreement: real(-1, 1), minSilhouette: real(-1, 1) },
    },
    outside: { maxNoiseShare: 2, minAgreement: -2, minSilhouette: Number.NaN, minShare: -1 },
  }),
  asks("clusterings", "usage", {
    settings: {
      ...{ eps, minSamples, minClusterShare: share, seed, resolution: real(0, 1) },
      k: fc.array(few(2, 6), { maxLength: 2 }),
    },
    outside: { eps: 0, minSamples: 0, minClusterShare: 2, resolution: -1 },
    base: { k: [2] },
  }),
  asks("principalComponents", "groups", {
    settings: { type: anyOf("gnql", "riot", "constructor") },
    outside: { features: ["use_days"] },
    mayRefuse: /^principalComponents needs 2 users or more/,
  }),
  asks("dbscan", "points", {
    settings: { eps, minSamples },
    outside: { eps: 0, minSamples: 0 },
    base: { eps: 0.2, minSamples: 2 },
    holds: labels,
  }),
  asks("hdbscan", "points", {
    settings: { minClusterSize: from(2, 6), minSamples: from(1, 6), resolution: real(0, 1) },
    outside: { minClusterSize: 1, minSamples: 0, resolution: Number.NaN },
    holds: labels,
  }),
  asks("kMeans", "points", {
    settings: { k: few(1, 4), seed, starts: few(1, 3) },
    outside: { k: 0, starts: 0, seed: 0.5 },
    base: { k: 1, starts: 2 },
    mayRefuse: /^kMeans needs k .*different points/,
  }),
  asks("silhouetteScore", "points labels", {
    settings: { sampleSize: from(2, 9), seed },
    outside: { sampleSize: 1 },
    mayRefuse: /^silhouetteScore needs .*label/,
  }),
  asks("dbcv", "points labels", { mayRefuse: /^dbcv needs .*clusters/ }),
  asks("adjustedRandIndex", "labels otherLabels"),
  asks("kruskalWallis", "firsts labels"),
];

const type = { type: new Frame("firstType") };
const api = anyOf("gnql", "riot", "__proto__", "constructor");
const profiles = { profiles: new Frame("profiles") };

/** lib/plot, of frames that API usage gives. */
export const GROUP_PLOT_CASES: readonly Case[] = [
  draws("sweepPanelsFigure", "groupSweep groups"),
  draws("kDistanceFigure", "distances knees"),
  draws("featureBoxesFigure", "groups", {
    settings: { type: api, log: fc.subarray(["use_days"]), profiles: none },
    outside: { features: [] },
    base: { ...type, ...profiles },
    mayRefuse: /^featureBoxesFigure needs a type with users, got /,
  }),
  draws("groupMapFigure", "groups", {
    settings: { type: api, profiles: none },
    base: profiles,
    mayRefuse: /^principalComponents needs 2 users or more/,
  }),
  draws("usageTimelinesFigure", "usage examples", {
    settings: { type: api, profiles: none },
    base: { ...type, ...profiles },
    mayRefuse: /^usageTimelinesFigure needs 1 to 40 examples of /,
  }),
];
