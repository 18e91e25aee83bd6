import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { World } from "../support/world";
import {
  anyOf,
  asks,
  but,
  type Case,
  from,
  groupedBy,
  oneOf,
  partOfWhole,
  positive,
  real,
} from "./case";
import { daysOfLog, rowsOf, sameRows, sumOf, viewsIn } from "./holds";

const span = but([0, 0.5], fc.oneof(real(1, 400), anyOf(1, 2, 1e9, Number.MAX_VALUE)));
const k = but([0, -1], fc.oneof(real(1e-3, 9), anyOf(1e-300, 1e300)));
/** Settings of bands by `ewm`; one in four is `robust`, which needs whole spans of at least 5. */
const bands = {
  span: but([0, 0.5], fc.oneof(from(5))),
  k,
  method: oneOf("ewm", "ewm", "ewm", "robust"),
};

const pagesOfUsers = (rows: pl.DataFrame, w: World, { by = "user_id" }) => {
  if (by === null || by === "user_id") sumOf(rows, "pages", viewsIn(w.log));
};

/** lib/detect/bands and lib/detect/requests. */
export const DETECT_CASES: readonly Case[] = [
  asks("dailyPageViews", "log", { settings: { by: groupedBy }, holds: pagesOfUsers }),
  asks("bollingerBands", "daily", {
    settings: { span, k },
    outside: { method: "sma" },
    holds: rowsOf("daily"),
  }),
  asks("bollingerAnomalies", "log", {
    settings: { ...bands, by: anyOf("user_id", "ip", "cohort", null) },
    holds: daysOfLog,
  }),
  {
    name: "bandHistory",
    settings: bands,
    ask: (w, options) => lib.bandHistory(lib.bollingerBands(w.daily, options), options),
  },
  {
    name: "bandCeiling",
    settings: { days: from(1, 2_000), span, k },
    ask: (_, { days = 1, ...options }) => lib.bandCeiling(days, options),
  },
  {
    name: "bandMinimumHistory",
    settings: { span, k },
    ask: (_, options) => lib.bandMinimumHistory(options),
  },
  asks("excessPages", "banded", { holds: rowsOf("banded") }),
  asks("flagsByK", "daily", {
    settings: {
      ks: but([[0]], fc.array(k, { minLength: 1, maxLength: 3 })),
      spans: but([[]], fc.array(span, { minLength: 1, maxLength: 2 })),
    },
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
    holds: (days, w) => {
      daysOfLog(days, w);
      sumOf(days, "pages", viewsIn(w.log));
    },
  }),
  asks("scrapingDays", "log", {
    settings: {
      ...{ by: but(["path"], anyOf("user_id", "ip")), perSecond: positive, perMinute: positive },
      ...{ perHour: positive, daysWorth: positive, leastDays: positive },
      ...{ orderWeight: but([1], real(0, 0.999)), usualShare: partOfWhole },
    },
    holds: daysOfLog,
  }),
  asks("visits", "log", {
    settings: { by: oneOf("user_id", "ip", "cohort", "cohort_id", "program"), pause: positive },
    holds: pagesOfUsers,
  }),
];
