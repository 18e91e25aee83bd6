import { hostileStrings } from "./hostile-strings";
import { randomIntegers } from "./random";
import { csvField, JOINED_HEADER } from "./tiny-logs";

/** A request, and the cohort of whoever made it. */
export interface HostileRow {
  /** Milliseconds since 1970. */
  at: number;
  path: string;
  user: number;
  cohort: HostileCohort | null;
  ip: string;
}

export interface HostileCohort {
  id: number;
  name: string;
  slack: string;
  start: string;
  end: string;
  program: number;
}

/** A lesson's name may hold letters, digits and a few marks only; these are hostile all the same. */
const LESSONS: Record<number, readonly string[]> = {
  2: [
    ..."java-iii|html-css|mysql/tables|spring/views|constructor|constructor/prototype".split("|"),
    ..."html-css/a&b+c|html-css/x&lt.b&gt|java-iii/\u202eabc|java-iii/j\u0430va-i".split("|"),
    "java-iii/\uff53\uff43\uff52\uff49\uff50\uff54",
    "\u05e9\u05dc\u05d5\u05dd/\u05d0\u05d1\u05d2",
    ...["mysql/2021", `mysql/${"long-".repeat(80)}name`, "spring/toString"],
  ],
  3: "classification|sql/limit|clustering/overview|regression/a&b|constructor/valueOf".split("|"),
};

const IN_THE_EVENING = "Evening class, part-time, in the old building, ";
const WITH_MARKS = "**a** | [x](https://evil.example)\r\nBcc: x@evil.example";
/** Of two of them the names begin alike, and two others have one name. */
export const HOSTILE_COHORTS: readonly HostileCohort[] = [
  cohort(11, `<img src=x onerror="window.__pwned=1;alert(1)">`, "2019-01-07", "2019-03-08", 2),
  cohort(12, "=cmd|' /C calc'!A0", "2019-02-04", "2019-04-05", 2),
  cohort(13, "2021", "2019-03-04", "2019-05-03", 2),
  cohort(14, "\u001b[2J\u001b]0;title\u0007\u202efdp", "2019-04-01", "2019-05-31", 2),
  cohort(15, `${IN_THE_EVENING}<b>first</b>`, "2019-01-07", "2019-03-08", 3),
  cohort(16, `${IN_THE_EVENING}<b>other</b>`, "2019-02-04", "2019-04-05", 3),
  cohort(17, WITH_MARKS, "2019-03-04", "2019-05-03", 3),
  cohort(18, WITH_MARKS, "2019-04-01", "2019-05-31", 3),
  cohort(19, "__proto__", "2018-01-08", "2018-06-01", 1),
  cohort(28, "Staff", "2014-02-04", "2014-02-04", 2),
];

function cohort(id: number, name: string, start: string, end: string, program: number) {
  const slack = id % 2 === 1 ? "#<script>window.__pwned=1</script>" : `@${name}`;
  return { id, name, slack, start, end, program };
}

/** What leads in one cohort each: half as many open it as open the home page. */
export const HOSTILE_LEADERS: readonly string[] = [
  "<script>window.__pwned=1;alert(1)</script>",
  `"><img src=//evil.example/x onerror=alert(1)>`,
  `</script><svg onload="window.__pwned=1">`,
  "%{customdata[0]}<extra>x</extra><br>two",
  `<a href="javascript:window.__pwned=1">x</a>`,
  '=HYPERLINK("https://evil.example/x";"x")',
  "\u001b]8;;https://evil.example/x\u001b\\link\u001b]8;;\u001b\\",
  `Z${"\u0300\u0317\u0488".repeat(20)}\u202eogla`,
];

const STUDENTS = 11;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const COPIES = 900;
const PROBES = 901;
const FIRST_WITH_LONG_NAMES = 950;
/** As few as make a page a lesson: a log of a hundred megabytes would prove no more. */
const WITH_LONG_NAMES = 3;
/** A zone is a part of an address: with it, it is as long as one may be. */
const LONG_ADDRESS = `fe80::1%${"z".repeat(92)}`;

/**
 * Some thousand requests at a small school whose pages, classes and visitors have hostile names: in
 * each class such a path leads, one visitor opens every hostile string within minutes, one looks
 * for a way in, and students read on after their class. In the order of time.
 */
export function hostileRows(): HostileRow[] {
  const classes = HOSTILE_COHORTS.slice(0, 8);
  const [early, staff] = HOSTILE_COHORTS.slice(8) as [HostileCohort, HostileCohort];
  const strings = hostileStrings();
  const megabytes = hostileStrings("megabyte");
  const random = randomIntegers(7);
  const rows = classes.flatMap((of, place) => classRows(of, place, random));

  const copying = Date.parse("2019-06-12T21:00:00Z");
  for (const [i, path] of [...strings, ...megabytes].entries()) {
    const at = copying + 500 * i;
    rows.push({ at, path, user: COPIES, cohort: classes[0]!, ip: "198.18.90.1" });
  }
  const probing = Date.parse("2019-06-20T03:00:00Z");
  for (const [i, path] of hostileStrings("SQL", "file name", "html").entries()) {
    if (path.length < 4) continue;
    rows.push({ at: probing + 20_000 * i, path, user: PROBES, cohort: null, ip: "198.18.91.1" });
  }
  // In the smallest class, names of a megabyte are read most.
  for (let user = FIRST_WITH_LONG_NAMES; user < FIRST_WITH_LONG_NAMES + WITH_LONG_NAMES; user++) {
    const at = Date.parse("2018-02-05T10:00:00Z") + user * 60_000;
    for (const path of [megabytes[0]!, megabytes[2]!])
      rows.push({ at, path, user, cohort: early, ip: "198.18.92.1" });
  }
  for (let i = 0; i < 200; i++) {
    const path = i % 3 === 0 ? strings[i]! : "java-iii";
    const at = Date.parse("2019-01-07") + random(0, 140) * DAY + timeOfDay(random);
    rows.push({ at, path, user: 980 + (i % 3), cohort: staff, ip: LONG_ADDRESS });
  }
  return rows.sort((a, b) => a.at - b.at);
}

type Random = ReturnType<typeof randomIntegers>;

const timeOfDay = (random: Random) => 9 * HOUR + random(0, 6 * 3600) * 1000;

/** What the students of a class read, in class and after it. */
function classRows(of: HostileCohort, place: number, random: Random): HostileRow[] {
  const rows: HostileRow[] = [];
  const lessons = LESSONS[of.program] as readonly string[];
  // One that the others gloss over.
  const favorite = lessons[(5 * place + 3) % lessons.length] as string;
  const [start, end] = [Date.parse(of.start), Date.parse(of.end)];
  for (let student = 0; student < STUDENTS; student++) {
    const user = 100 * (place + 1) + student;
    const ip = `198.18.${place}.${student % 3}`;
    const open = (day: number, path: string) =>
      rows.push({ at: day + timeOfDay(random), path, user, cohort: of, ip });
    for (let day = start; day <= end; day += DAY) {
      const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
      const hardlyReads = student === 0 && random(0, 19) > 0;
      const hasLeft = student === 1 && day > start + 9 * DAY;
      if (isWeekend || hardlyReads || hasLeft) continue;
      open(day, "/");
      if (random(0, 1) === 0) open(day, HOSTILE_LEADERS[place] as string);
      const most = random(0, lessons.length - 1);
      open(day, lessons[random(0, most)] as string);
      if (random(0, 4) === 0) open(day, favorite);
    }
    for (let visit = 0; visit < 6; visit++)
      open(end + random(3, 200) * DAY, lessons[random(0, 3)] as string);
  }
  return rows;
}

/** A line of the joined query's CSV. */
export function joinedLine({ at, path, user, cohort, ip }: HostileRow): string {
  const [date, time] = momentOf(at);
  const { id = "", name = "", slack = "", start = "", end = "", program = "" } = cohort ?? {};
  const made = cohort ? "2019-01-01 00:00:00" : "";
  return [date, time, path, user, id, ip, id, name, slack, start, end, made, made, "", program]
    .map(csvField)
    .join(",");
}

/** Lines as the joined query saves them, with its header. */
export function asJoinedCsv(lines: readonly string[]): string {
  return [JOINED_HEADER, ...lines, ""].join("\n");
}

function momentOf(at: number): [date: string, time: string] {
  const text = new Date(at).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}
