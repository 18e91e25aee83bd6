import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import * as lib from "../../lib/index";
import type { UsageWorld } from "../support/arbitrary-usage";
import type { Case } from "./case";
import * as c from "./case";
import { rowsOf, sameRows } from "./holds";

const { anyOf, asks, but, draws, Frame, frame, from, none, oneOf, real, share } = c;
const eps = but([0], fc.oneof(real(1e-6, 3), anyOf(0.15, 1e9)));
const minSamples = from(1, 12);
const correlation = but([-2, Number.NaN], real(-1, 1));
const resolution = but([-1, Number.NaN], real(0, 1));
const seed = but([0.5], fc.integer({ min: 0, max: 9 }));
const named = { profiles: frame("profiles") };
const few = (least: number, most: number) =>
  but([least - 1], fc.integer({ min: least, max: most }));
const some = <T>(of: fc.Arbitrary<T>, most: number) =>
  but([[0]], fc.array(of, { minLength: 1, maxLength: most }));

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
    settings: { features: c.someOf("use_days", "calls", "avg_cont_use") },
    ask: (w, { features = ["calls", "calls_per_day"] }) => lib.scaledFeatures(w.habits, features),
  },
  asks("groupUsers", "usage", {
    settings: { eps, select: oneOf("best", "last"), minSamples: some(minSamples, 3) },
    holds: ({ groups }, w) => sameRows(groups, w.features.height),
  }),
  asks("labeledUsage", "usage groups", {
    holds: ({ rawData }, w) => sameRows(rawData, w.usage.height),
  }),
  asks("groupProfiles", "groups usage"),
  asks("groupMoves", "usage", {
    settings: { weeks: from(1, 6), groups: none },
    base: { groups: new Frame("groups") },
    mayRefuse: SLIP,
  }),
  asks("groupDifferences", "groups"),
  asks("groupsAgainstOneLaw", "usage", {
    settings: { draws: few(1, 3), seed },
    base: { draws: 2 },
    holds: (found, w) => sameRows(found, w.usage.getColumn("type").nUnique()),
  }),
  asks("groupStability", "usage", {
    settings: {
      ...{ eps, minSamples, resamples: few(1, 4), seed, share: but([1], real(0.01, 0.99)) },
      settings: frame("plateau"),
    },
    base: { resamples: 3 },
  }),
  asks("exampleUsers", "groups", { settings: { count: from(1, 4) } }),
  asks("apiCombinations", "groups", { settings: { by: oneOf("group", "api"), ...named } }),
  asks("apiPairs", "groups"),
  asks("kDistances", "usage", { settings: { k: from(1, 5) } }),
  asks("epsSweep", "usage", {
    settings: { eps: some(eps, 3), minSamples: some(minSamples, 2) },
    base: { eps: [0.2, 0.4], minSamples: [2, 3] },
  }),
  asks("stablePlateau", "sweep", {
    settings: {
      ...{ maxNoiseShare: share, minShare: share },
      ...{ minAgreement: correlation, minSilhouette: correlation },
    },
  }),
  asks("clusterings", "usage", {
    settings: {
      ...{ eps, minSamples, minClusterShare: share, seed, resolution },
      k: fc.array(few(2, 6), { maxLength: 2 }),
    },
    base: { k: [2] },
  }),
  asks("principalComponents", "groups", {
    settings: { type: anyOf("gnql", "riot", "constructor") },
    outside: { features: ["use_days"] },
    mayRefuse: /^principalComponents needs 2 users or more/,
  }),
  asks("dbscan", "points", {
    settings: { eps, minSamples },
    base: { eps: 0.2, minSamples: 2 },
    holds: labels,
  }),
  asks("hdbscan", "points", {
    settings: { minClusterSize: from(2, 6), minSamples: from(1, 6), resolution },
    holds: labels,
  }),
  asks("kMeans", "points", {
    settings: { k: few(1, 4), seed, starts: few(1, 3) },
    base: { k: 1, starts: 2 },
    mayRefuse: /^kMeans needs k .*different points/,
  }),
  asks("silhouetteScore", "points labels", {
    settings: { sampleSize: from(2, 9), seed },
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
