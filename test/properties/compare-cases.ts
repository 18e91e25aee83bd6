import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { LogWorld } from "../support/log-world";
import { type AnyCase, anyOf, asks, from, of, real, some } from "./case";
import { daysOfLog } from "./holds";

const kinds = [
  ...(["copying", "probing", "outsider", "other program", "many addresses"] as const),
  ...(["shared address", "class without a label"] as const),
];
const others = lib.DETECTORS.slice(2);

/** lib/detect/compare. */
export const COMPARE_CASES: readonly AnyCase[] = [
  asks("detectorScores", "log", { detectors: fc.subarray(others) }, [], {
    holds: (scores: pl.DataFrame, w) => daysOfLog(scores, w.log),
  }),
  asks("detectorAgreement", "scores", {}, [], {
    holds: (agreement: pl.DataFrame) => strictEqual(Math.sqrt(agreement.height) % 1, 0, "pairs"),
  }),
  asks("suspiciousDays", "scores", {}, [], {
    holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log),
  }),
  asks("scoreDetectors", "scores truth", { kinds: fc.subarray(["scraping", "probing"]) }),
  of({
    name: "evidenceAbout",
    options: some({
      users: fc.array(anyOf(1, 2, 3, 20, 2 ** 53 - 1, -1), { maxLength: 3 }),
      addresses: fc.array(anyOf("198.18.0.1", "198.18.0.2", "", "constructor"), { maxLength: 3 }),
    }),
    ask: (w, options) => lib.evidenceAbout(w.log, { users: usersOf(w), ...options }),
  }),
  of({
    name: "flagCard",
    inOrder: true,
    options: some({ place: fc.nat(200), scored: fc.boolean(), span: real(1, 60), k: real(0.1, 5) }),
    ask: (w, { place = 0, scored = false, ...options }) => {
      const row = w.tables.logs[place % Math.max(1, w.tables.logs.length)];
      const { user_id: userId, date } = row ?? { user_id: 1, date: "2020-01-01" };
      return lib.flagCard(w.log, {
        ...{ userId, date, ...options },
        ...(scored && { scores: w.scores }),
      });
    },
    mayRefuse: /^flagCard needs a day with rows of the user; user 1 has none on 2020-01-01/,
    outside: [{ span: 0 }, { k: 0 }],
  }),
  of({
    name: "suspects",
    options: some({
      kinds: fc.subarray(kinds),
      together: from(1, 6),
      from: anyOf("2020-01-20", "9999-12-31"),
    }),
    ask: (w, options) => lib.suspects(w.log, { curricula: w.curricula, ...options }),
    outside: [{ kinds: ["x"] }, { together: 0 }, { from: "x" }],
  }),
  of({
    name: "changePoint",
    options: fc.record({
      rows: fc.array(fc.record({ count: fc.nat(9), more: fc.nat(9) }), { maxLength: 30 }),
      change: anyOf("any", "fall", "rise"),
      block: from(1, 9),
      seed: fc.nat(9),
    }),
    ask: (_, { rows = [], ...options }) =>
      lib.changePoint(
        rows.map(({ count }) => count),
        rows.map(({ count, more }) => count + more),
        { permutations: 9, ...options },
      ),
    outside: [
      { change: "x" },
      { permutations: 0 },
      { block: 0 },
      [{ rows: [{ count: -1, more: 2 }] }, /-1/],
      [{ rows: [{ count: Number.NaN, more: 2 }] }, /NaN/],
    ],
  }),
  of({
    name: "poissonRateTest",
    options: fc.record({
      a: fc.oneof(fc.nat(200), anyOf(1e5, 900_223)),
      b: fc.nat(200),
      x: real(1e-9, 1e9),
      y: real(1e-9, 1e9),
    }),
    ask: (_, { a = 1, x = 1, b = 1, y = 1 }) => lib.poissonRateTest(a, x, b, y),
    outside: [
      [{ a: -1 }, /-1/],
      [{ x: 0 }, /0/],
      [{ b: 0.5 }, /0.5/],
      [{ y: Number.POSITIVE_INFINITY }, /Infinity/],
    ],
  }),
];

const usersOf = ({ tables }: LogWorld) => tables.logs.slice(0, 3).map(({ user_id }) => user_id);
