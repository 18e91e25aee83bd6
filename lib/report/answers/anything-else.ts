import type pl from "nodejs-polars";
import { firstRow } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { above, not, where } from "../../log/where";
import { formatNumber } from "../../words/format-words";
import { joinProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import {
  breaksFinding,
  classesFinding,
  hasMoved,
  layoutsFinding,
  moveFinding,
  qualityFinding,
  realClasses,
} from "./anything-else-findings";
import { chanceInWords, claimsOf, inOne, verb } from "./phrases";

/**
 * What `campusMove`, `unlabelledClasses`, `breaks`, `layoutPeriods`, `splitLessons`, `dataQuality`
 * and `sharedAddresses` give; the last is not mentioned where not given.
 */
export interface AnythingElseEvidence {
  move: pl.DataFrame;
  classes: pl.DataFrame;
  breaks: pl.DataFrame;
  layouts: pl.DataFrame;
  split: pl.DataFrame;
  quality: pl.DataFrame;
  addresses?: pl.DataFrame;
}

const IN_HEADLINE = 2;

/**
 * What nobody asked, in words: a move of reading from campus, classes never entered, breaks,
 * renamed pages, repeated rows; the headline names the first two found. Addresses that many share
 * come in the details only.
 */
export function anythingElseAnswer(evidence: AnythingElseEvidence): Answer {
  requireEvidence(evidence);
  const { move, classes, breaks, layouts, split, quality } = evidence;
  const found = [
    moveFinding(move),
    classesFinding(classes),
    breaksFinding(breaks),
    layoutsFinding(layouts, split),
    qualityFinding(quality),
  ].flatMap((finding) => finding ?? []);
  const first = found.slice(0, IN_HEADLINE).map(({ short }, place) => short(place === 0));
  const details = inOne([...found.map(({ long }) => long), ...addressesSentence(evidence)]);
  return {
    number: 8,
    question: "Anything else?",
    headline: first.length > 0 ? joinProse(first, "; ") : prose`Nothing else stands out`,
    details:
      details.text === ""
        ? prose`Neither a move from campus nor classes without a cohort, breaks, renamed pages or repeated rows are found in this log.`
        : details,
    measure: prose`The day on which the share of students' requests from campus changed most; users without any cohort who began within days of each other; weekdays far below what is usual on that weekday in the weeks around; the form of each path; and a list of checks of the data.`,
    changes:
      realClasses(classes).height > 0
        ? prose`The school's own list of who was in these classes, its calendar, and the addresses that it used would confirm each of these or refute it.`
        : prose`The school's own calendar, and the addresses that it used, would confirm each of these or refute it.`,
    sure: sureOf(evidence),
  };
}

const CHANCES = ["chance", "cohort_chance"] as const;

function requireEvidence(evidence: AnythingElseEvidence): void {
  const days = { from: "Date", to: "Date" } as const;
  const needs = {
    move: ["moved", "share_before", "share_after", "p_value"],
    classes: [
      "users",
      "rows",
      "cohort",
      "program",
      "user_ids",
      "began_with_log",
      ...CHANCES,
      { from: "Date" },
    ],
    breaks: ["weekdays", "share", "holiday", days],
    layouts: ["layout", "share", { to: "Date" }],
    split: ["lesson", "layouts", "pages", "largest_path_share"],
    quality: ["check", "count"],
  } as const;
  const caller = (name: string) => `anythingElseAnswer (${name})`;
  for (const [name, columns] of Object.entries(needs)) {
    requireColumns(caller(name), evidence[name as keyof typeof needs], ...columns);
  }
  const { addresses } = evidence;
  if (addresses) requireColumns(caller("addresses"), addresses, "address_kind", "score");
}

function addressesSentence({ addresses }: AnythingElseEvidence): Prose[] {
  const shared = addresses && where(addresses, { score: above(1), address_kind: not("campus") });
  if (!shared || shared.height === 0) return [];
  const what = "addresses that serve more accounts than a class has";
  const count = claimsOf("sharedAddresses").count(what, shared.height, "address", "addresses");
  const serve = verb(shared.height, "serves", "serve");
  return [prose`${count} off campus ${serve} more accounts than a class has.`];
}

function sureOf({ move, classes }: AnythingElseEvidence): Prose {
  const row = firstRow(move);
  const moved = hasMoved(row)
    ? prose`${row.p_value === null ? prose`How often weeks change so by chance cannot be computed` : chanceInWords("campusMove", row.p_value)}, but a campus is an address that looks like one: a new line of the school that is used in another way would look the same.`
    : prose`A campus is an address that looks like one, and no move from one or to one is found.`;
  const real = realClasses(classes);
  if (real.height === 0) return moved;
  const matched = where(real, { cohort: not(null) }).height;
  const { claim, count } = claimsOf("unlabelledClasses");
  const chance = (what: string, column: string) =>
    claim(what, Number(real.getColumn(column).max()), { as: chanceText });
  const together = prose`Were everybody without a cohort to begin on any day of the log alike, whatever the others do, the probability that so many begin so close together would be ${chance("largest chance of a class that was never entered", "chance")}; outsiders who come for one event do so too.`;
  return matched === 0
    ? prose`${moved} ${together} The cohorts table has no cohort without rows that begins when such a class does.`
    : prose`${moved} ${together} The cohorts table has a cohort without rows that begins in the same days for ${claim("classes that a cohort without rows may be", matched)} of ${count("classes that were never entered", real.height, "class", "classes")}: two sources that say the same. The probability that one starts so near a given day by chance is ${chance("chance of a cohort without rows so near", "cohort_chance")}.`;
}

const chanceText = (chance: number) =>
  chance < 1e-6
    ? "below one in a million"
    : `${formatNumber(Number(chance.toPrecision(2)), 7)} at most`;
