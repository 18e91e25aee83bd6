import * as lib from "../../lib/index";
import { type AnyCase, anyOf, asks, from, of, real, some } from "./case";

const when = anyOf("all", "in class", "after class");

/** lib/group, of an access log's readers. */
export const READERS_CASES: readonly AnyCase[] = [
  asks("readerFeatures", "log", { when }, [{ when: "x" }]),
  of({
    name: "readerGroups",
    options: some({
      ...{ when, minSamples: from(1, 6), leastPages: from(1, 4) },
      eps: real(1e-3, 3),
    }),
    ask: (w, options) => lib.readerGroups(w.log, { minSamples: 2, leastPages: 1, ...options }),
    outside: [{ eps: 0 }, { minSamples: 0 }, { leastPages: 0 }, { when: "x" }],
  }),
  asks("readerOutliers", "readers suspects"),
];
