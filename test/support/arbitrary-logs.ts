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
const COHORT_NAMES = [
  "Bayes",
  "Curie",
  "Ada",
  "Staff",
  "",
  " ",
  "constructor",
  "__proto__",
  "a, b",
];

/** Words that show a value which should have been put into words. */
export const FORBIDDEN =
  /\bNaN\b|not a number|\bundefined\b|\bInfinity\b|∞|\bnull\b|\[object|native code|Invalid Date/i;

/** An id as it is as a rule, and now and then one at the end of what there is. */
export const anyId = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, -40, 70_000, 2 ** 31, 2 ** 53 - 1) },
);
const anyCohortId = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 20, max: 30 }) },
  { weight: 3, arbitrary: fc.constant(28) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 136, 2 ** 31, 2 ** 53 - 1) },
);
const anyPath = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...LESSONS) },
  { weight: 3, arbitrary: fc.constantFrom(...OTHER_PAGES) },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).filter((text) => !FORBIDDEN.test(text)) },
);
const anyAddress = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }).map((n) => `198.18.0.${n}`) },
  { weight: 2, arbitrary: fc.ipV4().map((ip) => ip.replace(/^\d+\.\d+/, "198.19")) },
  { weight: 2, arbitrary: fc.ipV6() },
  { weight: 1, arbitrary: fc.constantFrom("", "::1", "no address") },
);

/** Days since 1970 of 6 January 2020, a Monday of a leap year. */
const FIRST = 18_267;
const isoDay = (day: number) => new Date(86_400_000 * day).toISOString().slice(0, 10);
const anyDay = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 90 }).map((n) => isoDay(FIRST + n)) },
  { weight: 1, arbitrary: fc.constantFrom("2020-02-29", "2000-02-29", "1970-01-01", "1969-12-31") },
);
const anyTime = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 8 * 3600, max: 17 * 3600 }) },
  { weight: 2, arbitrary: fc.integer({ min: 9 * 3600, max: 9 * 3600 + 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 86_399) },
);

const clock = (second: number) => new Date(1000 * second).toISOString().slice(11, 19);
const nullable = <T>(arbitrary: fc.Arbitrary<T>, weight = 8) =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

/** Cohorts with ids that differ: names, dates and programs missing, an end before its start, no known program. */
const anyCohorts = fc.uniqueArray(
  fc
    .record({
      id: anyCohortId,
      name: nullable(fc.constantFrom(...COHORT_NAMES)),
      slack: nullable(fc.constantFrom("#a", "#b", "")),
      start: nullable(fc.integer({ min: -20, max: 50 }), 12),
      length: nullable(fc.integer({ min: -5, max: 70 }), 12),
      program_id: nullable(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(1, 2, 3, 3, 3, 4) },
          { weight: 1, arbitrary: fc.constantFrom(0, -1, 99, 2 ** 53 - 1) },
        ),
      ),
    })
    .map(
      ({ id, name, slack, start, length, program_id }): CohortRow => ({
        ...{ id, name, slack, program_id },
        start_date: start === null ? null : isoDay(FIRST + start),
        end_date: length === null ? null : isoDay(FIRST + (start ?? 0) + length),
      }),
    ),
  { selector: ({ id }) => id, maxLength: 6, size: "max" },
);

/** What rows are put together from: with one value in a pool all rows have the same. */
const pool = <T>(arbitrary: fc.Arbitrary<T>, most: number) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 1 }) },
    {
      weight: 5,
      arbitrary: fc.array(arbitrary, {
        minLength: Math.min(3, most),
        maxLength: most,
        size: "max",
      }),
    },
  );

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
    others: fc.array(nullable(anyCohortId), { minLength: 1, maxLength: 3 }),
    cohorts: anyCohorts,
    rows: fc.oneof(
      { weight: 2, arbitrary: fc.array(rowPlaces, { maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(rowPlaces, { maxLength: 20, size: "max" }) },
      { weight: 3, arbitrary: fc.array(rowPlaces, { minLength: 60, maxLength: 240, size: "max" }) },
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
    era: fc.constantFrom(...ERAS).map((day) => Date.parse(day) / 86_400_000),
    days: fc.array(
      fc.oneof({ weight: 5, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(3_600) }),
      { minLength: 1, maxLength: 6 },
    ),
    classes: fc.array(
      fc.tuple(
        fc.constantFrom("0001-01-01", "1970-01-01", null, "9999-12-31"),
        fc.constantFrom("0001-01-01", null, "9999-12-31", "9999-12-31"),
        fc.nat(30),
      ),
      { minLength: 1, maxLength: 3 },
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
