import pl from "nodejs-polars";
import { COHORTS_WITHOUT_ROWS } from "../../explore/cohort-checks";
import { REPEATED_ROWS, ROWS_WITHOUT_COHORT } from "../../explore/row-checks";
import { firstRow, type Row } from "../../log/first-row";
import { claimsFrom } from "../../words/claim";
import { counted, formatDate, formatNumber, formatPercent } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";
import { type AnythingElseEvidence, requireEvidence } from "./anything-else-columns";

/** Something worth knowing: in a few words for the headline, and in sentences. */
interface Finding {
  /** Begins with a capital where it comes first. */
  short: (isFirst: boolean) => Prose;
  long: Prose;
}

/** Findings that the headline has room for. */
const IN_HEADLINE = 2;

/**
 * What nobody asked, in words. Findings about people come before those about counts, and the
 * headline names the first two that the log shows: a move of reading from campus, classes that
 * were never entered, breaks, pages that were renamed, repeated rows. Accounts used from many
 * places, the subject of another question, come in the details only.
 *
 * @throws {Error} if a frame lacks a column that is spoken of
 */
export function anythingElseAnswer(evidence: AnythingElseEvidence): Answer {
  requireEvidence(evidence);
  const found = [
    moveFinding(evidence.move),
    classesFinding(evidence.classes),
    breaksFinding(evidence.breaks),
    layoutsFinding(evidence.layouts, evidence.split),
    qualityFinding(evidence.quality),
  ].filter((finding): finding is Finding => finding !== undefined);
  const shorts = found.slice(0, IN_HEADLINE).map(({ short }, place) => short(place === 0));
  const [first, second] = shorts;
  const details = [...found.map(({ long }) => long), ...accountsSentences(evidence)];
  return {
    number: 8,
    question: "Anything else?",
    headline: !first
      ? prose`Nothing else stands out`
      : second
        ? prose`${first}; ${second}`
        : prose`${first}`,
    details:
      details.length === 0
        ? prose`Neither a move from campus nor classes without a cohort, breaks, renamed pages or repeated rows are found in this log.`
        : joined(details),
    measure: prose`The day on which the share of students' requests from campus changed most; users without any cohort who began within days of each other; weekdays far below what is usual on that weekday in the weeks around; the form of each path; and a list of checks of the data.`,
    changes: changesOf(evidence),
    sure: sureOf(evidence),
  };
}

function joined(sentences: Prose[]): Prose {
  return sentences.reduce((text, next) => prose`${text} ${next}`);
}

const asDate = (value: unknown) => (value instanceof Date ? value : new Date(String(value)));

function moveFinding(move: pl.DataFrame): Finding | undefined {
  const row = firstRow(move);
  if (!row || row.moved === null || row.moved === undefined) return undefined;
  const claim = claimsFrom("campusMove");
  const share = (what: string, value: unknown) => claim(what, Number(value), { as: formatPercent });
  const day = claim("first day after the move", asDate(row.moved), { as: formatDate });
  const isAway = row.share_after < row.share_before;
  return {
    short: (isFirst) =>
      prose`${isFirst ? "Since" : "since"} ${day} students read ${isAway ? "away from" : "on"} campus`,
    long: prose`Until ${day}, ${share("share of requests from campus before", row.share_before)} of students' requests came from campus; from that day on it is ${share("share of requests from campus after", row.share_after)}.`,
  };
}

/** Groups that began while the log was kept. */
function realClasses(classes: pl.DataFrame): pl.DataFrame {
  return classes.filter(pl.col("began_with_log").not()).sort("from");
}

function classesFinding(all: pl.DataFrame): Finding | undefined {
  const classes = realClasses(all);
  if (classes.height === 0) return undefined;
  const claim = claimsFrom("unlabelledClasses");
  const sum = (name: string) =>
    (classes.getColumn(name).toArray() as unknown[]).reduce<number>((a, b) => a + Number(b), 0);
  const people = sum("users");
  const users = claim("users of classes that were never entered", people, {
    as: (count) => counted(count, "user"),
    again: () =>
      new Set(
        (classes.getColumn("user_ids").toArray() as string[]).flatMap((ids) => ids.split(", ")),
      ).size,
  });
  const groups = claim("classes that were never entered", classes.height, {
    as: (count) => counted(count, "class", "classes"),
  });
  const rows = claim("rows of classes that were never entered", sum("rows"), {
    as: (count) => counted(count, "request"),
  });
  const largest = classes
    .sort([pl.col("users").mul(pl.lit(-1)), pl.col("from")])
    .head(CLASSES_NAMED);
  const each = (largest.sort("from").toRecords() as Row[]).map(classWords);
  const isAll = each.length === classes.height;
  return {
    short: () =>
      prose`${groups}, ${users}, ${classes.height === 1 ? "was" : "were"} never entered as ${classes.height === 1 ? "a cohort" : "cohorts"}`,
    long: prose`${users} with ${rows} never have a cohort although they began together, as a class does${isAll ? ":" : ", the largest groups:"} ${each}. No count by cohort or program has them.`,
  };
}

/** Classes that are described; of more, only the largest. */
const CLASSES_NAMED = 3;

function classWords(row: Row): Prose {
  const claim = claimsFrom("unlabelledClasses");
  // A class without a name goes by its first user.
  const first = String(row.user_ids).split(", ")[0];
  const size = claim(`users of the class of user ${first}`, Number(row.users));
  const from = claim(`first day of the class of user ${first}`, asDate(row.from), {
    as: formatDate,
  });
  if (row.cohort === null) {
    return prose`${size} from ${from} on (no cohort without rows begins then)`;
  }
  const cohort = nameProse(row.cohort);
  const program = row.program === null ? "" : `, ${row.program}`;
  return prose`${size} from ${from} on (in the cohorts table ${cohort}${program}, without a row)`;
}

function breaksFinding(breaks: pl.DataFrame): Finding | undefined {
  if (breaks.height === 0) return undefined;
  const claim = claimsFrom("breaks");
  const days = (breaks.getColumn("weekdays").toArray() as unknown[]).reduce<number>(
    (sum, count) => sum + Number(count),
    0,
  );
  const weekdays = claim("weekdays on which hardly anyone read", days, {
    as: (count) => counted(count, "weekday"),
  });
  const longest = firstRow(
    breaks.sort([pl.col("weekdays").mul(pl.lit(-1)), pl.col("share")]),
  ) as Row;
  const date = (what: string, value: unknown) => claim(what, asDate(value), { as: formatDate });
  const from = date("first day of the longest break", longest.from);
  const to = date("last day of the longest break", longest.to);
  const span = longest.weekdays > 1 ? prose`from ${from} to ${to}` : prose`on ${from}`;
  const holiday = longest.holiday === null ? "" : ` (${longest.holiday})`;
  const unnamed = breaks.filter(pl.col("holiday").isNull()).height;
  const without =
    unnamed === 0
      ? prose`A holiday falls into each.`
      : prose`${claim("breaks without a holiday", unnamed, { as: (count) => counted(count, "break") })} of ${claim("breaks", breaks.height)} ${unnamed === 1 ? "has" : "have"} no national holiday in ${unnamed === 1 ? "it" : "them"}.`;
  return {
    short: (isFirst) => prose`${isFirst ? "On" : "on"} ${weekdays} hardly anyone read`,
    long: prose`On ${weekdays} hardly anyone read, ${breaks.height === 1 ? "" : "the longest time "}${span}${holiday}: who does not read then is not inactive. ${without}`,
  };
}

/** A layout of which nine tenths were read so many days before the latest layout's was given up. */
const GIVEN_UP = 90;

function layoutsFinding(layouts: pl.DataFrame, split: pl.DataFrame): Finding | undefined {
  const rows = layouts.sort("to").toRecords() as Row[];
  const last = rows.reduce(
    (latest, row) => Math.max(latest, +asDate(row.to)),
    Number.NEGATIVE_INFINITY,
  );
  const old = rows.filter((row) => last - +asDate(row.to) >= GIVEN_UP * 86_400_000);
  const several = split.filter(pl.col("layouts").gt(pl.lit(1)));
  if (old.length === 0 || several.height === 0) return undefined;
  const claim = claimsFrom("layoutPeriods");
  const share = claim(
    "share of pages under names of a layout that was given up",
    old.reduce((sum, row) => sum + Number(row.share), 0),
    { as: formatPercent },
  );
  const ends = old.map(
    (row) =>
      prose`${String(row.layout)} until ${claim(`day by which most pages were read, ${row.layout}`, asDate(row.to), { as: formatDate })}`,
  );
  const claimSplit = claimsFrom("splitLessons");
  const lessons = claimSplit("lessons under names of several layouts", several.height, {
    as: (count) => counted(count, "lesson"),
  });
  const lost = mostSplit(several);
  return {
    short: () =>
      prose`${lessons} changed ${several.height === 1 ? "its name" : "their names"}, which splits counts`,
    long: prose`The site's pages were renamed (${ends}): ${share} of all pages were read under old names, and ${lessons} ${several.height === 1 ? "lies" : "lie"} under names of several layouts. Counted by path, ${visibleText(String(lost.lesson), { max: 60 })} would lose ${claimSplit("share of the most split lesson's pages outside its most read path", 1 - Number(lost.largest_path_share), { as: formatPercent })} of its pages.`,
  };
}

/** The lesson with most pages outside its most read path. */
function mostSplit(split: pl.DataFrame): Row {
  const lost = pl
    .col("pages")
    .mul(pl.lit(1).sub(pl.col("largest_path_share")))
    .alias("\0lost");
  return firstRow(
    split.withColumns(lost).sort([pl.col("\0lost").mul(pl.lit(-1)), pl.col("lesson")]),
  ) as Row;
}

function qualityFinding(quality: pl.DataFrame): Finding | undefined {
  const claim = claimsFrom("dataQuality");
  const of = (check: string) =>
    Number(firstRow(quality.filter(pl.col("check").eq(pl.lit(check))))?.count ?? 0);
  const rows = [
    { check: ROWS_WITHOUT_COHORT, noun: "row", words: "without a cohort" },
    { check: REPEATED_ROWS, noun: "row", words: "that repeat another exactly" },
  ]
    .map((part) => ({ ...part, count: of(part.check) }))
    .filter(({ count }) => count > 0)
    .map(({ check, noun, words, count }) => {
      const number = claim(check, count, { as: (n) => counted(n, noun) });
      const said = count === 1 && words.startsWith("that") ? "that repeats another exactly" : words;
      return prose`${number} ${said}`;
    });
  if (rows.length === 0) return undefined;
  const empty = of(COHORTS_WITHOUT_ROWS);
  const cohorts = claim(COHORTS_WITHOUT_ROWS, empty, { as: (n) => counted(n, "cohort") });
  return {
    short: (isFirst) => prose`${isFirst ? "The" : "the"} data has ${rows[0]}`,
    long: prose`The data has ${empty > 0 ? [...rows, prose`${cohorts} without a single row`] : rows}.`,
  };
}

function accountsSentences({ accounts, addresses }: AnythingElseEvidence): Prose[] {
  const many = accounts?.filter(pl.col("score").gt(pl.lit(1))).sort(["addresses", "user_id"], true);
  const shared = addresses?.filter(
    pl
      .col("score")
      .gt(pl.lit(1))
      .and(pl.col("address_kind").neq(pl.lit("campus"))),
  );
  const sentences: Prose[] = [];
  const most = many && firstRow(many);
  if (many && most) {
    const claim = claimsFrom("manyAddresses");
    const users = claim("accounts used from far more addresses than others", many.height, {
      as: (count) => counted(count, "account"),
    });
    const known = claim("most addresses of an account", Number(most.addresses));
    sentences.push(
      prose`${users} ${many.height === 1 ? "was" : "were"} used from far more addresses than others, user ${claim("user", String(most.user_id))} from ${known}.`,
    );
  }
  if (shared && shared.height > 0) {
    const claim = claimsFrom("sharedAddresses");
    const count = claim("addresses that serve more accounts than a class has", shared.height, {
      as: (found) => counted(found, "address", "addresses"),
    });
    sentences.push(
      prose`${count} that ${shared.height === 1 ? "is no campus serves" : "are no campus serve"} more accounts than a class has.`,
    );
  }
  return sentences;
}

function changesOf({ classes }: AnythingElseEvidence): Prose {
  return realClasses(classes).height > 0
    ? prose`The school's own list of who was in these classes, its calendar, and the addresses that it used would confirm each of these or refute it.`
    : prose`The school's own calendar, and the addresses that it used, would confirm each of these or refute it.`;
}

function sureOf({ move, classes }: AnythingElseEvidence): Prose {
  const row = firstRow(move);
  const moved =
    row && row.moved !== null && row.moved !== undefined
      ? prose`Weeks in random order show such a change with a probability of ${claimsFrom("campusMove")("p-value of the move", Number(row.p_value), { as: (p) => formatNumber(p, 4) })}, but a campus is an address that looks like one: a new line of the school that is used in another way would look the same.`
      : prose`A campus is an address that looks like one, and no move from one or to one is found.`;
  const real = realClasses(classes);
  if (real.height === 0) return moved;
  const matched = real.filter(pl.col("cohort").isNotNull()).height;
  const claim = claimsFrom("unlabelledClasses");
  const classCount = claim("classes that were never entered", real.height);
  return matched === 0
    ? prose`${moved} The cohorts table has no cohort without rows that begins when such a class does.`
    : prose`${moved} Of the classes, the cohorts table has a cohort without rows that begins in the same days for ${claim("classes that a cohort without rows may be", matched)} of ${classCount}: two sources that say the same.`;
}
