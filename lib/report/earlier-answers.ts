import pl from "nodejs-polars";
import { LEFT_EARLY } from "../explore/class-time/situations";
import { MORE_THAN_OTHERS, NOT_TESTED } from "../explore/left-out-tests";
import { firstRow, type Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { above, where } from "../log/where";
import { counted, formatDate, formatNumber, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import type { BoardEvidence } from "./board-evidence";

/** Undefined where the log does not know whom a statement is about. */
type Judged = { holds: "yes" | "partly" | "no"; found: string } | undefined;

/** Question, statement, and what a log says of it. */
const STATEMENTS: readonly [number, string, (evidence: BoardEvidence) => Judged][] = [
  [
    1,
    "javascript-i attracts the most traffic consistently",
    ({ consistentLessons }) => rankOf(consistentLessons, "javascript-i"),
  ],
  [
    2,
    "Darden referred to classification a lot more than other cohorts",
    ({ unusualTopics }) => topicOf(unusualTopics, "Darden", "classification"),
  ],
  [
    2,
    "Ceres referred to html-css the most",
    ({ unusualTopics }) => topicOf(unusualTopics, "Ceres", "html-css"),
  ],
  [
    3,
    "User 704 of Bash is the active student who hardly accesses the curriculum",
    ({ students }) => leastActive(students, 704, "Bash"),
  ],
  dropOut(268, "Xanadu"),
  dropOut(663, "Hyperion"),
  dropOut(663, "Luna"),
  dropOut(707, "Bash"),
  dropOut(757, "Jupiter"),
  [4, "User 313 copied 225 pages in a day, four years after leaving", copiedAfterClass],
  [4, "Address 204.44.112.76 is a machine that copies pages", copyingAddress],
  [
    4,
    "User 111 is suspicious: no information can be found",
    (evidence) => suspicionOf(evidence, 111),
  ],
  [4, "User 354 needs to be cleaned out of the system", (evidence) => suspicionOf(evidence, 354)],
];

/**
 * What an earlier analysis of the same log answered, and whether the log bears it out. Statements
 * about users, cohorts and addresses that it does not know are left out.
 * @param evidence what `boardEvidence` gives
 * @returns `question`, `statement`, `holds` (`yes`, `partly` or `no`), `found`: by question
 */
export function earlierAnswers(evidence: BoardEvidence): pl.DataFrame {
  const rows = STATEMENTS.flatMap(([question, statement, judge]) => {
    const judged = judge(evidence);
    return judged ? [{ question, statement, ...judged }] : [];
  });
  const text = { statement: pl.String, holds: pl.String, found: pl.String };
  return frameOf(rows, { question: pl.Int64, ...text });
}

const UNSUSPECTED: Judged = { holds: "no", found: "Not suspicious in this log." };

function rankOf(lessons: pl.DataFrame, lesson: string): Judged {
  const ranked = where(lessons, { lesson }).sort("rank").toRecords() as Row[];
  if (ranked.length === 0) return undefined;
  const places = ranked.map(
    (row) => `place ${row.rank} of ${row.program} (place ${row.rank_by_sum} by sum)`,
  );
  return { holds: ranked[0]!.rank === 1 ? "yes" : "no", found: sentence(places.join("; ")) };
}

function topicOf(pairs: pl.DataFrame, cohort: string, topic: string): Judged {
  const row = firstRow(where(pairs, { cohort, topic }));
  if (!row) return undefined;
  const standsOut = row.use === MORE_THAN_OTHERS;
  const verdict = standsOut
    ? "It stands out."
    : row.use === NOT_TESTED
      ? "So few cohorts do not show how much cohorts differ anyway: not tested."
      : `It does not stand out (corrected p ${formatNumber(row.adjusted_p_value, 3)}).`;
  return {
    holds: standsOut ? "yes" : row.rank === 1 ? "partly" : "no",
    found: `${formatPercent(row.share)} of its lesson pages, ${formatNumber(row.ratio)} times the others' share: place ${row.rank} of ${counted(row.cohorts, "cohort")}. ${verdict}`,
  };
}

function leastActive(students: pl.DataFrame, user_id: number, cohort: string): Judged {
  const row = firstRow(where(students, { user_id, cohort }));
  if (!row) return undefined;
  const fewer = row.score === null ? 0 : where(students, { score: above(row.score) }).height;
  const share = row.share_of_pages;
  const part = share === null ? "" : `, ${formatPercent(share)} of the cohort's median`;
  const others = fewer === 0 ? "nobody opened less" : `${counted(fewer, "student")} opened less`;
  return {
    holds: !(row.score > 1) ? "no" : fewer === 0 ? "yes" : "partly",
    found: `${counted(row.pages, "page")} on ${counted(row.active_days, "day")}${part}; ${others} for their cohort. Situation: ${row.situation}.`,
  };
}

function dropOut(user_id: number, cohort: string): (typeof STATEMENTS)[number] {
  const judge = ({ students }: BoardEvidence): Judged => {
    const row = firstRow(where(students, { user_id, cohort }));
    if (!row) return undefined;
    const last = row.last_read
      ? `Last page in class on ${formatDate(row.last_read)}; class ended on ${formatDate(row.end_date)}.`
      : "No page in class.";
    const holds = row.situation === LEFT_EARLY ? "yes" : "no";
    return { holds, found: `${last} Situation: ${row.situation}.` };
  };
  return [3, `User ${user_id} of ${cohort} might have dropped the class before it ended`, judge];
}

function copiedAfterClass({ suspects, students }: BoardEvidence): Judged {
  const row = firstRow(where(suspects, { what: "user", who: "313" }));
  const known = firstRow(where(students, { user_id: 313 }));
  if (!row) return known && UNSUSPECTED;
  const years = known && formatNumber((row.first_day - known.end_date) / (365.25 * 86_400_000), 1);
  const after =
    known && row.first_day
      ? ` ${years} years after the end of ${visibleText(known.cohort, { max: 40 })}.`
      : "";
  return copying(row, after);
}

function copyingAddress({ suspects, addresses }: BoardEvidence): Judged {
  const ip = "204.44.112.76";
  const row = firstRow(where(suspects, { what: "address", who: ip }));
  if (row) return copying(row);
  return where(addresses, { ip }).height > 0 ? UNSUSPECTED : undefined;
}

const copying = ({ kind, finding }: Row, more = ""): Judged => ({
  holds: kind === "copying" ? "yes" : "partly",
  found: `${finding ?? ""}${more}`,
});

function suspicionOf({ suspects, accounts, unlabelledClasses }: BoardEvidence, user: number) {
  if (where(accounts, { user_id: user }).height === 0) return undefined;
  const isOneOf = pl.col("user_ids").str.contains(`\\b${user}\\b`);
  const together = firstRow(unlabelledClasses.filter(isOneOf));
  if (together) {
    const found = `One of ${counted(together.users, "user")} without a cohort who began together on ${formatDate(together.from)}: most likely a class that was never entered.`;
    return { holds: "no", found } as const;
  }
  const row = firstRow(where(suspects, { what: "user", who: String(user) }));
  if (!row) return UNSUSPECTED;
  return { holds: "partly", found: `${sentence(row.kind)} ${row.finding ?? ""}` } as const;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
