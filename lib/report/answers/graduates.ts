import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { formatCount, formatNumber } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byText, counting, inOne, inPercent, shortName } from "./phrases";

export interface GraduatesOptions {
  /** As given to `graduatesReading`. */
  jobMonths?: number;
  /** Programs and periods with fewer pages after the end are not mentioned. */
  minPages?: number;
}

/** Share of graduates who opened a topic that is said to be read more than in class. */
const WIDELY_READ = 0.5;
const CLEARLY_MORE = 1.1;
const LONGEST_HEADLINE = 110;
const ONE_READER = 1 / 3;

/**
 * The answer to question 6, from `graduatesReading` and `graduatesReadingByPeriod` by topic: what
 * graduates of each program read most, what gained most on class, and what is read most in the last
 * period. A topic gained if at least half of the graduates who came back opened it, its share is at
 * least 1.1 times that in class, and no reader makes more than a third of its pages.
 */
export function graduatesAnswer(
  reading: pl.DataFrame,
  byPeriod: pl.DataFrame,
  { jobMonths = 6, minPages = 100 }: GraduatesOptions = {},
): Answer {
  const number = "number" as const;
  requireColumns("graduatesAnswer", reading, "program", "topic", "largest_reader_share", {
    ...{ pages: number, users: number, graduates: number, graduates_share: number },
    ...{ share: number, share_in_class: number, lift: number, late_pages: number },
  });
  requireColumns("graduatesAnswer (byPeriod)", byPeriod, "program", "topic", "from_month", {
    ...{ pages: number, all_pages: number, share: number },
  });
  const all = programsOf(reading, byPeriod);
  const programs = all.filter(({ pages }) => pages >= minPages);
  return {
    number: 6,
    question: "What do graduates keep referring to?",
    headline: headlineOf(programs),
    details: detailsOf(programs, all.length - programs.length, { jobMonths, minPages }),
    measure: prose`Pages of lessons that students of cohorts that have ended open after their cohort's last day, by topic, held against what the same cohorts read in class; Staff are left out.`,
    changes: prose`Counting Staff as graduates, whose cohort by its dates ended years ago, would add teaching; counting the last day itself would add class.`,
    sure: sureOf(programs),
  };
}

interface ProgramReading {
  name: string;
  pages: number;
  /** Most pages first. */
  topics: Row[];
  /** The topic that gained most on class. */
  gained: Row | undefined;
  periods: Row[];
}

function programsOf(reading: pl.DataFrame, byPeriod: pl.DataFrame): ProgramReading[] {
  const [rows, periods] = [reading.toRecords() as Row[], byPeriod.toRecords() as Row[]];
  return [...new Set(rows.map(({ program }) => program as string))]
    .map((name): ProgramReading => {
      const topics = rows.filter(({ program }) => program === name).sort(byPages);
      const [gained] = topics.filter(hasGained).sort((a, b) => b.lift - a.lift);
      const own = periods.filter(({ program }) => program === name);
      return { name, pages: sum(topics, "pages"), topics, gained, periods: own };
    })
    .sort((a, b) => b.pages - a.pages || byText(a.name, b.name));
}

const byPages = (a: Row, b: Row) => b.pages - a.pages || byText(a.topic, b.topic);
const hasGained = ({ graduates_share, lift, largest_reader_share }: Row) =>
  graduates_share >= WIDELY_READ && lift >= CLEARLY_MORE && largest_reader_share <= ONE_READER;
const sum = (rows: Row[], column: string) =>
  rows.reduce((all, row) => all + Number(row[column]), 0);

const claim = claimsFrom("graduatesReading");
const claimOfPeriod = claimsFrom("graduatesReadingByPeriod");
const topicOf = (row: Row | undefined) => shortName(row?.topic ?? "none");
const nameOf = ({ name }: ProgramReading) => shortName(name);
const percent = (what: string, share: number) => claim(what, share, inPercent);

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
  if (programs.length + few === 0) {
    return prose`No student of a cohort that has ended opens a lesson after its last day.`;
  }
  const limit = claim("fewest pages of a program", minPages, { as: formatCount });
  const left = claim("programs with too few pages", few, counting("program"));
  return inOne([
    ...programs.flatMap((program) => [
      mostSentence(program, jobMonths),
      gainedSentence(program),
      lastSentence(program, minPages),
      oneReaderSentence(program),
    ]),
    few > 0 ? prose`Left out: ${left} with fewer than ${limit} pages after graduation.` : prose``,
  ]);
}

function mostSentence(program: ProgramReading, jobMonths: number): Prose {
  const { topics, periods } = program;
  const [name, [first, second]] = [nameOf(program), topics as [Row, Row | undefined]];
  // The same sum by another function, where its periods begin with the end.
  const starts = new Map(periods.map((row) => [Number(row.from_month), Number(row.all_pages)]));
  const again = () => [...starts.values()].reduce((a, b) => a + b, 0);
  const pages = claim(`pages after graduation, ${name}`, program.pages, {
    ...counting("page"),
    ...(starts.has(0) && { again }),
  });
  const part = percent(`part of the most read, ${topicOf(first)}, ${name}`, first.share);
  const opened = claim(`graduates who opened ${topicOf(first)}, ${name}`, Number(first.users));
  const all = claim(`graduates who came back, ${name}`, Number(first.graduates));
  const lateShare = sum(topics, "late_pages") / program.pages;
  const late = percent(`part from that month on, ${name}`, lateShare);
  const month = claim("month from which graduates may be in jobs", jobMonths);
  const then = second
    ? prose`, before ${topicOf(second)} with ${percent(`part of the next, ${topicOf(second)}, ${name}`, second.share)}`
    : prose``;
  return prose`**${name}**: of ${pages} after graduation, *${topicOf(first)}* has the most, ${part}${then}; ${opened} of the ${all} graduates who came back opened it. From month ${month} on, when many may be in jobs, come ${late} of the pages.`;
}

function gainedSentence(program: ProgramReading): Prose {
  const { gained, topics } = program;
  if (topics.every((row) => row.share_in_class === null)) {
    return prose`Their classes are not in the log, so it cannot tell what they read more than in class.`;
  }
  if (!gained) {
    return prose`No topic that ${percent("share who must have opened it", WIDELY_READ)} of them opened has clearly more of the pages than in class.`;
  }
  const [topic, name] = [topicOf(gained), nameOf(program)];
  const what = `${topic}: part after graduation by part in class, ${name}`;
  const times = claim(what, Number(gained.lift), {
    as: (x) => formatNumber(x, 1),
    again: () => Number(gained.share) / Number(gained.share_in_class),
  });
  const before = percent(`part of ${topic} in class, ${name}`, gained.share_in_class);
  const after = percent(`part of ${topic} after graduation, ${name}`, gained.share);
  return prose`What gained most on class is *${topic}*: ${before} of the pages then and ${after} now, ${times} times as much.`;
}

function lastSentence(program: ProgramReading, minPages: number): Prose {
  const mentioned = program.periods.filter((row) => row.all_pages >= minPages);
  const starts = [...new Set(mentioned.map((row) => Number(row.from_month)))];
  if (starts.length < 2) return prose``;
  const last = Math.max(...starts);
  const [first] = mentioned.filter((row) => Number(row.from_month) === last).sort(byPages) as [Row];
  const [topic, name] = [topicOf(first), nameOf(program)];
  const month = claimOfPeriod(`first month of the last period, ${name}`, last);
  const what = `part of ${topic} in the last period, ${name}`;
  const share = claimOfPeriod(what, Number(first.share), inPercent);
  return topic === topicOf(program.topics[0])
    ? prose`*${topic}* is still first from month ${month} on, with ${share}.`
    : prose`From month ${month} on, *${topic}* is first with ${share}.`;
}

function oneReaderSentence(program: ProgramReading): Prose {
  const first = program.topics[0]!;
  if (!(first.largest_reader_share > ONE_READER)) return prose``;
  const what = `part of ${topicOf(first)} that one reader opened, ${nameOf(program)}`;
  return prose`But one reader alone opened ${percent(what, first.largest_reader_share)} of the pages of *${topicOf(first)}*.`;
}

function sureOf(programs: ProgramReading[]): Prose {
  if (programs.length === 0) return prose`Sure: there is hardly anything to count.`;
  const most = Math.max(...programs.map(({ topics }) => Number(topics[0]!.largest_reader_share)));
  const part = percent("largest part of one reader in a leading topic", most);
  return prose`Sure about what is opened, as no single reader makes more than ${part} of a leading topic; less sure about jobs, which the log does not know, and about late months, which only early cohorts have reached.`;
}
