import { atLeast } from "../log/where";
import {
  addressesPerUser,
  type Measure,
  type Part,
  pairs,
  pathsWithOneRow,
  repeatedRows,
  rowsOnJava,
  rowsPerUser,
} from "./figure-measures";

type Figure = readonly [
  figure: string,
  source: string,
  published: number,
  part: Part,
  measure: Measure,
];

const ROWS = {};
const since2020 = { date: atLeast(new Date("2020-01-01")) };
const on = (user_id: number, day: string) => ({ user_id, date: new Date(day) });
const scrape = { user_id: 341, ip: "204.44.112.76" };
const htmlInProgram4 = { path: "content/html-css", program_id: 4 };
const EARLIER = "up to 2020-11-02 16:48:47:";
const JAVA_IN_DATA_SCIENCE = "2019: rows of data science on paths that begin with java";
const BY_TIME = "rows per user in class by timestamp,";
const PER_USER = "addresses per user with a cohort,";

const onPath = (path: string, rows: number): Figure => {
  return [`rows of ${path} in all`, "facts", rows, "all", { path }];
};
const ofCohort = (cohort: string, path: string, rows: number): Figure => {
  return [`rows of ${cohort} on ${path}`, "002", rows, "dataScience", { cohort, path }];
};
const afterMidnight = (program_id: number, path: string, rows: number): Figure => {
  const figure = `after midnight of the last day: rows of ${path} in program ${program_id}`;
  return [figure, "facts", rows, "afterMidnight", { path, program_id }];
};

/** Sources: `000` to `003` are documents of the course, `facts` other notebooks on the same log. */
export const FIGURES = {
  log: [
    ["rows", "000", 900_223, "all", ROWS],
    ["rows with a cohort", "000", 847_330, "joined", ROWS],
    ["rows without a cohort", "000", 52_893, "noCohort", ROWS],
    ["rows without a path", "000", 1, "all", { path: null }],
    [`${EARLIER} rows`, "001", 719_459, "earlier", ROWS],
    [`${EARLIER} rows without a cohort`, "001", 44_840, "earlier", { cohort_id: null }],
    ["exact repetitions of a row, with a cohort", "facts", 3_518, "joined", repeatedRows],
    ["different timestamps, with a cohort", "facts", 806_377, "joined", "timestamp"],
  ],
  cohorts: [
    ["cohorts with rows", "000", 47, "joined", "cohort_id"],
    ["rows of program 1, PHP", "facts", 30_548, "all", { program_id: 1 }],
    ["rows of program 2, Java", "facts", 713_365, "all", { program_id: 2 }],
    ["rows of program 3, data science", "002", 103_412, "dataScience", ROWS],
    ["rows of program 4, front end", "facts", 5, "all", { program_id: 4 }],
    ["Staff: rows", "000", 84_031, "staff", ROWS],
    [`${EARLIER} rows of data science`, "facts", 68_017, "earlier", { program_id: 3 }],
    ["in class, both days included: rows", "facts", 647_496, "inClass", ROWS],
    ["in class, both days left out: rows", "facts", 644_386, "withinClass", ROWS],
    ["after the last day: rows", "facts", 199_834, "after", ROWS],
    ["after the last day: rows of Bayes", "facts", 4_722, "after", { cohort: "Bayes" }],
    ["after the last day: rows of Curie", "facts", 3_621, "after", { cohort: "Curie" }],
    ["after the last day: rows of Darden", "facts", 3_152, "after", { cohort: "Darden" }],
    ["after midnight of the last day: rows", "facts", 200_132, "afterMidnight", ROWS],
    [
      "2020 and later: rows of Java students",
      "facts",
      306_057,
      "students",
      { ...since2020, program_id: 2 },
    ],
    [
      "2020 and later: rows of data-science students",
      "facts",
      83_344,
      "students",
      { ...since2020, program_id: 3 },
    ],
    [
      "2020 and later: rows of PHP students",
      "facts",
      1_712,
      "students",
      { ...since2020, program_id: 1 },
    ],
  ],
  users: [
    ["users", "facts", 981, "all", "user_id"],
    ["users with a cohort", "facts", 911, "joined", "user_id"],
    ["users without a cohort", "facts", 78, "noCohort", "user_id"],
    ["pairs of user and cohort", "facts", 952, "joined", pairs("user_id", "cohort_id")],
    ["data science: users", "002", 111, "dataScience", "user_id"],
    ["Staff: users", "facts", 51, "staff", "user_id"],
    [`${EARLIER} users`, "facts", 787, "earlier", "user_id"],
    ["in class: users", "facts", 731, "inClass", "user_id"],
    ["in class, both days left out: users", "facts", 724, "withinClass", "user_id"],
    ["rows per user, lower quartile", "facts", 187, "all", rowsPerUser(0.25)],
    ["rows per user, median", "facts", 692, "all", rowsPerUser(0.5)],
    ["rows per user, upper quartile", "facts", 1_297, "all", rowsPerUser(0.75)],
    ["rows per user, most", "facts", 17_913, "all", rowsPerUser(1)],
    [`${BY_TIME} lower quartile`, "facts", 391.5, "upToEnd", rowsPerUser(0.25)],
    [`${BY_TIME} median`, "facts", 795, "upToEnd", rowsPerUser(0.5)],
    [`${BY_TIME} upper quartile`, "facts", 1_235.5, "upToEnd", rowsPerUser(0.75)],
    [`${BY_TIME} most`, "facts", 4_763, "upToEnd", rowsPerUser(1)],
    ["rows of user 11", "facts", 17_913, "all", { user_id: 11 }],
    ["rows of user 64", "facts", 16_347, "all", { user_id: 64 }],
    ["rows of user 53", "facts", 12_329, "all", { user_id: 53 }],
    ["rows of user 314", "facts", 7_783, "all", { user_id: 314 }],
    ["rows of user 1", "facts", 7_404, "all", { user_id: 1 }],
    ["rows of user 495", "facts", 6_451, "all", { user_id: 495 }],
    ["rows of user 581", "facts", 6_434, "all", { user_id: 581 }],
    ["rows of user 428", "facts", 5_897, "all", { user_id: 428 }],
    ["rows of user 344", "facts", 5_460, "all", { user_id: 344 }],
    ["rows of user 248", "facts", 5_075, "all", { user_id: 248 }],
  ],
  addresses: [
    ["addresses", "facts", 5_531, "all", "ip"],
    ["addresses with a cohort", "facts", 5_200, "joined", "ip"],
    ["addresses without a cohort", "facts", 413, "noCohort", "ip"],
    ["pairs of address and user", "facts", 7_535, "joined", pairs("ip", "user_id")],
    ["data science: addresses", "002", 990, "dataScience", "ip"],
    ["Staff: addresses", "facts", 318, "staff", "ip"],
    [`${EARLIER} addresses`, "facts", 4_339, "earlier", "ip"],
    [`${PER_USER} lower quartile`, "facts", 2, "joined", addressesPerUser(0.25)],
    [`${PER_USER} upper quartile`, "facts", 9, "joined", addressesPerUser(0.75)],
    ["rows of 97.105.19.61", "facts", 61_662, "all", { ip: "97.105.19.61" }],
    ["rows of 97.105.19.58", "facts", 284_579, "all", { ip: "97.105.19.58" }],
    ["rows of 97.105.19.58 without a cohort", "facts", 15_931, "noCohort", { ip: "97.105.19.58" }],
    ["rows of 71.150.217.33", "facts", 6_791, "all", { ip: "71.150.217.33" }],
  ],
  paths: [
    ["paths", "facts", 2_313, "all", "path"],
    ["paths with a cohort", "facts", 2_224, "joined", "path"],
    ["paths without a cohort", "facts", 1_112, "noCohort", "path"],
    ["pairs of cohort and path", "facts", 13_565, "joined", pairs("cohort_id", "path")],
    ["data science: paths", "002", 682, "dataScience", "path"],
    ["Staff: paths", "facts", 1_404, "staff", "path"],
    [`${EARLIER} paths`, "facts", 2_153, "earlier", "path"],
    ["after the last day: paths", "facts", 1_865, "after", "path"],
    ["rows of / in all", "facts", 50_313, "all", { path: "/" }],
    ["rows of / in program 1", "002", 1_681, "all", { path: "/", program_id: 1 }],
    ["rows of / in program 2", "002", 35_814, "all", { path: "/", program_id: 2 }],
    ["rows of / in program 3", "002", 8_358, "dataScience", { path: "/" }],
    ["rows of content/html-css in program 4", "002", 2, "all", htmlInProgram4],
    ofCohort("Bayes", "1-fundamentals/modern-data-scientist.jpg", 650),
    ofCohort("Curie", "6-regression/1-overview", 595),
    ofCohort("Darden", "classification/overview", 1_109),
    ofCohort("Easley", "classification/scale_features_or_not.svg", 463),
    ofCohort("Florence", "fundamentals/modern-data-scientist.jpg", 627),
    onPath("javascript-i", 18_983),
    onPath("toc", 18_297),
    onPath("search/search_index.json", 19_519),
    onPath("java-iii", 13_733),
    onPath("html-css", 13_635),
    onPath("spring", 12_524),
    ["paths with a single row", "facts", 457, "all", pathsWithOneRow],
    afterMidnight(2, "javascript-i", 4_233),
    afterMidnight(2, "spring", 3_771),
    afterMidnight(2, "html-css", 3_145),
    afterMidnight(2, "java-iii", 3_062),
    afterMidnight(2, "mysql", 2_300),
    afterMidnight(3, "sql/mysql-overview", 275),
    afterMidnight(3, "classification/overview", 267),
    afterMidnight(3, "anomaly-detection/overview", 191),
    ["2019: rows of / in program 2", "facts", 9_125, "java2019", { path: "/" }],
    ["2019: rows of toc in program 2", "facts", 4_867, "java2019", { path: "toc" }],
    ["2019: rows of / in program 3", "facts", 1_324, "dataScience2019", { path: "/" }],
  ],
  stories: [
    [JAVA_IN_DATA_SCIENCE, "facts", 32, "dataScience2019", rowsOnJava],
    ["user 341 on 2019-03-03: rows", "facts", 272, "all", on(341, "2019-03-03")],
    ["user 341 from 204.44.112.76: rows", "facts", 180, "all", scrape],
    ["user 138 on 2018-06-02: rows", "facts", 198, "all", on(138, "2018-06-02")],
    ["user 526 on 2019-12-19: rows", "facts", 192, "all", on(526, "2019-12-19")],
    ["user 658 on 2020-10-16: rows", "facts", 179, "all", on(658, "2020-10-16")],
    ["user 521 on 2020-06-05: rows", "facts", 165, "all", on(521, "2020-06-05")],
    ["user 313 on 2018-12-19: rows", "003", 225, "all", on(313, "2018-12-19")],
  ],
} satisfies Record<string, readonly Figure[]>;
