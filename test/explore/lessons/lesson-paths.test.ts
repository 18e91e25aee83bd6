import { expect, it } from "vitest";
import { lessonPages, lessonPaths, lessonSummary } from "../../../lib";
import { editDistance } from "../../../lib/explore/lessons/close-name";
import { lessonOfPath } from "../../../lib/explore/lessons/lesson-of-path";
import { accessLog, rowsOf } from "../../support/access-log";

const at = "2020-01-06 09:00:00";
/** A log in which so many different users open each path once. */
const readBy = (paths: Record<string, number>) =>
  accessLog(
    Object.entries(paths).flatMap(([path, users]) =>
      Array.from({ length: users }, (_, i) => ({ at, path, user_id: i + 1 })),
    ),
  );
const found = (paths: Record<string, number>) =>
  Object.fromEntries(
    rowsOf(lessonPaths(readBy(paths))).map(([path, lesson, , kind]) => [path, [kind, lesson]]),
  );

it.each([
  ["/", "home"],
  ["Index.html", "home"],
  ["mkdocs/search_index.json", "search"],
  ["toc", "table of contents"],
  ["classification/scale_features_or_not.svg", "asset"],
  ["content/php_i/gitbook/images/favicon.ico", "asset"],
  ["examples/css/login-form.html", "embedded example"],
  ["content/examples/php/if.php", "embedded example"],
  ["wp-login", "probing"],
  ["students/743/notes", "page of another application"],
  ["register.html", "page of another application"],
  ["java-i/loops/null", "broken link"],
  ["javascript-i/loops/google.com", "broken link"],
  ["'", "no page"],
  ["115", "no page"],
])("takes %s for no lesson: %s", (path, other) => {
  expect(lessonOfPath(path)).toMatchObject({ other, name: "" });
});

it.each([
  ["content/php_ii/control-structures-i/if.html", "php-ii/control-structures-i/if"],
  ["6-regression/1-overview", "regression/overview"],
  ["4-python/7.4.4-advanced-dataframes", "python/advanced-dataframes"],
  ["mysql//tables", "mysql/tables"],
  ["5._Regression//index.html", "regression"],
  ["12.01_SocialNetworkAnalysis", "social-network-analysis"],
])("takes what a layout added from %s", (path, name) => {
  expect(lessonOfPath(path)).toMatchObject({ other: null, name });
});

it("lessonPaths joins layouts, slides and short names of a lesson, under its commonest name", () => {
  const oop = "java-ii/object-oriented-programming";
  const intro = "fundamentals/intro-to-data-science";
  const table: [path: string, readers: number, kind: string, lesson: string][] = [
    ["java-ii", 9, "section page", "java-ii"],
    [oop, 9, "lesson", oop],
    ["slides/object_oriented_programming", 5, "slides", oop],
    ["object-oriented-programming", 4, "short name", oop],
    [intro, 9, "lesson", intro],
    ["1-fundamentals/1.1-introduction-to-data-science", 3, "other layout", intro],
    ["html-css/css-i/positioning", 30, "lesson", "html-css/css-i/positioning"],
    ["html-css/positioning", 4, "short name", "html-css/css-i/positioning"],
    ["content/javascript/loops.html", 3, "other layout", "javascript-i/loops"],
    ["javascript-i/loops", 9, "lesson", "javascript-i/loops"],
  ];
  expect(found(Object.fromEntries(table))).toEqual(
    Object.fromEntries(table.map(([path, , kind, lesson]) => [path, [kind, lesson]])),
  );
});

it("lessonPaths finds a flat name's section by its number, and leaves a name open that fits two lessons", () => {
  const kinds = found({
    "sql/joins": 5,
    "sql/temporary-tables": 5,
    "mysql/relationships/joins": 9,
    "3.8.2-joins": 4,
    "3.9-temporary-tables": 4, // only SQL has these: section 3 is SQL
    "3.10-window-functions": 4,
    joins: 4,
  });
  expect(kinds["3.8.2-joins"]).toEqual(["short name", "sql/joins"]);
  expect(kinds["3.10-window-functions"]?.[1]).toBe("sql/window-functions");
  expect(kinds.joins).toEqual(["unclear name", null]);
});

it("lessonPaths drops what is close to a name with twenty times the readers", () => {
  const kinds = found({
    "java-iii/servlets": 60,
    "java-iii/servelets": 3,
    "java-iii/servlets/cssasxz": 1,
    "java-ii/annotations": 60,
    "java-i": 60, // as many readers: another section, no slip
    "java-ii": 60,
  });
  expect(kinds["java-iii/servelets"]).toEqual(["misspelled", null]);
  expect(kinds["java-iii/servlets/cssasxz"]).toEqual(["misspelled", null]);
  expect([kinds["java-i"]?.[1], kinds["java-ii"]?.[1]]).toEqual(["java-i", "java-ii"]);
});

it("lessonPaths needs three readers in a large log, one in a small one", () => {
  expect(found({ "a-b/cd": 2, "x-y/zz": 60 })["a-b/cd"]).toEqual(["hardly read", null]);
  expect(found({ "a-b/cd": 1, "x-y/zz": 5 })["a-b/cd"]).toEqual(["lesson", "a-b/cd"]);
  expect(lessonPages(readBy({ "a-b/cd": 1 }), { minReaders: 2 }).height).toBe(0);
});

it("lessonPaths counts page views and different readers, whatever the order of rows", () => {
  const log = accessLog([
    { at, path: "sql/joins", user_id: 2 },
    { at, path: null, user_id: 3 },
    { at, path: "sql/joins", user_id: 1 },
    { at, path: "sql/joins", user_id: 2 },
  ]);
  expect(rowsOf(lessonPaths(log))).toEqual([["sql/joins", "sql/joins", "sql", "lesson", 3, 2]]);
});

const log = readBy({ "/": 2, "sql/joins": 2, toc: 1 });

it("lessonPages keeps the rows of lessons in their order, and all with a path where asked", () => {
  const pages = lessonPages(log);
  expect(pages.columns).toEqual([...log.columns, "lesson", "topic"]);
  expect(pages.getColumn("user_id").toArray()).toEqual([1, 2]);
  expect(lessonPages(pages).height).toBe(2);
  const all = lessonPages(log, { lessons: false });
  expect(all.getColumn("lesson").toArray()).toEqual(["/", "/", "sql/joins", "sql/joins", "toc"]);
  expect(all.getColumn("topic").toArray()).toEqual(["/", "/", "sql", "sql", "toc"]);
});

it("lessonSummary says of each kind how many paths, lessons and page views", () => {
  const log = readBy({ "/": 4, "sql/joins": 3, "3-sql/9.3-joins": 1, "sql/where": 2 });
  expect(rowsOf(lessonSummary(lessonPaths(log)))).toEqual([
    ["lesson", 2, 2, 5, 0.5, "sql/joins"],
    ["other layout", 1, 1, 1, 0.1, "3-sql/9.3-joins"],
    ["home", 1, 0, 4, 0.4, "/"],
  ]);
});

it("editDistance is known as far as it matters, also of names as long as a log's lines", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("loops", "loops")).toBe(0);
  expect(editDistance("kitten", "sitting", 2)).toBeGreaterThan(2);
  expect(editDistance("", "abc", 2)).toBeGreaterThan(2);
  // Every letter against every letter would take days.
  const long = "w".repeat(1_000_000);
  expect(editDistance(`${long}one`, `${long}two`, 3)).toBe(3);
  expect(editDistance(`a${long}`, `${long}b`, 3)).toBe(2);
  expect(editDistance(`abcd${long}`, `${long}efgh`, 3)).toBeGreaterThan(3);
});
