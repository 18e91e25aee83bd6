import pl from "nodejs-polars";
import { dailyPageViews } from "../../log/daily-page-views";
import { firstRow } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { dayNumber } from "../access/day-number";
import { bandCeiling } from "../bands/band-ceiling";
import { type BollingerBandsOptions, bollingerBands } from "../bands/bollinger-bands";
import { COMBINED } from "./detector-scores";
import { DETECTORS } from "./detectors";
import { type InnocentExplanation, innocentExplanations } from "./innocent-explanations";

export interface FlagCardOptions extends Pick<BollingerBandsOptions, "span" | "k"> {
  /** Whose day. */
  userId: number;
  /** Which day: a Date, or text `YYYY-MM-DD`. */
  date: Date | string;
  /** What detectors say of all days, as `detectorScores` gives it; without it the bands alone speak. */
  scores?: pl.DataFrame;
}

/** What there is to know about one user's flagged day, for somebody who has to judge it. */
export interface FlagCard {
  userId: number;
  /** `YYYY-MM-DD`. */
  date: string;
  /** Of that day's rows; null where they have none. */
  cohort: string | null;
  program: string | null;
  /** Page views of that day. */
  actual: number;
  /** Midband: what the user's own past, the day included, leads one to expect. Null on a first day. */
  expected: number | null;
  /** Pages above which the bands flag the day; null where there is no band. */
  limit: number | null;
  pctB: number | null;
  /** Setting of the bands. */
  span: number;
  k: number;
  /** Days from the user's first to this one, both included, and on how many of them they read. */
  history: { days: number; activeDays: number };
  /** Highest %b that a day with so much history can have; null where none can have a band. */
  ceiling: number | null;
  /** Share of the cohort's user-days with pages (of the site's, without a cohort) that have fewer. */
  percentile: number;
  /** Whose days those are, and how many: the peers. */
  peers: { of: string; days: number };
  /** What each detector found: `detector`, `rule`, `score`, `finding`, the highest score first. */
  detectors: pl.DataFrame;
  /** What else could be behind it, each held against the log. */
  innocent: InnocentExplanation[];
  /** The day's log lines in order of time: `timestamp`, `path`, `user_id`, `cohort_id`, `ip`. */
  lines: pl.DataFrame;
}

/**
 * Opens a flag: the rule, what was expected and what was there, how the day compares with
 * those of the user's peers, how long the history is on which this rests, what speaks for
 * an innocent explanation and what against, and the log lines themselves. A flag is a
 * place to look; the card is the look.
 *
 * @param accessLog access log, as `prepareLogs` gives it
 * @throws {RangeError} if `userId` or `date` is none, or the user has no row on that day
 * @throws {Error} if a column is missing or of another type
 * @example
 * show(flagCard(accessLog, { userId: 341, date: "2019-03-03" }));
 */
export function flagCard(
  accessLog: pl.DataFrame,
  { userId, date, scores, span = 30, k = 2 }: FlagCardOptions,
): FlagCard {
  requireColumns(
    "flagCard",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "program",
  );
  const day = new Date(86_400_000 * dayNumber("flagCard", "date", date));
  const own = accessLog.filter(pl.col("user_id").eq(pl.lit(userId)));
  const rows = own.filter(pl.col("date").cast(pl.Date).eq(pl.lit(day))).sort("timestamp");
  const text = day.toISOString().slice(0, 10);
  if (rows.height === 0) {
    throw new RangeError(
      `flagCard needs a day with rows of the user; user ${userId} has none on ${text}, ` +
        (own.height === 0 ? "nor on any other" : `and rows on ${daysWithRows(own)} others`),
    );
  }
  const banded = bollingerBands(dailyPageViews(own), { span, k });
  const upTo = banded.filter(pl.col("date").ltEq(pl.lit(day)));
  const band = firstRow(upTo.filter(pl.col("date").eq(pl.lit(day))));
  const cohort = firstRow(rows.filter(pl.col("cohort").isNotNull()));
  const actual = rows.filter(pl.col("path").isNotNull()).height;
  const peers = peersOf(accessLog, cohort?.cohort ?? null);
  return {
    userId,
    date: text,
    cohort: cohort?.cohort ?? null,
    program: cohort?.program ?? null,
    actual,
    expected: band?.lower_band === null ? null : (band?.midband ?? null),
    limit: band?.upper_band ?? null,
    pctB: band?.pct_b ?? null,
    span,
    k,
    history: {
      days: upTo.height,
      activeDays: upTo.filter(pl.col("pages").gt(pl.lit(0))).height,
    },
    ceiling: upTo.height > 0 ? bandCeiling(upTo.height, { span, k }) : null,
    percentile:
      peers.pages.length === 0
        ? 0
        : peers.pages.filter((pages) => pages < actual).length / peers.pages.length,
    peers: { of: peers.of, days: peers.pages.length },
    detectors: detectorsOn(scores, userId, day),
    innocent: innocentExplanations(accessLog, { own, rows, day }),
    lines: rows.select("timestamp", "path", "user_id", "cohort_id", "ip"),
  };
}

const daysWithRows = (own: pl.DataFrame) => own.getColumn("date").nUnique();

/** Pages of every user-day that the day is held against. */
function peersOf(accessLog: pl.DataFrame, cohort: string | null) {
  const among = cohort === null ? accessLog : accessLog.filter(pl.col("cohort").eq(pl.lit(cohort)));
  const days = among
    .filter(pl.col("path").isNotNull())
    .groupBy(["user_id", "date"])
    .agg(pl.len().alias("pages"));
  const pages = Array.from(days.getColumn("pages").toArray() as Iterable<unknown>, Number);
  return { of: cohort ?? "the whole site", pages };
}

function detectorsOn(scores: pl.DataFrame | undefined, userId: number, day: Date): pl.DataFrame {
  const types = {
    detector: pl.String,
    rule: pl.String,
    score: pl.Float64,
    finding: pl.String,
  };
  if (!scores) return frameOf([], types);
  requireColumns("flagCard (scores)", scores, "detector", "user_id", "date", "score", "finding");
  const rules = new Map(DETECTORS.map(({ name, rule }) => [name, rule]));
  const found = scores
    .filter(
      pl
        .col("user_id")
        .eq(pl.lit(userId))
        .and(pl.col("date").eq(pl.lit(day)))
        .and(pl.col("score").isNotNull())
        // It repeats what one of the others says.
        .and(pl.col("detector").neq(pl.lit(COMBINED))),
    )
    .sort("detector")
    .sort({ by: "score", descending: true, maintainOrder: true });
  return frameOf(
    found.toRecords().map((row) => ({ ...row, rule: rules.get(String(row.detector)) })),
    types,
  );
}
