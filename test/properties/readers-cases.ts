import { asks, but, type Case, from, oneOf, real } from "./case";

const when = oneOf("all", "in class", "after class");

/** lib/group, of an access log's readers. */
export const READERS_CASES: readonly Case[] = [
  asks("readerFeatures", "log", { settings: { when } }),
  asks("readerGroups", "log", {
    settings: {
      when,
      minSamples: from(1, 6),
      leastPages: from(1, 4),
      eps: but([0], real(1e-3, 3)),
    },
    base: { minSamples: 2, leastPages: 1 },
  }),
  asks("readerOutliers", "readers suspects"),
];
