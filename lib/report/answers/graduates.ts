import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";

export interface GraduatesOptions {
  /** The month from which graduates are taken to be in their jobs, as given to `graduatesReading`. */
  jobMonths?: number;
  /** Fewest pages after the end for a program, or one of its periods, to be spoken of. */
  minPages?: number;
}

/** Share of graduates who must have opened a topic that is said to be read more than in class. */
const WIDELY_READ = 0.5;
/** How many times its part in class such a topic must have. */
const CLEARLY_MORE = 1.1;
/** A headline is a line on a slide. */
const LONGEST_HEADLINE = 110;
/** One reader with more than this part of the pages makes the sum. */
const ONE_READER = 1 / 3;

/**
 * What graduates keep referring to, in words, program by program: the topic that is read most,
 * the one that gained most on class, and the one that is read most in the last period.
 *
 * A topic gained on class if at least half of the graduates who came back opened it, its part
 * is at least 1.1 times that in class, and no single reader makes more than a third of its pages.
 *
 * @param reading `graduatesReading` by topic
 * @param byPeriod `graduatesReadingByPeriod` by topic
 * @throws {Error} if a frame lacks a column that is spoken of
 */
export function graduatesAnswer(
  reading: pl.DataFrame,
  byPeriod: pl.DataFrame,
  { jobMonths = 6, minPages = 100 }: GraduatesOptions = {},
): Answer {
  requireColumns(
    "graduatesAnswer",
    reading,
    "program",
    "topic",
    {
      ...Object.fromEntries(
        [
          "pages",
          "users",
          "graduates",
          "graduates_share",
          "share",
          "share_in_class",
          "lift",
          "late_pages",
        ].map((name) => [name, "number" as const]),
      ),
    },
    "largest_reader_share",
  );
  requireColumns(
    "graduatesAnswer (byPeriod)",
    byPeriod,
    "program",
    "topic",
    "from_month",
    { pages: "number", all_pages: "number" },
    "share",
  );
  const programs = programsOf(reading, byPeriod).filter(({ pages }) => pages >= minPages);
  const few = programsOf(reading, byPeriod).length - programs.length;
  return {
    number: 6,
    question: "What do graduates keep referring to?",
    headline: headlineOf(programs),
    details: detailsOf(programs, few, { jobMonths, minPages }),
    measure: prose`Pages of lessons that students of cohorts that have ended open after their cohort's last day, by topic, held against what the same cohorts read in class; Staff are left out.`,
    changes: prose`Counting Staff as graduates, whose cohort by its dates ended years ago, would add teaching; counting the last day itself would add class.`,
    sure: sureOf(programs),
  };
}

interface ProgramReading {
  name: string;
  pages: number;
  graduates: number;
  /** Pages from `jobMonths` on. */
  late: number;
  /** The topics, most pages first. */
  topics: Row[];
  /** The topic that gained most on class; undefined where none did. */
  gained: Row | undefined;
  hasClass: boolean;
  /** The periods' rows. */
  periods: Row[];
}

function programsOf(reading: pl.DataFrame, byPeriod: pl.DataFrame): ProgramReading[] {
  const rows = reading.toRecords() as Row[];
  // Of a log by month there are a few hundred rows: plain objects will do.
  const periods = byPeriod.toRecords() as Row[];
  const names = [...new Set(rows.map((row) => row.program as string))];
  return names
    .map((name): ProgramReading => {
      const topics = rows
        .filter((row) => row.program === name)
        .sort((a, b) => b.pages - a.pages || (a.topic < b.topic ? -1 : 1));
      const gained = topics
        .filter(
          (row) =>
            row.graduates_share >= WIDELY_READ &&
            row.lift !== null &&
            row.lift >= CLEARLY_MORE &&
            row.largest_reader_share <= ONE_READER,
        )
        .sort((a, b) => b.lift - a.lift)[0];
      return {
        name,
        pages: sum(topics, "pages"),
        graduates: Number(topics[0]?.graduates ?? 0),
        late: sum(topics, "late_pages"),
        topics,
        gained,
        hasClass: topics.some((row) => row.share_in_class !== null),
        periods: periods.filter((row) => row.program === name),
      };
    })
    .sort((a, b) => b.pages - a.pages || (a.name < b.name ? -1 : 1));
}

const claim = claimsFrom("graduatesReading");
const claimOfPeriod = claimsFrom("graduatesReadingByPeriod");
const topicOf = (row: Row | undefined) => visibleText(String(row?.topic ?? "none"), { max: 60 });
const nameOf = ({ name }: ProgramReading) => visibleText(name, { max: 60 });
const percent = (what: string, share: number) =>
  claim(what, share, { as: (x) => formatPercent(x) });

function headlineOf(programs: ProgramReading[]): Prose {
  if (programs.length === 0) return prose`Hardly any graduate comes back to a lesson`;
  const byTopic = new Map<string, string[]>();
  for (const program of programs) {
    const topic = topicOf(program.topics[0]);
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), nameOf(program)]);
  }
  const most = [...byTopic].map(([topic, names]) => prose`${topic} (${names})`);
  const gained = programs.flatMap((program) => (program.gained ? [topicOf(program.gained)] : []));
  const short = prose`Graduates read ${most} most`;
  if (gained.length === 0) return short;
  const long = prose`${short}, and ${[...new Set(gained)]} more than in class`;
  return long.text.length <= LONGEST_HEADLINE ? long : short;
}

function detailsOf(
  programs: ProgramReading[],
  few: number,
  { jobMonths, minPages }: Required<GraduatesOptions>,
): Prose {
  const sentences = programs.flatMap((program) => [
    mostSentence(program, jobMonths),
    gainedSentence(program),
    ...lastSentences(program, minPages),
    ...oneReaderSentences(program),
  ]);
  if (few > 0) {
    const limit = claim("fewest pages of a program", minPages, { as: formatCount });
    const left = claim("programs with too few pages", few, { as: (n) => counted(n, "program") });
    sentences.push(prose`Not spoken of: ${left} with fewer than ${limit} pages after graduation.`);
  }
  if (sentences.length === 0) {
    return prose`No student of a cohort that has ended opens a lesson after its last day.`;
  }
  return joined(sentences);
}

function mostSentence(program: ProgramReading, jobMonths: number): Prose {
  const [first, second] = program.topics as [Row, Row | undefined];
  // The same sum by another function, where its periods begin with the end.
  const again = pagesByPeriod(program);
  const pages = claim(`pages after graduation, ${nameOf(program)}`, program.pages, {
    as: (n) => counted(n, "page"),
    ...(again === undefined ? {} : { again: () => again }),
  });
  const part = percent(`part of the most read, ${topicOf(first)}, ${nameOf(program)}`, first.share);
  const opened = claim(
    `graduates who opened ${topicOf(first)}, ${nameOf(program)}`,
    Number(first.users),
  );
  const all = claim(`graduates who came back, ${nameOf(program)}`, program.graduates);
  const late = percent(`part from that month on, ${nameOf(program)}`, program.late / program.pages);
  const month = claim("month from which graduates may be in jobs", jobMonths);
  const then = second
    ? prose`, before ${topicOf(second)} with ${percent(`part of the next, ${topicOf(second)}, ${nameOf(program)}`, second.share)}`
    : prose``;
  return prose`**${nameOf(program)}**: of ${pages} after graduation, *${topicOf(first)}* has the most, ${part}${then}; ${opened} of the ${all} graduates who came back opened it. From month ${month} on, when many may be in jobs, come ${late} of the pages.`;
}

function pagesByPeriod({ periods }: ProgramReading): number | undefined {
  const starts = new Map(periods.map((row) => [Number(row.from_month), Number(row.all_pages)]));
  if (!starts.has(0)) return undefined;
  return [...starts.values()].reduce((a, b) => a + b, 0);
}

function gainedSentence(program: ProgramReading): Prose {
  const { gained, hasClass } = program;
  if (!hasClass) {
    return prose`Of their classes nothing is in the log, so nothing tells what they read more than then.`;
  }
  if (!gained) {
    return prose`No topic that ${claim("share who must have opened it", WIDELY_READ, { as: (x) => formatPercent(x) })} of them opened has clearly more of the pages than in class.`;
  }
  const topic = topicOf(gained);
  const times = claim(
    `${topic}: part after graduation by part in class, ${nameOf(program)}`,
    Number(gained.lift),
    {
      as: (x) => formatNumber(x, 1),
      again: () => Number(gained.share) / Number(gained.share_in_class),
    },
  );
  const before = percent(`part of ${topic} in class, ${nameOf(program)}`, gained.share_in_class);
  const after = percent(`part of ${topic} after graduation, ${nameOf(program)}`, gained.share);
  return prose`What gained most on class is *${topic}*: ${before} of the pages then and ${after} now, ${times} times as much.`;
}

function lastSentences(program: ProgramReading, minPages: number): Prose[] {
  const spoken = program.periods.filter((row) => row.all_pages >= minPages);
  const starts = [...new Set(spoken.map((row) => Number(row.from_month)))].sort((a, b) => a - b);
  const last = starts[starts.length - 1];
  if (last === undefined || starts.length < 2) return [];
  const [first] = spoken
    .filter((row) => Number(row.from_month) === last)
    .sort((a, b) => b.pages - a.pages || (a.topic < b.topic ? -1 : 1)) as [Row];
  const topic = topicOf(first);
  const month = claimOfPeriod(`first month of the last period, ${nameOf(program)}`, last);
  const share = claimOfPeriod(
    `part of ${topic} in the last period, ${nameOf(program)}`,
    Number(first.share),
    { as: (x) => formatPercent(x) },
  );
  return topic === topicOf(program.topics[0])
    ? [prose`*${topic}* is still first from month ${month} on, with ${share}.`]
    : [prose`From month ${month} on, *${topic}* is first with ${share}.`];
}

function oneReaderSentences(program: ProgramReading): Prose[] {
  const first = program.topics[0]!;
  if (!(first.largest_reader_share > ONE_READER)) return [];
  const part = percent(
    `part of ${topicOf(first)} that one reader opened, ${nameOf(program)}`,
    first.largest_reader_share,
  );
  return [prose`But one reader alone opened ${part} of the pages of *${topicOf(first)}*.`];
}

function sureOf(programs: ProgramReading[]): Prose {
  if (programs.length === 0) return prose`Sure: there is hardly anything to count.`;
  const most = Math.max(...programs.map(({ topics }) => Number(topics[0]!.largest_reader_share)));
  const part = percent("largest part of one reader in a leading topic", most);
  return prose`Sure about what is opened, as no single reader makes more than ${part} of a leading topic; less sure about jobs, which the log does not know, and about late months, which only early cohorts have reached.`;
}

function sum(rows: Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

function joined(sentences: Prose[]): Prose {
  return sentences.reduce((all, sentence) => prose`${all} ${sentence}`);
}
