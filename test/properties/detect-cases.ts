import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { World } from "../support/world";
import { anyOf, asks, type Case, from, groupedBy, positive, real } from "./case";
import { daysOfLog, rowsOf, sameRows, sumOf, viewsIn } from "./holds";

const span = fc.oneof(real(1, 400), anyOf(1, 2, 1e9, Number.MAX_VALUE));
const k = fc.oneof(real(1e-3, 9), anyOf(1e-300, 1e300));
/** Settings of bands by `ewm`; one in four is `robust`, which needs whole spans of at least 5. */
const bands = { span: from(5), k, method: anyOf("ewm", "ewm", "ewm", "robust") };
const wrongBands = { span: 0.5, k: 0, method: "sma" };

const pagesOfUsers = (rows: pl.DataFrame, w: World, { by = "user_id" }) => {
  if (by === null || by === "user_id") sumOf(rows, "pages", viewsIn(w.log));
};

/** lib/detect/bands and lib/detect/requests. */
export const DETECT_CASES: readonly Case[] = [
  asks("dailyPageViews", "log", {
    settings: { by: groupedBy },
    outside: { by: "date" },
    holds: pagesOfUsers,
  }),
  asks("bollingerBands", "daily", {
    settings: { span, k },
    outside: wrongBands,
    holds: rowsOf("daily"),
  }),
  asks("bollingerAnomalies", "log", {
    settings: { ...bands, by: anyOf("user_id", "ip", "cohort", null) },
    outside: wrongBands,
    holds: daysOfLog,
  }),
  {
    name: "bandHistory",
    options: fc.record(bands, { requiredKeys: [] }),
    ask: (w, options) => lib.bandHistory(lib.bollingerBands(w.daily, options), options),
    outside: wrongBands,
  },
  {
    name: "bandCeiling",
    options: fc.record({ days: from(1, 2_000), span, k }, { requiredKeys: [] }),
    ask: (_, { days = 1, ...options }) => lib.bandCeiling(days, options),
    outside: { days: 0, span: 0, k: -1 },
  },
  {
    name: "bandMinimumHistory",
    options: fc.record({ span, k }, { requiredKeys: [] }),
    ask: (_, options) => lib.bandMinimumHistory(options),
    outside: { span: 0, k: 0 },
  },
  asks("excessPages", "banded", { holds: rowsOf("banded") }),
  asks("flagsByK", "daily", {
    settings: {
      ks: fc.array(k, { minLength: 1, maxLength: 3 }),
      spans: fc.array(span, { minLength: 1, maxLength: 2 }),
    },
    outside: { ks: [0], spans: [] },
  }),
  asks("flagsByWeekday", "banded", { holds: (rows) => sameRows(rows, 7) }),
  asks("probingRequests", "log"),
  asks("probingDays", "log", { holds: daysOfLog }),
  asks("requestSurprise", "log", {
    inOrder: true,
    holds: (rows, w) => sameRows(rows, viewsIn(w.log)),
  }),
  asks("surprisingDays", "log", {
    settings: { threshold: positive },
    outside: { threshold: 0 },
    holds: (days, w) => {
      daysOfLog(days, w);
      sumOf(days, "pages", viewsIn(w.log));
    },
  }),
  asks("scrapingDays", "log", {
    settings: {
      ...{ by: anyOf("user_id", "ip"), perSecond: positive, perMinute: positive },
      ...{ perHour: positive, daysWorth: positive, leastDays: positive },
      ...{ orderWeight: real(0, 0.999), usualShare: real(1e-9, 1) },
    },
    outside: { by: "path", perSecond: 0, orderWeight: 1, usualShare: 1.5, leastDays: -1 },
    holds: daysOfLog,
  }),
  asks("visits", "log", {
    settings: { by: anyOf("user_id", "ip", "cohort", "cohort_id", "program"), pause: positive },
    outside: { pause: 0, by: "pages" },
    holds: pagesOfUsers,
  }),
];
