import fc from "fast-check";

/** A row of the raw `logs` table, so that a counterexample can be read. */
export interface LogRow {
  date: string;
  time: string;
  path: string | null;
  user_id: number;
  cohort_id: number | null;
  ip: string | null;
}

/** A row of the raw `cohorts` table. */
export interface CohortRow {
  id: number;
  name: string | null;
  slack: string | null;
  start_date: string | null;
  end_date: string | null;
  program_id: number | null;
}

/** Both raw tables as rows. */
export interface LogTables {
  logs: LogRow[];
  cohorts: CohortRow[];
}

const LESSONS = [
  ...["javascript-i", "javascript-i/functions", "javascript-i/bom-and-dom/dom", "html-css"],
  ...["html-css/introduction", "content/html-css/introduction.html", "jquery/ajax/requests"],
  ...["mysql/tables", "java-iii/jsp-and-jstl", "spring/fundamentals/views", "slides/spring/views"],
  ...["6-regression/1-overview", "classification/overview", "3.5.1-where", "sql/mysql-overview"],
];
const OTHER_PAGES = ["/", "toc", "search/search_index.json", "images/logo.png", "examples/a.html"];
/** What somebody, or something, may ask for; none of it has a word that a text must not have. */
const HOSTILE = [
  ...["", " ", "//", ".", "..", "%", "%%%", "0", "-1", "1e999", "a".repeat(3_000), "/".repeat(300)],
  ...["__proto__", "constructor", "__proto__/constructor", "toString", "hasOwnProperty/valueOf"],
  ..."%c0%af../etc/passwd|.git/config|wp-login.php|<script>alert(1)</script>|%{x}|$\\frac{a}$".split(
    "|",
  ),
  ...["';DROP TABLE logs;--", '"', "a,b", "a\nb\tc", "\u0000", "\u202eabc", "é/ü/😀", "[x](y)|*_`"],
];
const COHORT_NAMES = "Bayes|Curie|Ada|Staff|| |constructor|__proto__|a, b".split("|");

/** Words that show a value which should have been put into words. */
export const FORBIDDEN =
  /\bNaN\b|not a number|\bundefined\b|\bInfinity\b|∞|\bnull\b|\[object|native code|Invalid Date/i;

/** One of several, each as often as its number says. */
export const mostly = <T>(...some: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...some.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const anyOf = <const T>(...values: T[]) => fc.constantFrom(...values);
const between = (min: number, max: number) => fc.integer({ min, max });
const nullable = <T>(arbitrary: fc.Arbitrary<T>, weight = 8) =>
  mostly<T | null>([weight, arbitrary], [1, fc.constant(null)]);

/** An id as it is as a rule, and now and then one at the end of what there is. */
export const anyId = mostly(
  [12, between(1, 40)],
  [1, anyOf(0, -1, -40, 70_000, 2 ** 31, 2 ** 53 - 1)],
);
const anyCohortId = mostly(
  [12, between(20, 30)],
  [3, fc.constant(28)],
  [1, anyOf(0, -1, 136, 2 ** 31, 2 ** 53 - 1)],
);
const anyPath = mostly<string>(
  [12, anyOf(...LESSONS)],
  [3, anyOf(...OTHER_PAGES)],
  [3, anyOf(...HOSTILE)],
  [1, fc.string({ unit: "grapheme" }).filter((text) => !FORBIDDEN.test(text))],
);
const anyAddress = mostly<string>(
  [6, between(1, 9).map((n) => `198.18.0.${n}`)],
  [2, fc.ipV4().map((ip) => ip.replace(/^\d+\.\d+/, "198.19"))],
  [2, fc.ipV6()],
  [1, anyOf("", "::1", "no address")],
);

/** Days since 1970 of 6 January 2020, a Monday of a leap year. */
const FIRST = 18_267;
export const isoDay = (day: number) => new Date(86_400_000 * day).toISOString().slice(0, 10);
const anyDay = mostly<string>(
  [12, between(0, 90).map((n) => isoDay(FIRST + n))],
  [1, anyOf("2020-02-29", "2000-02-29", "1970-01-01", "1969-12-31")],
);
const anyTime = mostly(
  [4, between(8 * 3600, 17 * 3600)],
  [2, between(9 * 3600, 9 * 3600 + 60)],
  [1, anyOf(0, 86_399)],
);
const clock = (second: number) => new Date(1000 * second).toISOString().slice(11, 19);

/** Cohorts with ids that differ: names, dates and programs missing, an end before its start, no known program. */
const anyCohorts = fc.uniqueArray(
  fc
    .record({
      id: anyCohortId,
      name: nullable(anyOf(...COHORT_NAMES)),
      slack: nullable(anyOf("#a", "#b", "")),
      start: nullable(between(-20, 50), 12),
      length: nullable(between(-5, 70), 12),
      program_id: nullable(
        mostly([8, anyOf(1, 2, 3, 3, 3, 4)], [1, anyOf(0, -1, 99, 2 ** 53 - 1)]),
      ),
    })
    .map(
      ({ start, length, ...row }): CohortRow => ({
        ...row,
        start_date: start === null ? null : isoDay(FIRST + start),
        end_date: length === null ? null : isoDay(FIRST + (start ?? 0) + length),
      }),
    ),
  { selector: ({ id }) => id, maxLength: 6, size: "max" },
);

const listOf = <T>(of: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(of, { minLength, maxLength, size: "max" });
/** What rows are put together from: with one value in a pool all rows have the same. */
const pool = <T>(of: fc.Arbitrary<T>, most: number) =>
  mostly([1, listOf(of, 1, 1)], [5, listOf(of, Math.min(3, most), most)]);

const rowPlaces = fc.tuple(fc.nat(30), fc.nat(30), anyTime, fc.nat(30), fc.nat(30), fc.nat(99));

/**
 * Raw tables of the right shape, whatever is in them. A user mostly has one cohort and comes from
 * few addresses, so that there are classes to be found; nothing in the text is among `FORBIDDEN`.
 */
export const anyTables: fc.Arbitrary<LogTables> = fc
  .record({
    users: pool(anyId, 18),
    days: pool(anyDay, 25),
    paths: pool(nullable(anyPath, 15), 16),
    addresses: pool(nullable(anyAddress, 15), 6),
    others: listOf(nullable(anyCohortId), 1, 3),
    cohorts: anyCohorts,
    rows: mostly(
      [2, listOf(rowPlaces, 0, 3)],
      [2, listOf(rowPlaces, 0, 20)],
      [3, listOf(rowPlaces, 60, 240)],
    ),
  })
  .map(({ users, days: all, paths, addresses, others, cohorts, rows }) => {
    // Many users over fifty years make millions of quiet days: strange, and slow.
    const near = all.filter((day) => day >= "2020");
    const days = rows.length > 20 && near.length > 0 ? near : all;
    const at = <T>(values: readonly T[], place: number): T => values[place % values.length]!;
    return {
      cohorts,
      logs: rows.map(([user, day, second, path, address, stray]): LogRow => {
        const own = at([...cohorts.map(({ id }) => id), at(others, user)], user % users.length);
        return {
          date: at(days, day),
          time: clock(second),
          path: at(paths, path),
          user_id: at(users, user),
          cohort_id: stray < 92 ? own : at(others, stray),
          ip: at(addresses, stray < 70 ? user : address),
        };
      }),
    };
  });

export const EMPTY: LogTables = { logs: [], cohorts: [] };

/** First days of times in which a log may be: also before 1970, and in the first century. */
const ERAS = ["0001-01-01", "0099-12-20", "1583-10-15", "1969-12-25", "2020-02-20", "9990-01-01"];

/**
 * Tables of few rows in any time from year 1 to 9999, of cohorts whose dates may stand for none: as
 * far from that as dates can be.
 */
export const farTables: fc.Arbitrary<LogTables> = fc
  .record({
    tables: anyTables,
    era: anyOf(...ERAS).map((day) => Date.parse(day) / 86_400_000),
    days: listOf(mostly([5, fc.nat(40)], [1, fc.nat(3_600)]), 1, 6),
    classes: listOf(
      fc.tuple(
        anyOf("0001-01-01", "1970-01-01", null, "9999-12-31"),
        anyOf("0001-01-01", null, "9999-12-31", "9999-12-31"),
        fc.nat(30),
      ),
      1,
      3,
    ),
  })
  .map(({ tables: { logs, cohorts }, era, days, classes }) => ({
    logs: logs
      .slice(0, 25)
      .map((row, i) => ({ ...row, date: isoDay(era + days[i % days.length]!) })),
    cohorts: cohorts.map((row, i) => {
      const [start, end, after] = classes[i % classes.length]!;
      const near = isoDay(era + after);
      // Of two classes one has a day that is near.
      return { ...row, start_date: i % 2 === 0 ? start : near, end_date: i % 3 === 0 ? near : end };
    }),
  }));
