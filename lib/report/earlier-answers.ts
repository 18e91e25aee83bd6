import pl from "nodejs-polars";
import { LEFT_EARLY } from "../explore/class-time/situations";
import { MORE_THAN_OTHERS } from "../explore/unusual-lesson-use";
import { firstRow, type Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { counted, formatDate, formatNumber, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import type { BoardEvidence } from "./board-evidence";

/** Whether the log bears a statement out. */
export type Verdict = "yes" | "partly" | "no";

/** A statement of an earlier analysis of the same log, and what becomes of it. */
interface Statement {
  question: number;
  statement: string;
  /** What this log says; undefined where it does not know whom the statement is about. */
  judge: (evidence: BoardEvidence) => { verdict: Verdict; found: string } | undefined;
}

/** As answered in the course's group projects, the board's questions by number. */
const STATEMENTS: readonly Statement[] = [
  {
    question: 1,
    statement: "javascript-i attracts the most traffic consistently",
    judge: ({ consistentLessons }) => {
      const ranked = consistentLessons.filter(is("lesson", "javascript-i")).sort("rank");
      const best = firstRow(ranked);
      if (!best) return undefined;
      const places = ranked
        .toRecords()
        .map((row) => `place ${row.rank} of ${row.program} (place ${row.rank_by_sum} by sum)`);
      return { verdict: best.rank === 1 ? "yes" : "no", found: sentence(places.join("; ")) };
    },
  },
  {
    question: 2,
    statement: "Darden referred to classification a lot more than other cohorts",
    judge: ({ unusualTopics }) => topicOf(unusualTopics, "Darden", "classification"),
  },
  {
    question: 2,
    statement: "Ceres referred to html-css the most",
    judge: ({ unusualTopics }) => topicOf(unusualTopics, "Ceres", "html-css"),
  },
  {
    question: 3,
    statement: "User 704 of Bash is the active student who hardly accesses the curriculum",
    judge: ({ students }) => {
      const row = firstRow(students.filter(is("user_id", 704).and(is("cohort", "Bash"))));
      if (!row) return undefined;
      const fewer = students.filter(
        pl.col("score").gt(pl.lit(row.score ?? Number.POSITIVE_INFINITY)),
      ).height;
      const isFlagged = row.score !== null && row.score > 1;
      const share =
        row.share_of_pages === null
          ? ""
          : `, ${formatPercent(row.share_of_pages)} of the cohort's median`;
      return {
        verdict: !isFlagged ? "no" : fewer === 0 ? "yes" : "partly",
        found: `${counted(row.pages, "page")} on ${counted(row.active_days, "day")}${share}; ${fewer === 0 ? "nobody opened less" : `${counted(fewer, "student")} opened less`} for their cohort. Situation: ${row.situation}.`,
      };
    },
  },
  ...(
    [
      [268, "Xanadu"],
      [663, "Hyperion"],
      [663, "Luna"],
      [707, "Bash"],
      [757, "Jupiter"],
    ] as const
  ).map(
    ([user, cohort]): Statement => ({
      question: 3,
      statement: `User ${user} of ${cohort} might have dropped the class before it ended`,
      judge: ({ students }) => {
        const row = firstRow(students.filter(is("user_id", user).and(is("cohort", cohort))));
        if (!row) return undefined;
        const last = row.last_read
          ? `Last page in class on ${formatDate(row.last_read)}; class ended on ${formatDate(row.end_date)}.`
          : "No page in class.";
        return {
          verdict: row.situation === LEFT_EARLY ? "yes" : "no",
          found: `${last} Situation: ${row.situation}.`,
        };
      },
    }),
  ),
  {
    question: 4,
    statement: "User 313 copied 225 pages in a day, four years after leaving",
    judge: ({ suspects, students }) => {
      const row = suspectOf(suspects, "user", "313");
      const known = firstRow(students.filter(is("user_id", 313)));
      if (!row && !known) return undefined;
      if (!row) return { verdict: "no", found: "Under no suspicion in this log." };
      const years =
        known && row.first_day
          ? ` ${formatNumber((row.first_day - known.end_date) / (365.25 * 86_400_000), 1)} years after the end of ${visibleText(known.cohort, { max: 40 })}.`
          : "";
      return { verdict: verdictOfCopying(row), found: `${row.finding ?? ""}${years}` };
    },
  },
  {
    question: 4,
    statement: "Address 204.44.112.76 is a machine that copies pages",
    judge: ({ suspects, addresses }) => {
      const row = suspectOf(suspects, "address", "204.44.112.76");
      if (row) return { verdict: verdictOfCopying(row), found: String(row.finding ?? "") };
      const isKnown = addresses.filter(is("ip", "204.44.112.76")).height > 0;
      return isKnown ? { verdict: "no", found: "Under no suspicion in this log." } : undefined;
    },
  },
  {
    question: 4,
    statement: "User 111 is suspicious: no information can be found",
    judge: (evidence) => suspicionOf(evidence, 111),
  },
  {
    question: 4,
    statement: "User 354 needs to be cleaned out of the system",
    judge: (evidence) => suspicionOf(evidence, 354),
  },
];

/**
 * What an earlier analysis of the same log answered, statement by statement, beside what the log
 * says: borne out, partly or not. Statements about users, cohorts and addresses that a log does
 * not know are left out, so that of another school's log nothing is left.
 *
 * @param evidence what `boardEvidence` gives
 * @returns `question` (Int64), `statement`, `holds` (`yes`, `partly` or `no`), `found` (String):
 *   by question
 */
export function earlierAnswers(evidence: BoardEvidence): pl.DataFrame {
  const rows = STATEMENTS.flatMap(({ question, statement, judge }) => {
    const judged = judge(evidence);
    return judged ? [{ question, statement, holds: judged.verdict, found: judged.found }] : [];
  });
  return frameOf(rows, {
    question: pl.Int64,
    statement: pl.String,
    holds: pl.String,
    found: pl.String,
  });
}

function is(column: string, value: string | number): pl.Expr {
  return pl.col(column).eq(pl.lit(value));
}

function topicOf(
  pairs: pl.DataFrame,
  cohort: string,
  topic: string,
): ReturnType<Statement["judge"]> {
  const row = firstRow(pairs.filter(is("cohort", cohort).and(is("topic", topic))));
  if (!row) return undefined;
  const isFirst = row.rank === 1;
  const standsOut = row.use === MORE_THAN_OTHERS;
  return {
    verdict: standsOut ? "yes" : isFirst ? "partly" : "no",
    found: `${formatPercent(row.share)} of its lesson pages, ${formatNumber(row.ratio)} times the others' share: place ${row.rank} of ${counted(row.cohorts, "cohort")}. ${standsOut ? "It stands out." : "It does not stand out"}${standsOut ? "" : ` (corrected p ${formatNumber(row.adjusted_p_value, 3)}).`}`,
  };
}

function suspectOf(suspects: pl.DataFrame, what: string, who: string): Row | undefined {
  return firstRow(suspects.filter(is("what", what).and(is("who", who))));
}

function verdictOfCopying({ kind }: Row): Verdict {
  return kind === "copying" ? "yes" : "partly";
}

function suspicionOf(
  { suspects, accounts, unlabelledClasses }: BoardEvidence,
  user: number,
): ReturnType<Statement["judge"]> {
  if (accounts.filter(is("user_id", user)).height === 0) return undefined;
  const together = firstRow(
    unlabelledClasses.filter(pl.col("user_ids").str.contains(`\\b${user}\\b`)),
  );
  if (together) {
    return {
      verdict: "no",
      found: `One of ${counted(together.users, "user")} without a cohort who began together on ${formatDate(together.from)}: most likely a class that was never entered.`,
    };
  }
  const row = suspectOf(suspects, "user", String(user));
  return row
    ? { verdict: "partly", found: `${sentence(row.kind)} ${row.finding ?? ""}` }
    : { verdict: "no", found: "Under no suspicion in this log." };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
