import { expect, it } from "vitest";
import { type Row, readerFeatures, readerGroups, readerOutliers } from "../../lib";
import { frameOf } from "../../lib/log/frame-of";
import { accessLog, rowsOf } from "../support/access-log";

const bayes = { cohort_id: 34, cohort: "Bayes", start_date: "2020-03-02", end_date: "2020-03-31" };
// 2020-03-02 is a Monday.
const log = accessLog([
  { at: "2020-04-01 16:59:59", user_id: 5, path: "c", ...bayes }, // after class
  { at: "2020-03-02 09:00:00", user_id: 5, path: "a", ...bayes },
  { at: "2020-03-02 22:00:00", user_id: 5, path: "a", ...bayes },
  { at: "2020-03-07 17:00:00", user_id: 5, path: "c", ...bayes }, // a Saturday
  { at: "2020-03-03 05:59:59", user_id: 5, path: "b", ...bayes },
  { at: "2020-03-02 09:00:00", user_id: 5, path: null, ...bayes }, // no page
  { at: "2020-03-02 09:00:00", user_id: 1, path: "a", cohort_id: 28, cohort: "Staff" },
  { at: "2020-03-02 09:00:00", user_id: 9, path: "a" }, // without a cohort
]);

it("readerFeatures counts days, pages and hours of each student", () => {
  expect(rowsOf(readerFeatures(log))).toEqual([
    // 4 days, the first two in a row: 3 runs; 2 of 5 at night, 1 on a weekend, 2 in class hours.
    [5, "Bayes", 5, 4, 31, 3, 4 / 3, Math.log10(5), 2 / 5, 1 / 5, 2 / 5],
  ]);
});

it("readerFeatures tells class, its first and last day included, from what follows it", () => {
  const inClass = rowsOf(readerFeatures(log, { when: "in class" }));
  expect(inClass[0]!.slice(2, 6)).toEqual([4, 3, 6, 3]);
  const after = rowsOf(readerFeatures(log, { when: "after class" }));
  expect(after[0]!.slice(2)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 1]);
  const days = ["2020-03-01", "2020-03-02", "2020-03-31", "2020-04-01"];
  const edges = accessLog(days.map((day) => ({ at: `${day} 09:00:00`, user_id: 5, ...bayes })));
  const pages = (when: "in class" | "after class") =>
    rowsOf(readerFeatures(edges, { when }).select("pages"));
  expect([pages("in class"), pages("after class")]).toEqual([[[2]], [[1]]]);
});

it("readerFeatures names the cohort with the most pages, of equals the first by id", () => {
  const zion = { cohort_id: 29, cohort: "Zion", start_date: null, end_date: "2020-01-01" };
  const at = "2020-03-02 09:00:00";
  const cohortOf = (...cohorts: object[]) =>
    readerFeatures(accessLog(cohorts.map((of) => ({ at, ...of }))))
      .getColumn("cohort")
      .get(0);
  expect([cohortOf(bayes, zion), cohortOf(bayes, zion, bayes)]).toEqual(["Zion", "Bayes"]);
});

/** Twenty readers of 30 pages each in the mornings of ten days, and one of 30 pages in one night. */
const readers = accessLog([
  ...Array.from({ length: 600 }, (_, i) => ({
    at: `2020-03-${String(2 + (i % 10)).padStart(2, "0")} ${["09", "10", "11"][i % 3]}:00:00`,
    user_id: 100 + Math.floor(i / 30),
    path: `page ${i % (20 + (Math.floor(i / 30) % 4))}`,
    ...bayes,
  })),
  ...Array.from({ length: 30 }, (_, i) => ({
    at: `2020-03-04 23:00:${String(i).padStart(2, "0")}`,
    user_id: 7,
    path: `page ${i}`,
    ...bayes,
  })),
  { at: "2020-03-04 23:00:00", user_id: 8, path: "/", ...bayes }, // one page: not grouped
]);

it("readerGroups finds the reader who reads like nobody else, and says how", () => {
  const { readers: found, eps } = readerGroups(readers, { eps: 0.6 });
  expect([eps, found.height]).toEqual([0.6, 21]);
  const [outlier, usual] = found.toRecords() as [Row, Row];
  expect(outlier).toMatchObject({ user_id: 7, cluster_label: -1 });
  expect(outlier.core_distance).toBeGreaterThan(0.6);
  expect(outlier.score).toBe(outlier.core_distance / 0.6);
  expect(outlier.finding).toBe(
    "1 day with pages, 1 day from first to last; the most alike of usual readers: 10 days with pages, 10 days from first to last",
  );
  const core = { user_id: 100, cluster_label: 0, core_distance: 0, score: 0, finding: null };
  expect(usual).toMatchObject(core);
});

it("readerGroups puts all in no group, without a score, where no reader is a core", () => {
  const { readers: found } = readerGroups(readers, { eps: 0.6, minSamples: 22 });
  const labels = rowsOf(found.select("cluster_label", "score"));
  expect(new Set(labels.map(String))).toEqual(new Set(["-1,"]));
  expect(readerGroups(readers.head(30)).readers.height).toBe(1);
});

it("readerOutliers sets what groups find beside what detection finds", () => {
  const { readers: found } = readerGroups(readers, { eps: 0.6 });
  const suspected = frameOf(
    [
      { rank: 1, what: "address", who: "198.18.0.1", kind: "copying" },
      { rank: 2, what: "user", who: "7", kind: "copying" },
      { rank: 3, what: "user", who: "999", kind: "outsider" },
    ],
    ...(["rank", "what", "who", "kind"] as const),
  );
  const shown = ["user_id", "cohort", "found_by", "group_rank", "suspect_rank", "kind"];
  expect(rowsOf(readerOutliers(found, suspected).select(...shown))).toEqual([
    [7, "Bayes", "both", 1, 1, "copying"],
    [999, null, "detection only", null, 2, "outsider"],
  ]);
  expect(rowsOf(readerOutliers(found, suspected.head(0)).select(...shown))).toEqual([
    [7, "Bayes", "groups only", 1, null, null],
  ]);
});
