import fc from "fast-check";
import pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { World } from "../support/world";

import type { Case } from "./case";
import * as c from "./case";
import { daysOfLog, rowsOf, sameRows, sumOf, viewsIn } from "./holds";

const span = c.but([0, 0.5], fc.oneof(c.real(1, 400), c.anyOf(1, 2, 1e9, Number.MAX_VALUE)));
const k = c.but([0, -1], fc.oneof(c.real(1e-3, 9), c.anyOf(1e-300, 1e300)));
/** Settings of bands by `ewm`; some are `robust` or `counts`, which need whole spans of at least 5. */
const bands = {
  span: c.but([0, 0.5], fc.oneof(c.from(5))),
  k,
  method: c.oneOf("ewm", "ewm", "ewm", "robust", "counts"),
};

const pagesOfUsers = (rows: pl.DataFrame, w: World, { by = "user_id" }) => {
  if (by === null || by === "user_id") sumOf(rows, "pages", viewsIn(w.log));
};

/** lib/detect/bands and lib/detect/requests. */
export const DETECT_CASES: readonly Case[] = [
  c.asks("dailyPageViews", "log", { settings: { by: c.groupedBy }, holds: pagesOfUsers }),
  c.asks("bollingerBands", "daily", {
    settings: { span, k },
    outside: { method: "sma" },
    holds: rowsOf("daily"),
  }),
  c.asks("bollingerAnomalies", "log", {
    settings: { ...bands, by: c.anyOf("user_id", "ip", "cohort", null) },
    holds: daysOfLog,
  }),
  {
    name: "bandHistory",
    settings: bands,
    ask: (w, options) => lib.bandHistory(lib.bollingerBands(w.daily, options), options),
  },
  {
    name: "bandCeiling",
    settings: { days: c.from(1, 2_000), span, k },
    ask: (_, { days = 1, ...options }) => lib.bandCeiling(days, options),
  },
  {
    name: "bandMinimumHistory",
    settings: { span, k },
    ask: (_, options) => lib.bandMinimumHistory(options),
  },
  c.asks("excessPages", "banded", { holds: rowsOf("banded") }),
  c.asks("flagsByK", "daily", {
    settings: {
      ks: c.but([[0]], fc.array(k, { minLength: 1, maxLength: 3 })),
      spans: c.but([[]], fc.array(span, { minLength: 1, maxLength: 2 })),
    },
  }),
  c.asks("flagsByWeekday", "banded", { holds: (rows) => sameRows(rows, 7) }),
  c.asks("probingRequests", "log"),
  c.asks("probingDays", "log", { holds: daysOfLog }),
  c.asks("requestSurprise", "log", {
    inOrder: true,
    holds: (rows, w) => sameRows(rows, viewsIn(w.log)),
  }),
  c.asks("surprisingDays", "log", {
    settings: { threshold: c.positive },
    holds: (days, w) => {
      daysOfLog(days, w);
      sumOf(days, "pages", viewsIn(w.log));
    },
  }),
  c.asks("scrapingDays", "log", {
    settings: {
      ...{
        by: c.but(["path"], c.anyOf("user_id", "ip")),
        perSecond: c.positive,
        perMinute: c.positive,
      },
      ...{ perHour: c.positive, daysWorth: c.positive, leastDays: c.positive },
      ...{ orderWeight: c.but([1], c.real(0, 0.999)), usualShare: c.partOfWhole },
    },
    holds: daysOfLog,
  }),
  c.asks("slowScrapingDays", "log", {
    settings: { limit: c.positive, usualShare: c.partOfWhole, leastDays: c.positive },
    holds: (days, w) => {
      daysOfLog(days, w);
      // Each page that a user opens is new once.
      const opened = w.log.drop("date").dropNulls(["path", "user_id", "timestamp"]);
      sumOf(days, "new_pages", opened.unique({ subset: ["user_id", "path"] }).height);
    },
  }),
  c.asks("sharedScraping", "log", {
    settings: {
      by: c.oneOf("ip", "network"),
      ...{ times: c.positive, least: c.positive, leastSpans: c.positive },
      usualShare: c.partOfWhole,
    },
    holds: (spans) => {
      const wrong = spans.filter(
        pl
          .col("users")
          .lt(2)
          .or(pl.col("unshared_pages").gt(pl.col("distinct_pages"))),
      );
      sameRows(wrong, 0);
    },
  }),
  c.asks("visits", "log", {
    settings: { by: c.oneOf("user_id", "ip", "cohort", "cohort_id", "program"), pause: c.positive },
    holds: pagesOfUsers,
  }),
];
