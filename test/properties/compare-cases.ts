import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import * as lib from "../../lib/index";

import type { Case } from "./case";
import * as c from "./case";
import { daysOfLog } from "./holds";

const kinds = [
  ...["copying", "probing", "outsider", "other program", "many addresses"],
  ...["shared address", "class without a label"],
];
const ADDRESSES = ["198.18.0.1", "198.18.0.2", "", "constructor"] as const;
const few = { maxLength: 3 };

/** lib/detect/compare. */
export const COMPARE_CASES: readonly Case[] = [
  c.asks("detectorScores", "log", {
    settings: { detectors: fc.subarray(lib.DETECTORS.slice(2)) },
    holds: daysOfLog,
  }),
  c.asks("detectorAgreement", "scores", {
    holds: (agreement) => strictEqual(Math.sqrt(agreement.height) % 1, 0, "pairs"),
  }),
  c.asks("suspiciousDays", "scores", { holds: daysOfLog }),
  c.asks("scoreDetectors", "scores truth", {
    settings: { kinds: fc.subarray(["scraping", "probing"]) },
  }),
  c.asks("falseAlarms", "scores truth"),
  c.asks("scoreIntervals", "measured", { settings: { draws: c.from(1, 9), seed: fc.nat(9) } }),
  c.asks("evidenceAbout", "log", {
    settings: {
      users: fc.array(c.anyOf(1, 2, 3, 20, 2 ** 53 - 1, -1), few),
      addresses: fc.array(c.anyOf(...ADDRESSES), few),
    },
    base: { users: new c.Frame("firstUsers") },
  }),
  {
    name: "flagCard",
    inOrder: true,
    settings: {
      place: fc.nat(200),
      scored: fc.boolean(),
      span: c.but([0], c.real(1, 60)),
      k: c.but([0], c.real(0.1, 5)),
    },
    ask: (w, { place = 0, scored = false, ...options }) => {
      const row = w.tables.logs[place % Math.max(1, w.tables.logs.length)];
      const { user_id: userId, date } = row ?? { user_id: 1, date: "2020-01-01" };
      const scores = scored && { scores: w.scores };
      return lib.flagCard(w.log, { userId, date, ...options, ...scores });
    },
    mayRefuse: /^flagCard needs a day with rows of the user; user 1 has none on 2020-01-01/,
  },
  c.asks("suspects", "log", {
    settings: {
      ...{ kinds: c.someOf(...kinds), together: c.from(1, 6), curricula: c.none },
      from: c.but(["x"], c.anyOf("2020-01-20", "9999-12-31")),
    },
    base: { curricula: new c.Frame("curricula") },
  }),
  {
    name: "changePoint",
    settings: {
      rows: fc.array(fc.record({ count: fc.nat(9), more: fc.nat(9) }), { maxLength: 30 }),
      ...{ change: c.oneOf("any", "fall", "rise"), block: c.from(1, 9), seed: fc.nat(9) },
      permutations: c.permutations,
    },
    ask: (_, { rows = [], ...options }) => {
      const counts = rows.map(({ count }: { count: number }) => count);
      const totals = rows.map(({ count, more }: { count: number; more: number }) => count + more);
      return lib.changePoint(counts, totals, { permutations: 9, ...options });
    },
  },
  {
    name: "rateSegments",
    settings: {
      rows: fc.array(fc.record({ count: fc.nat(9), more: fc.nat(9) }), { maxLength: 30 }),
      ...{ least: c.from(1, 9), penalty: c.positive, dispersion: c.positive },
    },
    ask: (_, { rows = [], ...options }) => {
      const counts = rows.map(({ count }: { count: number }) => count);
      const totals = rows.map(({ count, more }: { count: number; more: number }) => count + more);
      return lib.rateSegments(counts, totals, options);
    },
  },
  {
    name: "signTest",
    settings: { less: fc.nat(2000), more: fc.nat(2000) },
    ask: (_, { less = 1, more = 1 }) => lib.signTest(less, more),
  },
];
