import * as lib from "../../lib/index";
import { type AnyCase, anyOf, from, of, real, some } from "./case";

const when = anyOf("all", "in class", "after class");

/** lib/group, of an access log's readers. */
export const READERS_CASES: readonly AnyCase[] = [
  of({
    name: "readerFeatures",
    options: some({ when }),
    ask: (w, options) => lib.readerFeatures(w.log, options),
    outside: [{ when: "x" }],
  }),
  of({
    name: "readerGroups",
    options: some({
      ...{ when, minSamples: from(1, 6), leastPages: from(1, 4) },
      eps: real(1e-3, 3),
    }),
    ask: (w, options) => lib.readerGroups(w.log, { minSamples: 2, leastPages: 1, ...options }),
    outside: [{ eps: 0 }, { minSamples: 0 }, { leastPages: 0 }, { when: "x" }],
  }),
  of({ name: "readerOutliers", ask: (w) => lib.readerOutliers(w.readers, w.suspects) }),
];
