import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { formatNumber } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byProgram, byText, claimsOf, inOne, rowsOf, shortName, sumOf } from "./phrases";

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
  const rows = rowsOf("graduatesAnswer", reading, "program", "topic", "largest_reader_share", {
    ...{ pages: number, users: number, graduates: number, graduates_share: number },
    ...{ share: number, share_in_class: number, lift: number, late_pages: number },
  });
  const caller = "graduatesAnswer (byPeriod)";
  const numbers = { pages: number, all_pages: number, share: number };
  const periods = rowsOf(caller, byPeriod, "program", "topic", "from_month", numbers);
  const all = programsOf(rows, periods);
  const programs = all.filter(({ pages }) => pages >= minPages);
  const few = all.length - programs.length;
  const limit = whole("fewest pages of a program", minPages);
  const left = prose`Left out: ${count("programs with too few pages", few, "program")} with fewer than ${limit} pages after graduation.`;
  const sentences = programs.flatMap((program) => [
    mostSentence(program, jobMonths),
    gainedSentence(program),
    lastSentence(program, minPages),
    oneReaderSentence(program),
  ]);
  return {
    number: 6,
    question: "What do graduates keep referring to?",
    headline: headlineOf(programs),
    details:
      all.length === 0
        ? prose`No student of a cohort that has ended opens a lesson after its last day.`
        : inOne([...sentences, few > 0 ? left : prose``]),
    measure: prose`Pages of lessons that students of cohorts that have ended open after their cohort's last day, by topic, held against what the same cohorts read in class; Staff are left out.`,
    changes: prose`Counting Staff as graduates, whose cohort by its dates ended years ago, would add teaching; counting the last day itself would add class.`,
    sure: sureOf(programs),
  };
}

type Program = ReturnType<typeof programsOf>[number];

/** Most pages first, also of a program's topics. */
function programsOf(rows: Row[], periods: Row[]) {
  const all = byProgram(rows).map(([program, own]) => {
    const topics = own.sort(byPages) as [Row, ...Row[]];
    const [gained] = topics.filter(hasGained).sort((a, b) => b.lift - a.lift);
    const ofProgram = periods.filter((row) => row.program === program);
    const name = shortName(program);
    return { program, name, pages: sumOf(topics, "pages"), topics, gained, periods: ofProgram };
  });
  return all.sort((a, b) => b.pages - a.pages || byText(a.program, b.program));
}

const byPages = (a: Row, b: Row) => b.pages - a.pages || byText(a.topic, b.topic);
const hasGained = ({ graduates_share, lift, largest_reader_share }: Row) =>
  graduates_share >= WIDELY_READ && lift >= CLEARLY_MORE && largest_reader_share <= ONE_READER;

const { claim, count, whole, percent } = claimsOf("graduatesReading");
const ofPeriod = claimsOf("graduatesReadingByPeriod");
const topicOf = (row: Row | undefined) => shortName(row?.topic ?? "none");

function headlineOf(programs: Program[]): Prose {
  if (programs.length === 0) return prose`Hardly any graduate comes back to a lesson`;
  const topics = new Set(programs.map((program) => topicOf(program.topics[0])));
  const most = [...topics].map((topic) => {
    const own = programs.filter((program) => topicOf(program.topics[0]) === topic);
    return prose`${topic} (${own.map(({ name }) => name)})`;
  });
  const gained = programs.flatMap(({ gained }) => (gained ? [topicOf(gained)] : []));
  const short = prose`Graduates read ${most} most`;
  if (gained.length === 0) return short;
  const long = prose`${short}, and ${[...new Set(gained)]} more than in class`;
  return long.text.length <= LONGEST_HEADLINE ? long : short;
}

function mostSentence({ name, pages, topics, periods }: Program, jobMonths: number): Prose {
  const [first, second] = topics;
  // The same sum by another function, where its periods begin with the end.
  const starts = new Map(periods.map((row) => [Number(row.from_month), Number(row.all_pages)]));
  const sum = () => [...starts.values()].reduce((a, b) => a + b, 0);
  const again = starts.has(0) ? sum : undefined;
  const all = count(`pages after graduation, ${name}`, pages, "page", "pages", { again });
  const part = percent(`part of the most read, ${topicOf(first)}, ${name}`, first.share);
  const opened = claim(`graduates who opened ${topicOf(first)}, ${name}`, Number(first.users));
  const back = claim(`graduates who came back, ${name}`, Number(first.graduates));
  const late = percent(`part from that month on, ${name}`, sumOf(topics, "late_pages") / pages);
  const month = claim("month from which graduates may be in jobs", jobMonths);
  const then = second
    ? prose`, before ${topicOf(second)} with ${percent(`part of the next, ${topicOf(second)}, ${name}`, second.share)}`
    : prose``;
  return prose`**${name}**: of ${all} after graduation, *${topicOf(first)}* has the most, ${part}${then}; ${opened} of the ${back} graduates who came back opened it. From month ${month} on, when many may be in jobs, come ${late} of the pages.`;
}

function gainedSentence({ name, gained, topics }: Program): Prose {
  if (topics.every((row) => row.share_in_class === null)) {
    return prose`Their classes are not in the log, so it cannot tell what they read more than in class.`;
  }
  if (!gained) {
    return prose`No topic that ${percent("share who must have opened it", WIDELY_READ)} of them opened has clearly more of the pages than in class.`;
  }
  const topic = topicOf(gained);
  const times = claim(
    `${topic}: part after graduation by part in class, ${name}`,
    Number(gained.lift),
    {
      as: (x) => formatNumber(x, 1),
      again: () => Number(gained.share) / Number(gained.share_in_class),
    },
  );
  const before = percent(`part of ${topic} in class, ${name}`, gained.share_in_class);
  const after = percent(`part of ${topic} after graduation, ${name}`, gained.share);
  return prose`What gained most on class is *${topic}*: ${before} of the pages then and ${after} now, ${times} times as much.`;
}

function lastSentence({ name, topics, periods }: Program, minPages: number): Prose {
  const mentioned = periods.filter((row) => row.all_pages >= minPages);
  const starts = new Set(mentioned.map((row) => Number(row.from_month)));
  if (starts.size < 2) return prose``;
  const last = Math.max(...starts);
  const [first] = mentioned.filter((row) => Number(row.from_month) === last).sort(byPages);
  const topic = topicOf(first);
  const month = ofPeriod.claim(`first month of the last period, ${name}`, last);
  const share = ofPeriod.percent(`part of ${topic} in the last period, ${name}`, first!.share);
  return topic === topicOf(topics[0])
    ? prose`*${topic}* is still first from month ${month} on, with ${share}.`
    : prose`From month ${month} on, *${topic}* is first with ${share}.`;
}

function oneReaderSentence({ name, topics: [first] }: Program): Prose {
  if (!(first.largest_reader_share > ONE_READER)) return prose``;
  const topic = topicOf(first);
  const what = `part of ${topic} that one reader opened, ${name}`;
  return prose`But one reader alone opened ${percent(what, first.largest_reader_share)} of the pages of *${topic}*.`;
}

function sureOf(programs: Program[]): Prose {
  if (programs.length === 0) return prose`Sure: there is hardly anything to count.`;
  const most = Math.max(...programs.map(({ topics }) => Number(topics[0].largest_reader_share)));
  const part = percent("largest part of one reader in a leading topic", most);
  return prose`Sure about what is opened, as no single reader makes more than ${part} of a leading topic; less sure about jobs, which the log does not know, and about late months, which only early cohorts have reached.`;
}
