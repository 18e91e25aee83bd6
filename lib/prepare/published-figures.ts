import pl, { type DataType } from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { quantile } from "../stats/quantile";
import { ACCESS_LOG_COLUMNS } from "./access-log-columns";

type Measure = (rows: pl.DataFrame) => number;

/** What a published number is about. */
export type About = "log" | "cohorts" | "users" | "addresses" | "paths" | "stories";

/** A published number, where it is printed, and how a log is asked for it. */
interface PublishedFigure {
  figure: string;
  source: string;
  published: number;
  /** Null where the log has nothing that could be measured. */
  of: (log: Parts) => number | null;
}

/** The log and the parts of it that figures are about, each made once. */
interface Parts {
  all: pl.DataFrame;
  joined: pl.DataFrame;
  noCohort: pl.DataFrame;
  /** Rows with a cohort that is not Staff. */
  students: pl.DataFrame;
  /** Students from the first to the last day of class, both included. */
  inClass: pl.DataFrame;
  /** Rows with a cohort after its end date, Staff included. */
  after: pl.DataFrame;
  /** The same by timestamp: from midnight of the end date on. */
  afterMidnight: pl.DataFrame;
  dataScience: pl.DataFrame;
  staff: pl.DataFrame;
  /** All rows of the earlier version of the log. */
  earlier: pl.DataFrame;
}

const STAFF = 28;
const SNAPSHOT = new Date(Date.UTC(2020, 10, 2, 16, 48, 47));

const distinct =
  (column: string): Measure =>
  (rows) =>
    rows.getColumn(column).dropNulls().nUnique();

const is = (column: string, value: number | string) => pl.col(column).eq(pl.lit(value));
const onPath = (rows: pl.DataFrame, path: string) => rows.filter(is("path", path)).height;
const inYear = (rows: pl.DataFrame, year: number) =>
  rows.filter(pl.col("date").date.year().eq(pl.lit(year)));
const noCohort = pl.col("cohort_id").isNull();

/** Rows with a path of each user, smallest first. */
function rowsPerUser(rows: pl.DataFrame): number[] {
  const counts = rows
    .filter(pl.col("path").isNotNull())
    .groupBy("user_id")
    .agg(pl.col("path").count().alias("rows_of"));
  return Array.from(counts.getColumn("rows_of").toArray() as number[], Number).sort(
    (a, b) => a - b,
  );
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);
const userQuantile = (rows: pl.DataFrame, at: number) => orNull(quantile(rowsPerUser(rows), at));
const addressesPerUser = (rows: pl.DataFrame, at: number) => {
  const counts = rows.groupBy("user_id").agg(pl.col("ip").nUnique().alias("addresses"));
  const values = Array.from(counts.getColumn("addresses").toArray() as number[], Number);
  return orNull(
    quantile(
      values.sort((a, b) => a - b),
      at,
    ),
  );
};
const pairs = (rows: pl.DataFrame, a: string, b: string) => rows.select(a, b).unique().height;
const ofUser = (rows: pl.DataFrame, user: number) => rows.filter(is("user_id", user)).height;
const ofUserOn = (rows: pl.DataFrame, user: number, year: number, month: number, day: number) =>
  rows.filter(
    is("user_id", user).and(pl.col("date").eq(pl.lit(new Date(Date.UTC(year, month - 1, day))))),
  ).height;

/**
 * Source keys: `000` to `003` are the documents of the course; `facts` stands for figures
 * that other notebooks on the same version of the log have published.
 */
const FIGURES: Readonly<Record<About, readonly PublishedFigure[]>> = {
  log: [
    fig("rows", "000", 900_223, ({ all }) => all.height),
    fig("rows with a cohort", "000", 847_330, ({ joined }) => joined.height),
    fig("rows without a cohort", "000", 52_893, (log) => log.noCohort.height),
    fig("rows without a path", "000", 1, ({ all }) => all.filter(pl.col("path").isNull()).height),
    fig("up to 2020-11-02 16:48:47: rows", "001", 719_459, ({ earlier }) => earlier.height),
    fig(
      "up to 2020-11-02 16:48:47: rows without a cohort",
      "001",
      44_840,
      ({ earlier }) => earlier.filter(noCohort).height,
    ),
    fig("exact repetitions of a row, with a cohort", "facts", 3_518, ({ joined }) => {
      const columns = ["timestamp", "path", "user_id", "cohort_id", "ip"];
      return joined.height - joined.select(...columns).unique().height;
    }),
    fig("different timestamps, with a cohort", "facts", 806_377, ({ joined }) =>
      distinct("timestamp")(joined),
    ),
  ],
  cohorts: [
    fig("cohorts with rows", "000", 47, ({ joined }) => distinct("cohort_id")(joined)),
    fig(
      "rows of program 1, PHP",
      "facts",
      30_548,
      ({ all }) => all.filter(is("program_id", 1)).height,
    ),
    fig(
      "rows of program 2, Java",
      "facts",
      713_365,
      ({ all }) => all.filter(is("program_id", 2)).height,
    ),
    fig("rows of program 3, data science", "002", 103_412, ({ dataScience }) => dataScience.height),
    fig(
      "rows of program 4, front end",
      "facts",
      5,
      ({ all }) => all.filter(is("program_id", 4)).height,
    ),
    fig("Staff: rows", "000", 84_031, ({ staff }) => staff.height),
    fig(
      "up to 2020-11-02 16:48:47: rows of data science",
      "facts",
      68_017,
      ({ earlier }) => earlier.filter(is("program_id", 3)).height,
    ),
    fig("in class, both days included: rows", "facts", 647_496, ({ inClass }) => inClass.height),
    fig(
      "in class, both days left out: rows",
      "facts",
      644_386,
      ({ inClass }) => strictly(inClass).height,
    ),
    fig("after the last day: rows", "facts", 199_834, ({ after }) => after.height),
    fig("after the last day: rows of Bayes", "facts", 4_722, ({ after }) =>
      ofCohort(after, "Bayes"),
    ),
    fig("after the last day: rows of Curie", "facts", 3_621, ({ after }) =>
      ofCohort(after, "Curie"),
    ),
    fig("after the last day: rows of Darden", "facts", 3_152, ({ after }) =>
      ofCohort(after, "Darden"),
    ),
    fig(
      "after midnight of the last day: rows",
      "facts",
      200_132,
      (log) => log.afterMidnight.height,
    ),
    fig("2020 and later: rows of Java students", "facts", 306_057, ({ students }) =>
      since2020(students, 2),
    ),
    fig("2020 and later: rows of data-science students", "facts", 83_344, ({ students }) =>
      since2020(students, 3),
    ),
    fig("2020 and later: rows of PHP students", "facts", 1_712, ({ students }) =>
      since2020(students, 1),
    ),
  ],
  users: [
    fig("users", "facts", 981, ({ all }) => distinct("user_id")(all)),
    fig("users with a cohort", "facts", 911, ({ joined }) => distinct("user_id")(joined)),
    fig("users without a cohort", "facts", 78, (log) => distinct("user_id")(log.noCohort)),
    fig("pairs of user and cohort", "facts", 952, ({ joined }) =>
      pairs(joined, "user_id", "cohort_id"),
    ),
    fig("data science: users", "002", 111, ({ dataScience }) => distinct("user_id")(dataScience)),
    fig("Staff: users", "facts", 51, ({ staff }) => distinct("user_id")(staff)),
    fig("up to 2020-11-02 16:48:47: users", "facts", 787, ({ earlier }) =>
      distinct("user_id")(earlier),
    ),
    fig("in class: users", "facts", 731, ({ inClass }) => distinct("user_id")(inClass)),
    fig("in class, both days left out: users", "facts", 724, ({ inClass }) =>
      distinct("user_id")(strictly(inClass)),
    ),
    ...([0.25, 0.5, 0.75, 1] as const).map((at, i) =>
      fig(
        `rows per user, ${["lower quartile", "median", "upper quartile", "most"][i]}`,
        "facts",
        [187, 692, 1_297, 17_913][i]!,
        ({ all }) => userQuantile(all, at),
      ),
    ),
    ...([0.25, 0.5, 0.75, 1] as const).map((at, i) =>
      fig(
        `rows per user in class by timestamp, ${["lower quartile", "median", "upper quartile", "most"][i]}`,
        "facts",
        [391.5, 795, 1_235.5, 4_763][i]!,
        ({ inClass }) => userQuantile(beforeMidnight(inClass), at),
      ),
    ),
    ...[
      [11, 17_913],
      [64, 16_347],
      [53, 12_329],
      [314, 7_783],
      [1, 7_404],
      [495, 6_451],
      [581, 6_434],
      [428, 5_897],
      [344, 5_460],
      [248, 5_075],
    ].map(([user, rows]) =>
      fig(`rows of user ${user}`, "facts", rows!, ({ all }) => ofUser(all, user!)),
    ),
  ],
  addresses: [
    fig("addresses", "facts", 5_531, ({ all }) => distinct("ip")(all)),
    fig("addresses with a cohort", "facts", 5_200, ({ joined }) => distinct("ip")(joined)),
    fig("addresses without a cohort", "facts", 413, (log) => distinct("ip")(log.noCohort)),
    fig("pairs of address and user", "facts", 7_535, ({ joined }) =>
      pairs(joined, "ip", "user_id"),
    ),
    fig("data science: addresses", "002", 990, ({ dataScience }) => distinct("ip")(dataScience)),
    fig("Staff: addresses", "facts", 318, ({ staff }) => distinct("ip")(staff)),
    fig("up to 2020-11-02 16:48:47: addresses", "facts", 4_339, ({ earlier }) =>
      distinct("ip")(earlier),
    ),
    fig("addresses per user with a cohort, lower quartile", "facts", 2, ({ joined }) =>
      addressesPerUser(joined, 0.25),
    ),
    fig("addresses per user with a cohort, upper quartile", "facts", 9, ({ joined }) =>
      addressesPerUser(joined, 0.75),
    ),
    fig(
      "rows of 97.105.19.61",
      "facts",
      61_662,
      ({ all }) => all.filter(is("ip", "97.105.19.61")).height,
    ),
    fig(
      "rows of 97.105.19.58",
      "facts",
      284_579,
      ({ all }) => all.filter(is("ip", "97.105.19.58")).height,
    ),
    fig(
      "rows of 97.105.19.58 without a cohort",
      "facts",
      15_931,
      (log) => log.noCohort.filter(is("ip", "97.105.19.58")).height,
    ),
    fig(
      "rows of 71.150.217.33",
      "facts",
      6_791,
      ({ all }) => all.filter(is("ip", "71.150.217.33")).height,
    ),
  ],
  paths: [
    fig("paths", "facts", 2_313, ({ all }) => distinct("path")(all)),
    fig("paths with a cohort", "facts", 2_224, ({ joined }) => distinct("path")(joined)),
    fig("paths without a cohort", "facts", 1_112, (log) => distinct("path")(log.noCohort)),
    fig("pairs of cohort and path", "facts", 13_565, ({ joined }) =>
      pairs(joined.filter(pl.col("path").isNotNull()), "cohort_id", "path"),
    ),
    fig("data science: paths", "002", 682, ({ dataScience }) => distinct("path")(dataScience)),
    fig("Staff: paths", "facts", 1_404, ({ staff }) => distinct("path")(staff)),
    fig("up to 2020-11-02 16:48:47: paths", "facts", 2_153, ({ earlier }) =>
      distinct("path")(earlier),
    ),
    fig("after the last day: paths", "facts", 1_865, ({ after }) => distinct("path")(after)),
    fig("rows of / in all", "facts", 50_313, ({ all }) => onPath(all, "/")),
    fig("rows of / in program 1", "002", 1_681, ({ all }) =>
      onPath(all.filter(is("program_id", 1)), "/"),
    ),
    fig("rows of / in program 2", "002", 35_814, ({ all }) =>
      onPath(all.filter(is("program_id", 2)), "/"),
    ),
    fig("rows of / in program 3", "002", 8_358, ({ dataScience }) => onPath(dataScience, "/")),
    fig("rows of content/html-css in program 4", "002", 2, ({ all }) =>
      onPath(all.filter(is("program_id", 4)), "content/html-css"),
    ),
    ...(
      [
        ["Bayes", "1-fundamentals/modern-data-scientist.jpg", 650],
        ["Curie", "6-regression/1-overview", 595],
        ["Darden", "classification/overview", 1_109],
        ["Easley", "classification/scale_features_or_not.svg", 463],
        ["Florence", "fundamentals/modern-data-scientist.jpg", 627],
      ] as const
    ).map(([cohort, path, rows]) =>
      fig(`rows of ${cohort} on ${path}`, "002", rows, ({ dataScience }) =>
        onPath(dataScience.filter(is("cohort", cohort)), path),
      ),
    ),
    ...(
      [
        ["javascript-i", 18_983],
        ["toc", 18_297],
        ["search/search_index.json", 19_519],
        ["java-iii", 13_733],
        ["html-css", 13_635],
        ["spring", 12_524],
      ] as const
    ).map(([path, rows]) =>
      fig(`rows of ${path} in all`, "facts", rows, ({ all }) => onPath(all, path)),
    ),
    fig("paths with a single row", "facts", 457, ({ all }) => {
      const counts = all
        .filter(pl.col("path").isNotNull())
        .groupBy("path")
        .agg(pl.col("ip").count());
      return counts.filter(is("ip", 1)).height;
    }),
    ...(
      [
        [2, "javascript-i", 4_233],
        [2, "spring", 3_771],
        [2, "html-css", 3_145],
        [2, "java-iii", 3_062],
        [2, "mysql", 2_300],
        [3, "sql/mysql-overview", 275],
        [3, "classification/overview", 267],
        [3, "anomaly-detection/overview", 191],
      ] as const
    ).map(([program, path, rows]) =>
      fig(
        `after midnight of the last day: rows of ${path} in program ${program}`,
        "facts",
        rows,
        ({ afterMidnight }) => onPath(afterMidnight.filter(is("program_id", program)), path),
      ),
    ),
    fig("2019: rows of / in program 2", "facts", 9_125, ({ all }) =>
      onPath(inYear(all.filter(is("program_id", 2)), 2019), "/"),
    ),
    fig("2019: rows of toc in program 2", "facts", 4_867, ({ all }) =>
      onPath(inYear(all.filter(is("program_id", 2)), 2019), "toc"),
    ),
    fig("2019: rows of / in program 3", "facts", 1_324, ({ dataScience }) =>
      onPath(inYear(dataScience, 2019), "/"),
    ),
  ],
  stories: [
    fig(
      "2019: rows of data science on paths that begin with java",
      "facts",
      32,
      ({ dataScience }) =>
        inYear(dataScience, 2019).filter(pl.col("path").str.contains("^java")).height,
    ),
    fig("user 341 on 2019-03-03: rows", "facts", 272, ({ all }) => ofUserOn(all, 341, 2019, 3, 3)),
    fig("user 341 from 204.44.112.76: rows", "facts", 180, ({ all }) =>
      ofUser(all.filter(is("ip", "204.44.112.76")), 341),
    ),
    fig("user 138 on 2018-06-02: rows", "facts", 198, ({ all }) => ofUserOn(all, 138, 2018, 6, 2)),
    fig("user 526 on 2019-12-19: rows", "facts", 192, ({ all }) =>
      ofUserOn(all, 526, 2019, 12, 19),
    ),
    fig("user 658 on 2020-10-16: rows", "facts", 179, ({ all }) =>
      ofUserOn(all, 658, 2020, 10, 16),
    ),
    fig("user 521 on 2020-06-05: rows", "facts", 165, ({ all }) => ofUserOn(all, 521, 2020, 6, 5)),
    fig("user 313 on 2018-12-19: rows", "003", 225, ({ all }) => ofUserOn(all, 313, 2018, 12, 19)),
  ],
};

function fig(
  figure: string,
  source: string,
  published: number,
  of: (log: Parts) => number | null,
): PublishedFigure {
  return { figure, source, published, of };
}

const strictly = (rows: pl.DataFrame) =>
  rows.filter(
    pl
      .col("date")
      .gt(pl.col("start_date"))
      .and(pl.col("date").lt(pl.col("end_date"))),
  );
const beforeMidnight = (rows: pl.DataFrame) => rows.filter(pl.col("date").lt(pl.col("end_date")));
const ofCohort = (rows: pl.DataFrame, cohort: string) => rows.filter(is("cohort", cohort)).height;
const since2020 = (rows: pl.DataFrame, program: number) =>
  rows.filter(is("program_id", program).and(pl.col("date").date.year().gtEq(pl.lit(2020)))).height;

export interface PublishedFiguresOptions {
  /** Which figures: those about the log as a whole, cohorts, users, ... All where not given. */
  about?: readonly About[];
}

/**
 * What has been published about this log, and what an access log gives for it: whether
 * the log at hand is the one of the documents, or its twin, and where it is not.
 *
 * The figures are of the version that ends on 2021-04-21 16:44:39 with 900,223 rows, and
 * of the earlier one that it contains. Another log agrees in none or few of them.
 *
 * @param accessLog as `prepareLogs` gives it
 * @param options.about which figures
 * @returns `about`, `figure`, `source` (of the published number: a document's number, or `facts`
 *   for what other notebooks on this log have printed), `published`, `found` (Float64,
 *   null where the log has no rows to measure),
 *   `agrees`; in the order of the list
 * @throws {Error} if a column is missing or of another type
 * @throws {RangeError} if `about` names no topic
 */
export function publishedFigures(
  accessLog: pl.DataFrame,
  { about = Object.keys(FIGURES) as About[] }: PublishedFiguresOptions = {},
): pl.DataFrame {
  requireColumns(
    "publishedFigures",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "start_date",
    "end_date",
    "program_id",
  );
  // A column that is null throughout may have any type.
  const log = partsOf(accessLog.withColumns(...TYPED));
  const rows = about.flatMap((topic) =>
    figuresOf(topic).map((figure) => ({ topic, ...figure, found: figure.of(log) })),
  );
  const column = (name: string, values: (string | number | boolean | null)[], type: DataType) =>
    pl.Series(name, values, type);
  return pl.DataFrame([
    column(
      "about",
      rows.map(({ topic }) => topic),
      pl.Utf8,
    ),
    column(
      "figure",
      rows.map(({ figure }) => figure),
      pl.Utf8,
    ),
    column(
      "source",
      rows.map(({ source }) => source),
      pl.Utf8,
    ),
    column(
      "published",
      rows.map(({ published }) => published),
      pl.Float64,
    ),
    column(
      "found",
      rows.map(({ found }) => found),
      pl.Float64,
    ),
    column(
      "agrees",
      rows.map(({ published, found }) => published === found),
      pl.Bool,
    ),
  ]);
}

const TYPED = ["timestamp", "date", "path", "ip", "cohort", "start_date", "end_date"].map((name) =>
  pl.col(name).cast(ACCESS_LOG_COLUMNS.find(({ column }) => column === name)!.type),
);

function figuresOf(topic: About): readonly PublishedFigure[] {
  if (Object.hasOwn(FIGURES, topic)) return FIGURES[topic];
  throw new RangeError(
    `publishedFigures needs about to be of ${Object.keys(FIGURES).join(", ")}, got ${topic}`,
  );
}

function partsOf(all: pl.DataFrame): Parts {
  const joined = all.filter(pl.col("cohort_id").isNotNull());
  const students = joined.filter(pl.col("cohort_id").neq(pl.lit(STAFF)));
  return {
    all,
    joined,
    students,
    noCohort: all.filter(noCohort),
    inClass: students.filter(
      pl
        .col("date")
        .gtEq(pl.col("start_date"))
        .and(pl.col("date").ltEq(pl.col("end_date"))),
    ),
    after: joined.filter(pl.col("date").gt(pl.col("end_date"))),
    afterMidnight: joined.filter(pl.col("date").gtEq(pl.col("end_date"))),
    dataScience: joined.filter(is("program_id", 3)),
    staff: joined.filter(is("cohort_id", STAFF)),
    earlier: all.filter(pl.col("timestamp").ltEq(pl.lit(SNAPSHOT))),
  };
}
