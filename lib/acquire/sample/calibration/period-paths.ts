import { isoDay } from "../days/log-days";

/** Groups of a published count: all of a program, or those of it that are not Staff. */
export type Readers = "java" | "java without Staff" | "data science" | "java and data science";

/**
 * Which time a count is of: after graduation by timestamp (from the midnight of the
 * cohort's end date on), by date (later days only), or the year 2019.
 */
export type Period = "after" | "days after" | "2019";

/** Rows of some groups on one path in one period. */
export interface PeriodPathRows {
  readers: Readers;
  period: Period;
  path: string;
  rows: number;
}

const TABLES: readonly [Readers, Period, string][] = [
  [
    "java",
    "after",
    `
4233 javascript-i
3771 spring
3145 html-css
3062 java-iii
2990 java-ii
2686 java-i
2552 javascript-ii
2300 mysql
2125 jquery
1497 spring/fundamentals/repositories
`,
  ],
  [
    "java without Staff",
    "after",
    `
1389 appendix
1511 toc
`,
  ],
  [
    "java",
    "days after",
    `
4229 javascript-i
3760 spring
3136 html-css
3058 java-iii
2985 java-ii
`,
  ],
  [
    "data science",
    "after",
    `
275 sql/mysql-overview
267 classification/overview
191 anomaly-detection/overview
184 fundamentals/intro-to-data-science
127 1-fundamentals/1.1-intro-to-data-science
87 sql/database-design
86 6-regression/1-overview
77 classification/prep
76 fundamentals/environment-setup
73 stats/compare-means
`,
  ],
  [
    "data science",
    "after",
    `
66 10-anomaly-detection/1-overview
69 classification/explore
67 distributed-ml/spark-api
70 nlp/acquire
64 appendix/cli-git-overview
`,
  ],
  [
    "data science",
    "days after",
    `
266 classification/overview
1 spring
`,
  ],
  [
    "java and data science",
    "days after",
    `
13842 /
4055 search/search_index.json
2679 java-i
2662 appendix
2549 javascript-ii
2295 mysql
2412 toc
`,
  ],
  [
    "java",
    "2019",
    `
9125 /
4867 toc
4404 javascript-i
4277 search/search_index.json
3351 html-css
3012 java-iii
2950 spring
2912 java-ii
2709 jquery
2683 mysql
`,
  ],
  [
    "java",
    "2019",
    `
2641 java-i
2612 javascript-ii
`,
  ],
  [
    "data science",
    "2019",
    `
1324 /
495 1-fundamentals/modern-data-scientist.jpg
493 1-fundamentals/AI-ML-DL-timeline.jpg
486 1-fundamentals/1.1-intro-to-data-science
399 6-regression/1-overview
335 search/search_index.json
`,
  ],
];

/**
 * Published rows of paths by program and period.
 *
 * Sources: four published notebooks. Their lists of all programs are written here less
 * PHP's and front end's rows, all of which are later than graduation (`/` 15,524 less
 * 1,681 and 1), and, where Java's are printed, less these: of data science one row on
 * `spring` and none on the four others. A list without Staff is Staff's row of the whole log less: of paths on
 * which those are known it gives no new sum, and `cohort-paths.ts` has the others.
 */
export const PERIOD_PATH_ROWS: readonly PeriodPathRows[] = TABLES.flatMap(
  ([readers, period, text]) =>
    text
      .trim()
      .split("\n")
      .map((line) => {
        const [rows, path] = line.split(" ");
        return { readers, period, path: path!, rows: Number(rows) };
      }),
);

/**
 * Rows of data science on days after graduation on `/`, the search index, `index.html` and
 * pictures: 11,495 in all less the 8,074 of a published list without these.
 */
export const DATA_SCIENCE_ASIDE_AFTER = {
  rows: 11_495 - 8_074,
  isAside: (path: string) =>
    ["/", "search/search_index.json", "index.html"].includes(path) ||
    /\.(jpg|jpeg|svg)$/.test(path),
} as const;

/** Different paths of all rows up to the earlier version's end, of 2,313. */
export const PATHS_UP_TO_SNAPSHOT = 2_153;
/** Different paths of rows of cohorts on days after graduation, of 2,224. */
export const PATHS_AFTER_GRADUATION = 1_865;

/**
 * Rows on the other program's lessons, either way, up to 2019-12-22; Staff's are not
 * among them. What is counted here: PHP and Java cohorts on first segments of the
 * data-science courses before 2020, and data science on those of the Java course in 2019.
 */
export const CROSS_READING_ROWS = 1_402;
export const CROSS_READING_LAST_DAY = isoDay("2019-12-22");
/**
 * Rows of data science on the Java course after 2019: one of a published list (Curie, May
 * 2020), one that the sums over all programs show. Cohort and path of each are a choice.
 */
export const LATER_CROSS_READING = [
  { cohortId: 55, path: "javascript-i", after: false },
  { cohortId: 34, path: "spring", after: true },
] as const;
