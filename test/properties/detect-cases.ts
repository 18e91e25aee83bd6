import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import { type AnyCase, anyOf, asks, from, groupedBy, of, positive, real, some } from "./case";
import { daysOfLog, sameRows, sumOf, viewsIn } from "./holds";

const span = fc.oneof(real(1, 400), anyOf(1, 2, 1e9, Number.MAX_VALUE));
const k = fc.oneof(real(1e-3, 9), anyOf(1e-300, 1e300));
const ewm = fc.record({ span, k, method: fc.constant("ewm" as const) }, { requiredKeys: [] });
const robust = fc.record(
  { span: from(5), k, method: fc.constant("robust" as const) },
  { requiredKeys: ["method"] },
);
const bands = fc.oneof({ weight: 3, arbitrary: ewm }, { weight: 1, arbitrary: robust });
const wrongBands = [
  { span: 0.5 },
  { k: 0 },
  { k: Number.NaN },
  { method: "robust", span: 4 },
  { method: "sma" },
] as const;

/** lib/detect/bands and lib/detect/requests. */
export const DETECT_CASES: readonly AnyCase[] = [
  asks("dailyPageViews", "log", { by: groupedBy }, [[{ by: "date" }, /date/]], {
    holds: (daily: pl.DataFrame, w, { by }) => {
      if (by === null || by === undefined || by === "user_id")
        sumOf(daily, "pages", viewsIn(w.log));
    },
  }),
  of({
    name: "bollingerBands",
    options: bands,
    ask: (w, options) => lib.bollingerBands(w.daily, options),
    holds: (banded: pl.DataFrame, w) => sameRows(banded, w.daily.height),
    outside: wrongBands,
  }),
  of({
    name: "bollingerAnomalies",
    options: fc
      .tuple(bands, some({ by: anyOf("user_id", "ip", "cohort", null) }))
      .map(([a, b]) => ({ ...a, ...b })),
    ask: (w, options) => lib.bollingerAnomalies(w.log, options),
    holds: (flags: pl.DataFrame, w, { by = "user_id" }) =>
      daysOfLog(flags, w.log, by === null ? ["date"] : [by, "date"]),
    outside: wrongBands,
  }),
  of({
    name: "bandHistory",
    options: bands,
    ask: (w, options) => lib.bandHistory(lib.bollingerBands(w.daily, options), options),
    outside: wrongBands,
  }),
  of({
    name: "bandCeiling",
    options: some({ days: from(1, 2_000), span, k }),
    ask: (_, { days = 1, ...options }) => lib.bandCeiling(days, options),
    outside: [{ days: 0 }, { span: 0 }, { k: -1 }],
  }),
  of({
    name: "bandMinimumHistory",
    options: some({ span, k }),
    ask: (_, options) => lib.bandMinimumHistory(options),
    outside: [{ span: 0 }, { k: 0 }],
  }),
  asks("excessPages", "banded", {}, [], {
    holds: (rows: pl.DataFrame, w) => sameRows(rows, w.banded.height),
  }),
  asks(
    "flagsByK",
    "daily",
    {
      ks: fc.array(k, { minLength: 1, maxLength: 3 }),
      spans: fc.array(span, { minLength: 1, maxLength: 2 }),
    },
    [{ ks: [] }, { spans: [] }, { ks: [0] }],
  ),
  asks("flagsByWeekday", "banded", {}, [], { holds: (rows: pl.DataFrame) => sameRows(rows, 7) }),
  asks("probingRequests", "log"),
  asks("probingDays", "log", {}, [], { holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log) }),
  asks("requestSurprise", "log", {}, [], {
    inOrder: true,
    holds: (rows: pl.DataFrame, w) => sameRows(rows, viewsIn(w.log)),
  }),
  asks("surprisingDays", "log", { threshold: positive }, [{ threshold: 0 }], {
    holds: (days: pl.DataFrame, w) => {
      daysOfLog(days, w.log);
      sumOf(days, "pages", viewsIn(w.log));
    },
  }),
  asks(
    "scrapingDays",
    "log",
    {
      ...{ by: anyOf("user_id", "ip"), perSecond: positive },
      ...{ perMinute: positive, perHour: positive, daysWorth: positive, leastDays: positive },
      orderWeight: real(0, 0.999),
      usualShare: real(1e-9, 1),
    },
    [{ by: "path" }, { perSecond: 0 }, { orderWeight: 1 }, { usualShare: 1.5 }, { leastDays: -1 }],
    { holds: (days: pl.DataFrame, w, { by = "user_id" }) => daysOfLog(days, w.log, [by, "date"]) },
  ),
  asks(
    "visits",
    "log",
    {
      by: anyOf("user_id", "ip", "cohort", "cohort_id", "program"),
      pause: positive,
    },
    [{ pause: 0 }, [{ by: "pages" }, /pages/]],
    {
      holds: (visits: pl.DataFrame, w, { by = "user_id" }) => {
        if (by === "user_id") sumOf(visits, "pages", viewsIn(w.log));
      },
    },
  ),
];
