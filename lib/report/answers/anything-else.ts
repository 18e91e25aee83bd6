import type pl from "nodejs-polars";
import { firstRow, type Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { above, not, where } from "../../log/where";
import { claimsFrom } from "../../words/claim";
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
import { counting, inOne } from "./phrases";

/**
 * What `campusMove`, `unlabelledClasses`, `breaks`, `layoutPeriods`, `splitLessons`, `dataQuality`,
 * `manyAddresses` and `sharedAddresses` give; the last two are not mentioned where not given.
 */
export interface AnythingElseEvidence {
  move: pl.DataFrame;
  classes: pl.DataFrame;
  breaks: pl.DataFrame;
  layouts: pl.DataFrame;
  split: pl.DataFrame;
  quality: pl.DataFrame;
  accounts?: pl.DataFrame;
  addresses?: pl.DataFrame;
}

const IN_HEADLINE = 2;

/**
 * What nobody asked, in words: a move of reading from campus, classes never entered, breaks,
 * renamed pages, repeated rows; the headline names the first two found. Accounts used from many
 * places come in the details only.
 */
export function anythingElseAnswer(evidence: AnythingElseEvidence): Answer {
  requireEvidence(evidence);
  const found = [
    moveFinding(evidence.move),
    classesFinding(evidence.classes),
    breaksFinding(evidence.breaks),
    layoutsFinding(evidence.layouts, evidence.split),
    qualityFinding(evidence.quality),
  ].flatMap((finding) => finding ?? []);
  const first = found.slice(0, IN_HEADLINE).map(({ short }, place) => short(place === 0));
  const details = inOne([...found.map(({ long }) => long), ...accountsSentences(evidence)]);
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
      realClasses(evidence.classes).height > 0
        ? prose`The school's own list of who was in these classes, its calendar, and the addresses that it used would confirm each of these or refute it.`
        : prose`The school's own calendar, and the addresses that it used, would confirm each of these or refute it.`,
    sure: sureOf(evidence),
  };
}

function requireEvidence(evidence: AnythingElseEvidence): void {
  const { move, classes, breaks, layouts, split, quality, accounts, addresses } = evidence;
  const caller = (name: string) => `anythingElseAnswer (${name})`;
  requireColumns(caller("move"), move, "moved", "share_before", "share_after", "p_value");
  requireColumns(caller("classes"), classes, "users", "rows", "cohort", "program", "user_ids", {
    ...({ from: "Date", began_with_log: "Bool" } as const),
  });
  const days = { from: "Date", to: "Date" } as const;
  requireColumns(caller("breaks"), breaks, "weekdays", "share", "holiday", days);
  requireColumns(caller("layouts"), layouts, "layout", "share", { to: "Date" });
  requireColumns(caller("split"), split, "lesson", "layouts", "pages", "largest_path_share");
  requireColumns(caller("quality"), quality, "check", "count");
  if (accounts) requireColumns(caller("accounts"), accounts, "user_id", "addresses", "score");
  if (addresses) requireColumns(caller("addresses"), addresses, "address_kind", "score");
}

function accountsSentences({ accounts, addresses }: AnythingElseEvidence): Prose[] {
  const sentences: Prose[] = [];
  const many = accounts && where(accounts, { score: above(1) });
  const most = many && firstRow(many.sort(["addresses", "user_id"], true));
  if (many && most) {
    const claim = claimsFrom("manyAddresses");
    const users = claim(
      "accounts used from far more addresses than others",
      many.height,
      counting("account"),
    );
    const known = claim("most addresses of an account", Number(most.addresses));
    sentences.push(
      prose`${users} ${many.height === 1 ? "was" : "were"} used from far more addresses than others, user ${claim("user", String(most.user_id))} from ${known}.`,
    );
  }
  const shared = addresses && where(addresses, { score: above(1), address_kind: not("campus") });
  if (shared && shared.height > 0) {
    const what = "addresses that serve more accounts than a class has";
    const count = claimsFrom("sharedAddresses")(
      what,
      shared.height,
      counting("address", "addresses"),
    );
    sentences.push(
      prose`${count} off campus ${shared.height === 1 ? "serves" : "serve"} more accounts than a class has.`,
    );
  }
  return sentences;
}

function sureOf({ move, classes }: AnythingElseEvidence): Prose {
  const row: Row | undefined = firstRow(move);
  const moved = hasMoved(row)
    ? prose`Weeks in random order show such a change with a probability of ${claimsFrom("campusMove")("p-value of the move", Number(row.p_value), { as: (p) => formatNumber(p, 4) })}, but a campus is an address that looks like one: a new line of the school that is used in another way would look the same.`
    : prose`A campus is an address that looks like one, and no move from one or to one is found.`;
  const real = realClasses(classes);
  if (real.height === 0) return moved;
  const matched = where(real, { cohort: not(null) }).height;
  const claim = claimsFrom("unlabelledClasses");
  return matched === 0
    ? prose`${moved} The cohorts table has no cohort without rows that begins when such a class does.`
    : prose`${moved} The cohorts table has a cohort without rows that begins in the same days for ${claim("classes that a cohort without rows may be", matched)} of ${claim("classes that were never entered", real.height, counting("class", "classes"))}: two sources that say the same.`;
}
