import type pl from "nodejs-polars";
import { count } from "../../log/count";
import { dailyPageViews } from "../../log/daily-page-views";
import { firstRow, type Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { numbers } from "../../log/typed-arrays";
import { above, atMost, not, where } from "../../log/where";
import { dayNumber } from "../access/day-number";
import { bandCeiling } from "../bands/band-ceiling";
import { type BollingerBandsOptions, bollingerBands } from "../bands/bollinger-bands";
import { COMBINED } from "./detector-scores";
import { DETECTORS } from "./detectors";
import { type InnocentExplanation, innocentExplanations } from "./innocent-explanations";

export interface FlagCardOptions extends Pick<BollingerBandsOptions, "span" | "k"> {
  userId: number;
  date: Date | string;
  /** What `detectorScores` gives; without it the bands alone speak. */
  scores?: pl.DataFrame;
}

/** What there is to know about one user's flagged day. */
export interface FlagCard {
  userId: number;
  date: string;
  cohort: string | null;
  program: string | null;
  actual: number;
  /** Midband of the user's own days up to this one; null on a first day. */
  expected: number | null;
  limit: number | null;
  pctB: number | null;
  span: number;
  k: number;
  /** Days from the user's first to this one, and on how many of them they read. */
  history: { days: number; activeDays: number };
  /** Highest %b that a day with so much history can have; null where none can have a band. */
  ceiling: number | null;
  /** Share of the peers' days with fewer pages. */
  percentile: number;
  /** The cohort, or the whole site without one; and the number of their days. */
  peers: { of: string; days: number };
  /** `detector`, `rule`, `score`, `finding`, the highest score first. */
  detectors: pl.DataFrame;
  innocent: InnocentExplanation[];
  /** In order of time: `timestamp`, `path`, `user_id`, `cohort_id`, `ip`. */
  lines: pl.DataFrame;
}

/**
 * Opens a flag: what was expected and what was there, how the day compares with peers' days, which
 * innocent explanations fit, and the log lines themselves.
 * @throws {RangeError} if `date` is not a day, or the user has no row on it
 * @throws {Error} if a column is missing or of another type
 * @example
 * show(flagCard(accessLog, { userId: 341, date: "2019-03-03" }));
 */
export function flagCard(
  accessLog: pl.DataFrame,
  { userId, date, scores, span = 30, k = 2 }: FlagCardOptions,
): FlagCard {
  requireColumns("flagCard", accessLog, "timestamp", "date", "path", "user_id", "cohort_id");
  requireColumns("flagCard", accessLog, "ip", "cohort", "program");
  const day = new Date(86_400_000 * dayNumber("flagCard", "date", date));
  const text = day.toISOString().slice(0, 10);
  const own = where(accessLog, { user_id: userId });
  const rows = where(own, { date: day }).sort("timestamp");
  if (rows.height === 0) {
    throw new RangeError(
      `flagCard needs a day with rows of the user; user ${userId} has none on ${text}, ` +
        (own.height === 0
          ? "nor on any other"
          : `and rows on ${own.getColumn("date").nUnique()} others`),
    );
  }
  const upTo = where(bollingerBands(dailyPageViews(own), { span, k }), { date: atMost(day) });
  const band = firstRow(where(upTo, { date: day }));
  const inCohort = firstRow(where(rows, { cohort: not(null) }));
  const cohort: string | null = inCohort?.cohort ?? null;
  const actual = where(rows, { path: not(null) }).height;
  const peersViews = where(accessLog, { path: not(null), ...(cohort !== null && { cohort }) });
  const peersPages = numbers(count(peersViews, ["user_id", "date"]), "rows");
  return {
    userId,
    date: text,
    cohort,
    program: inCohort?.program ?? null,
    actual,
    expected: band?.lower_band === null ? null : (band?.midband ?? null),
    limit: band?.upper_band ?? null,
    pctB: band?.pct_b ?? null,
    span,
    k,
    history: { days: upTo.height, activeDays: where(upTo, { pages: above(0) }).height },
    ceiling: upTo.height > 0 ? bandCeiling(upTo.height, { span, k }) : null,
    percentile: peersPages.filter((pages) => pages < actual).length / (peersPages.length || 1),
    peers: { of: cohort ?? "the whole site", days: peersPages.length },
    detectors: detectorsOn(scores, userId, day),
    innocent: innocentExplanations(accessLog, { own, rows, day }),
    lines: rows.select("timestamp", "path", "user_id", "cohort_id", "ip"),
  };
}

function detectorsOn(scores: pl.DataFrame | undefined, userId: number, day: Date): pl.DataFrame {
  if (!scores) return frameOf([], "detector", "rule", "score", "finding");
  requireColumns("flagCard (scores)", scores, "detector", "user_id", "date", "score", "finding");
  const isOthers = { user_id: userId, date: day, score: not(null), detector: not(COMBINED) };
  const found = where(scores, isOthers)
    .sort("detector")
    .sort({ by: "score", descending: true, maintainOrder: true });
  const rules = new Map(DETECTORS.map(({ name, rule }) => [name, rule]));
  const ruleOf = ({ detector }: Row) => rules.get(String(detector));
  const rows = found.toRecords().map((row) => ({ ...row, rule: ruleOf(row) }));
  return frameOf(rows, "detector", "rule", "score", "finding");
}
