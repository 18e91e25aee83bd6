import { anyOf, asks, type Case, from, real } from "./case";

const when = anyOf("all", "in class", "after class");

/** lib/group, of an access log's readers. */
export const READERS_CASES: readonly Case[] = [
  asks("readerFeatures", "log", { settings: { when }, outside: { when: "x" } }),
  asks("readerGroups", "log", {
    settings: { when, minSamples: from(1, 6), leastPages: from(1, 4), eps: real(1e-3, 3) },
    outside: { eps: 0, minSamples: 0, leastPages: 0, when: "x" },
    base: { minSamples: 2, leastPages: 1 },
  }),
  asks("readerOutliers", "readers suspects"),
];
