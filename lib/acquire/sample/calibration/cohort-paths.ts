/** What is published about a cohort's paths. */
export interface CohortReading {
  cohortId: number;
  /** Different paths, `/` included. */
  distinctPaths: number;
  /** The path read most often, `/` left out; missing where none is published. */
  topPath?: string;
}

/** A cohort's rows on one path. */
export interface CohortPathRows {
  cohortId: number;
  path: string;
  rows: number;
}

/** Rows of the path read most often besides `/` and of others known, one cohort a line. */
const READING = `
1 342 626 45 294 javascript-i
2 44 17 - 6 content/php_ii/command-line
4 4 1 - 1 mkdocs/search_index.json
5 1 1 - - -
6 45 4 - 10 javascript-ii/es6
7 143 51 4 29 content/html-css
8 278 210 9 57 java-iii
9 4 1 - 2 content/html-css
11 95 19 1 12 html-css
12 117 8 - 19 content/html-css
13 348 219 6 84 index.html
14 486 125 31 877 index.html
15 232 33 1 19 java-i
16 135 37 7 65 spring
17 383 249 17 128 javascript-i
18 325 149 9 69 javascript-i
19 282 151 6 38 content/laravel/intro
21 312 630 45 364 spring
22 544 1828 103 744 spring
23 406 1641 142 721 mkdocs/search_index.json
24 377 2101 328 884 javascript-i
25 421 1132 504 991 toc
26 283 924 577 722 javascript-i
27 314 981 361 697 toc
28 1404 6340 1349 1817 javascript-i
29 317 1798 700 1465 toc
31 366 1174 318 638 toc
32 334 955 761 761 search/search_index.json
33 301 1653 1380 1380 search/search_index.json
34 533 1967 588 650 1-fundamentals/modern-data-scientist.jpg
51 288 1467 746 896 javascript-i
52 267 1295 742 964 toc
53 258 2038 1020 1293 toc
55 418 1712 538 595 6-regression/1-overview
56 273 1346 1497 1497 search/search_index.json
57 296 1727 1095 1095 search/search_index.json
58 270 1365 670 1022 toc
59 420 2980 664 1109 classification/overview
61 275 772 660 660 search/search_index.json
62 288 1696 998 1866 toc
132 273 939 467 631 javascript-i
133 230 1115 251 463 classification/scale_features_or_not.svg
134 239 491 405 676 javascript-i
135 248 699 241 910 toc
137 162 584 162 627 fundamentals/modern-data-scientist.jpg
138 136 472 77 451 toc
139 48 131 9 179 javascript-i/introduction/operators
`;

/** Further single cells: cohort id, rows, path. */
const CELLS = `
28 1403 spring
28 1393 java-iii
28 1288 appendix
28 1284 html-css
28 1260 java-ii
28 1050 jquery/ajax/weather-map
28 993 javascript-ii
28 895 mysql
28 855 java-i
33 1003 javascript-i
59 943 classification/scale_features_or_not.svg
34 219 4-python/7.4.4-advanced-dataframes
55 1 4-python/7.4.4-advanced-dataframes
59 0 4-python/7.4.4-advanced-dataframes
133 0 4-python/7.4.4-advanced-dataframes
137 0 4-python/7.4.4-advanced-dataframes
34 212 9-timeseries/4-explore
55 109 9-timeseries/4-explore
59 1 9-timeseries/4-explore
133 0 9-timeseries/4-explore
137 0 9-timeseries/4-explore
34 188 9-timeseries/5.1-modeling-lesson1
55 64 9-timeseries/5.1-modeling-lesson1
59 1 9-timeseries/5.1-modeling-lesson1
133 0 9-timeseries/5.1-modeling-lesson1
137 0 9-timeseries/5.1-modeling-lesson1
34 248 7-classification/project
55 158 7-classification/project
59 2 7-classification/project
133 1 7-classification/project
137 0 7-classification/project
34 143 3-sql/1-mysql-overview
55 441 3-sql/1-mysql-overview
59 122 3-sql/1-mysql-overview
133 1 3-sql/1-mysql-overview
137 0 3-sql/1-mysql-overview
34 28 classification/explore
55 16 classification/explore
59 352 classification/explore
133 186 classification/explore
137 1 classification/explore
17 28 index.html
12 8 index.html
19 6 index.html
11 6 index.html
1 1 index.html
8 1 index.html
33 305 html-css/css-i/grid/css-grid-fundamentals
51 249 html-css/css-i/grid/css-grid-fundamentals
57 218 html-css/css-i/grid/css-grid-fundamentals
53 217 html-css/css-i/grid/css-grid-fundamentals
52 214 html-css/css-i/grid/css-grid-fundamentals
56 186 html-css/css-i/grid/css-grid-fundamentals
26 28 html-css/css-i/grid/css-grid-fundamentals
58 17 html-css/css-i/grid/css-grid-fundamentals
29 13 html-css/css-i/grid/css-grid-fundamentals
22 1 html-css/css-i/grid/css-grid-fundamentals
28 851 classification/overview
34 640 1-fundamentals/1.1-intro-to-data-science
34 221 1-fundamentals/1.2-data-science-pipeline
34 130 1-fundamentals/1.3-pipeline-demo
34 86 1-fundamentals/2.1-excel-overview
137 2 subqueries
137 1 timeseries/modeling-lesson2
137 5 timeseries/overview
137 2 vocabulary
18 1 content/php_ii/control-structures-i/if.html
22 1 content/php_ii/control-structures-i/if.html
17 1 content/php_ii/control-structures-i/if.html
12 1 content/php_ii/control-structures-i/if.html
`;

/** Cells that are chosen so that published sums over groups and times come out. */
const CHOSEN = `
28 905 toc
28 830 jquery
55 1 javascript-i
`;

const readingLines = READING.trim()
  .split("\n")
  .map((line) => {
    const [cohortId, distinctPaths, home, searchIndex, topRows, topPath] = line.split(" ");
    return { cohortId: Number(cohortId), distinctPaths, home, searchIndex, topRows, topPath };
  });

/**
 * Different paths and top path of the 47 cohorts; the former sum to the 13,565 published
 * pairs of cohort and path.
 *
 * Columns above: cohort id, different paths, rows of `/`, rows of
 * `search/search_index.json`, rows of the top path, top path (- where not published).
 * Sources: notebooks on this version of the log; document 002 prints the tops of the
 * data-science cohorts, which are the same.
 */
export const COHORT_READING: readonly CohortReading[] = readingLines.map(
  ({ cohortId, distinctPaths, topPath }) => ({
    cohortId,
    distinctPaths: Number(distinctPaths),
    topPath: topPath === "-" ? undefined : topPath,
  }),
);

/**
 * Every published cell of the table of cohorts and paths. Sources: as above, the printed
 * pairs of document 002, and the published list of paths that one cohort read much and
 * another hardly: there the data-science cohorts that are not named read none; and that
 * of 852 rows of program 2 on `classification/overview` 851 are Staff's. What Staff read
 * of three topics is the difference of two published lists of rows after graduation, with
 * Staff and without (`period-paths.ts`).
 *
 * Three cells are a choice. Staff's rows on `toc` are 901, more by each row that cohorts
 * have on it on their last day and less by each of data science after graduation; those on
 * `jquery` are 807 or more, as the list without Staff leaves it out. And one row of Curie
 * is published on a page of the Java course: on which one is not.
 */
export const COHORT_PATH_ROWS: readonly CohortPathRows[] = [
  ...readingLines.flatMap(({ cohortId, home, searchIndex, topRows, topPath }) => [
    { cohortId, path: "/", rows: Number(home) },
    ...(searchIndex === "-"
      ? []
      : [{ cohortId, path: "search/search_index.json", rows: Number(searchIndex) }]),
    // Some tops are the search index itself.
    ...(topPath === "-" || topPath === "search/search_index.json"
      ? []
      : [{ cohortId, path: topPath!, rows: Number(topRows) }]),
  ]),
  ...[CELLS, CHOSEN]
    .flatMap((text) => text.trim().split("\n"))
    .map((line) => {
      const [cohortId, rows, path] = line.split(" ");
      return { cohortId: Number(cohortId), path: path!, rows: Number(rows) };
    }),
];
