import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { sharedAddresses } from "../../../lib/detect/access/shared-addresses";
import { breaks } from "../../../lib/explore/breaks";
import { campusMove } from "../../../lib/explore/campus-move";
import { campusShares } from "../../../lib/explore/campus-shares";
import { dataQuality } from "../../../lib/explore/data-quality";
import { layoutPeriods } from "../../../lib/explore/layout-periods";
import { quietDays } from "../../../lib/explore/quiet-days";
import { splitLessons } from "../../../lib/explore/split-lessons";
import { unlabelledClasses } from "../../../lib/explore/unlabelled-classes";
import { frameOf } from "../../../lib/log/frame-of";
import {
  type AnythingElseEvidence,
  anythingElseAnswer,
} from "../../../lib/report/answers/anything-else";
import { accessLog, dayOf, type Request, rawCohorts } from "../../support/access-log";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const cohorts = rawCohorts([
  [7, "Ike", "2020-01-01", "2020-06-01", 2],
  [8, "Ada", "2020-02-03", "2020-06-01", 3],
]);

/** What the functions find in a log; every path is the lesson of its last part. */
function evidenceOf(requests: Request[], table = cohorts): AnythingElseEvidence {
  const log = accessLog(requests);
  const addresses = sharedAddresses(log);
  const lesson = pl.col("path").str.replace("^.*/", "").alias("lesson");
  return {
    move: campusMove(campusShares(log, addresses, { every: "day" })),
    classes: unlabelledClasses(log, table, tableOf("path curriculum")),
    breaks: breaks(quietDays(log)),
    layouts: layoutPeriods(log),
    split: splitLessons(log.select("path").withColumns(lesson)),
    quality: dataQuality(log, table),
    addresses,
  };
}

const answered = (evidence: AnythingElseEvidence) => wordsOf(anythingElseAnswer(evidence));
const labelled = { at: "2020-01-01 09:00:00", user_id: 1, cohort_id: 7, cohort: "Ike" };
const class5 = [21, 22, 23, 24, 25].map((user_id) => ({ at: "2020-02-03 09:00:00", user_id }));

it("says that nothing stands out in an empty log, or in three rows", () => {
  const three = [1, 2, 3].map((n) => ({ ...labelled, at: `2020-01-06 09:00:0${n}` }));
  for (const evidence of [evidenceOf([]), evidenceOf(three), evidenceOf([], cohorts.head(0))]) {
    const words = answered(evidence);
    expect(words.headline).toBe("Nothing else stands out");
    expect(words.details).toMatch(/^Neither a move from campus nor /);
  }
});

it("names a class that was never entered, with the cohort that it may be", () => {
  const words = answered(evidenceOf([labelled, ...class5]));
  expect(words.headline).toBe(
    "1 class, 5 users, was never entered as a cohort; the data has 5 rows without a cohort",
  );
  expect(words.details).toContain(
    "5 users with 5 requests never have a cohort although they began together, as a class does: 5 from February 3, 2020 on (in the cohorts table Ada, Data Science, without a row).",
  );
  expect(words.sure).toContain("for 1 of 1 class: two sources");
  const without = answered(evidenceOf([labelled, ...class5], cohorts.head(1)));
  expect(without.details).toContain("(no cohort without rows begins then)");
  expect(without.sure).toContain("no cohort without rows that begins when such a class does");
});

it("names the move, the break and the renamed pages", () => {
  const [day, end] = ["2020-06-25", "2018-12-31"].map(dayOf);
  const layouts = [
    { layout: "content folder", share: 0.1, to: end },
    { layout: "plain names", share: 0.9, to: dayOf("2020-12-31") },
  ];
  const days = { from: pl.Date, to: pl.Date };
  const gap = { from: day, to: day, weekdays: 1, share: 0.1 };
  const paths = { path: ["*a*", "*a*", "*a*", "content/*a*"], lesson: Array(4).fill("*a*") };
  const move = ["2020-03-24", 0.7, 0.01, "2020-02-24", "2020-04-19", 0.001];
  const columns = "moved share_before share_after rate_from rate_until p_value";
  const words = answered({
    ...evidenceOf([]),
    move: tableOf(columns, move),
    breaks: frameOf([gap], days, "weekdays", "share", "holiday"),
    layouts: frameOf(layouts, "layout", "share", { to: pl.Date }),
    split: splitLessons(pl.DataFrame(paths)),
  });
  expect(words.headline).toBe(
    "Since March 24, 2020 students read away from campus; on 1 weekday hardly anyone read",
  );
  for (const part of [
    "From February 24, 2020 until March 24, 2020, 70% of students' requests came from campus; from that day to April 19, 2020 it is 1%.",
    "On 1 weekday hardly anyone read, on June 25, 2020: who does not read then is not inactive. 1 break of 1 has no national holiday in it.",
    "(content folder until December 31, 2018): 10% of all pages were read under old names, and 1 lesson lies under names of several layouts. Counted by path, *a* would lose 25% of its pages.",
  ]) {
    expect(words.details).toContain(part);
  }
  expect(words.sure).toContain(
    "Of 999 series of the same weeks in another order none changed as much",
  );
  const [some, unknown] = [0.012, null].map((p) =>
    answered({ ...evidenceOf([]), move: tableOf(columns, [...move.slice(0, 5), p]) }),
  );
  expect(some!.sure).toContain("another order 11 changed as much");
  expect(unknown!.sure).toContain("How often weeks change so by chance cannot be computed");
});

it("counts copies of rows in the singular and the plural", () => {
  const [one, two] = [2, 3].map((n) => answered(evidenceOf(Array(n).fill(labelled))));
  expect(one!.headline).toBe("The data has 1 row that repeats another exactly");
  expect(two!.details).toBe(
    "The data has 2 rows that repeat another exactly and 1 cohort without a single row.",
  );
});

it("names the frame and the column that it lacks", () => {
  const evidence = evidenceOf(class5);
  expect(() => anythingElseAnswer({ ...evidence, layouts: evidence.layouts.drop("to") })).toThrow(
    "anythingElseAnswer (layouts) needs column to; the frame has",
  );
  const classes = evidence.classes.withColumns(pl.lit("x").alias("began_with_log"));
  expect(() => anythingElseAnswer({ ...evidence, classes })).toThrow(
    "anythingElseAnswer (classes) needs column began_with_log to hold true or false (pl.Bool)",
  );
});
