import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { graduatesPeriodsFigure, graduatesReading, graduatesTopicsFigure, where } from "../../lib";
import { graduatesReadingByPeriod } from "../../lib/explore/graduates-reading-by-period";
import { rowsOf } from "../support/access-log";
import { graduatesLog } from "../support/graduates-log";

const log = graduatesLog();
const of = (frame: pl.DataFrame, ...names: string[]) => rowsOf(frame.select(...names));

it("graduatesReading counts pages after the last day of class, and holds them against those in class", () => {
  // After: sql 3 of 4 pages (users 1, 1, 2), nlp 1 (user 1). In class: sql 1 of 2, nlp 1.
  const found = graduatesReading(log);
  const names = ["program", "topic", "pages", "users", "graduates", "graduates_share"];
  expect(of(found, ...names)).toEqual([
    ["Data Science", "nlp", 1, 1, 2, 0.5],
    ["Data Science", "sql", 3, 2, 2, 1],
    ["PHP Full Stack", "php", 1, 1, 1, 1],
  ]);
  expect(of(found, "share", "share_in_class", "lift", "largest_reader_share")).toEqual([
    [0.25, 0.5, 0.5, 1],
    [0.75, 0.5, 1.5, 2 / 3],
    [1, null, null, 1], // no class of the program lies in the log
  ]);
});

it("graduatesReading says when: the middle month, and how many pages come when graduates may be in jobs", () => {
  const found = graduatesReading(log);
  expect(of(found, "late_pages", "late_share").flat()).toEqual([0, 0, 1, 1 / 3, 1, 1]);
  // Days 1, 31 and 213 after the end.
  expect(found.getColumn("median_months").get(1)).toBeCloseTo(31 / 30.4375, 12);
  expect(graduatesReading(log, { jobMonths: 1 }).getColumn("late_pages").get(1)).toBe(2);
});

it("graduatesReading counts lesson by lesson when asked", () => {
  expect(of(graduatesReading(log, { by: "lesson" }), "lesson", "pages")).toEqual([
    ["nlp/a", 1],
    ["sql/a", 2],
    ["sql/b", 1],
    ["php/a", 1],
  ]);
});

it("graduatesReadingByPeriod gives each topic's part of each period's pages, with the cohorts that can be seen in it", () => {
  // Bayes (ended January 31, 2020) and Curie (June 30) are seen up to September 30, 2020, so
  // only Bayes in month six.
  expect(rowsOf(graduatesReadingByPeriod(log, { starts: [0, 1, 6] }))).toEqual([
    ["Data Science", "nlp", 0, 1, 1, 1, 2, 0.5, 2],
    ["Data Science", "nlp", 1, 6, 0, 0, 1, 0, 2],
    ["Data Science", "nlp", 6, null, 0, 0, 1, 0, 1],
    ["Data Science", "sql", 0, 1, 1, 1, 2, 0.5, 2],
    ["Data Science", "sql", 1, 6, 1, 1, 1, 1, 2],
    ["Data Science", "sql", 6, null, 1, 1, 1, 1, 1],
    ["PHP Full Stack", "php", 6, null, 1, 1, 1, 1, 1],
  ]);
});

it("figures of graduates' reading show topics in class and after, the most read first", () => {
  const figure = graduatesTopicsFigure(graduatesReading(log), { title: "t", minPages: 2 });
  const [, inClass, after] = figure.data as { x: unknown[]; y: unknown[] }[];
  expect(inClass).toMatchObject({ x: [0.5, 0.5], y: ["sql", "nlp"] });
  expect(after).toMatchObject({ x: [0.75, 0.25] });
  expect(figure.data.length).toBe(3); // PHP has a single page
  expect(figure.description).toContain("Data Science: sql 75% (50% in class)");
});

it("figures of graduates' reading show topics by period, blank where there are too few pages", () => {
  const byPeriod = graduatesReadingByPeriod(log, { starts: [0, 1, 6] });
  const figure = graduatesPeriodsFigure(byPeriod, { title: "t", minPages: 2 });
  const z = [0.5, null, null];
  expect(figure.data).toMatchObject([{ x: ["0", "1 to 5", "6 on"], y: ["sql", "nlp"], z: [z, z] }]);
});

it("does not take a cohort for Staff whose id ends in the same 32 bits", () => {
  const large = pl.lit(2 ** 32 + 28).cast(pl.Int64);
  const data = where(log, { program: "Data Science" }).withColumns(large.alias("cohort_id"));
  expect(graduatesReading(data).height).toBeGreaterThan(0);
});
