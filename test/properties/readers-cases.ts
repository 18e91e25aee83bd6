import fc from "fast-check";
import * as lib from "../../lib/index";
import { type AnyCase, anyOf, from, of, some } from "./case";

const when = anyOf("all" as const, "in class" as const, "after class" as const);

/** lib/group, of an access log's readers. */
export const READERS_CASES: readonly AnyCase[] = [
  of({
    name: "readerFeatures",
    options: some({ when }),
    ask: (w, options) => lib.readerFeatures(w.log, options),
    anyOrder: true,
    outside: [[{ when: "x" }, /when.*x/]],
  }),
  of({
    name: "readerGroups",
    options: some({
      ...{ when, minSamples: from(1, 6), leastPages: from(1, 4) },
      eps: fc.double({ min: 1e-3, max: 3, noNaN: true }),
    }),
    ask: (w, options) => lib.readerGroups(w.log, { minSamples: 2, leastPages: 1, ...options }),
    anyOrder: true,
    outside: [
      [{ eps: 0 }, /eps.*0/],
      [{ minSamples: 0 }, /minSamples.*0/],
      [{ leastPages: 0 }, /leastPages.*0/],
      [{ when: "x" }, /when.*x/],
    ],
  }),
  of({
    name: "readerOutliers",
    ask: (w) => lib.readerOutliers(w.readers, w.suspects),
    anyOrder: true,
  }),
];
