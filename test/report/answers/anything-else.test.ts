import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
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
import type { AnythingElseEvidence } from "../../../lib/report/answers/anything-else";
import { anythingElseAnswer } from "../../../lib/report/answers/anything-else";
import { accessLog, days, type Request, rawCohorts } from "../../support/access-log";

const cohorts = rawCohorts([
  [7, "Ike", "2020-01-01", "2020-06-01", 2],
  [8, "Ada", "2020-02-03", "2020-06-01", 3],
]);
const noCurricula = frameOf([], "path", "curriculum");

/** What the functions find in a log; every path is the lesson of its last part. */
function evidenceOf(requests: Request[], table = cohorts): AnythingElseEvidence {
  const log = accessLog(requests);
  const addresses = sharedAddresses(log);
  const lessons = log
    .select("path")
    .withColumns(pl.col("path").str.replace("^.*/", "").alias("lesson"));
  return {
    move: campusMove(campusShares(log, addresses, { every: "day" })),
    classes: unlabelledClasses(log, table, noCurricula),
    breaks: breaks(quietDays(log)),
    layouts: layoutPeriods(log),
    split: splitLessons(lessons),
    quality: dataQuality(log, table),
    addresses,
  };
}

function wordsOf(evidence: AnythingElseEvidence): Record<string, string> {
  const { headline, details, measure, changes, sure } = anythingElseAnswer(evidence);
  const parts = { headline, details, measure, changes, sure };
  for (const part of Object.values(parts)) expect(part.unbound).toEqual([]);
  const words = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.text]));
  for (const text of Object.values(words)) {
    expect(text).not.toMatch(
      /undefined|NaN|null|\bnone\b|\[object|Invalid| {2}|\b1 (users|requests|rows|breaks|weekdays|lessons|classes|cohorts)\b/,
    );
  }
  return words;
}

const labelled = { user_id: 1, cohort_id: 7, cohort: "Ike" };
const class5 = [21, 22, 23, 24, 25].map((user_id) => ({ at: "2020-02-03 09:00:00", user_id }));

describe("anythingElseAnswer", () => {
  it("says that nothing stands out in an empty log, or in three rows", () => {
    const three = ["09:00:00", "09:00:01", "09:00:02"].map((time) => ({
      at: `2020-01-06 ${time}`,
      ...labelled,
    }));
    for (const requests of [[], three]) {
      const words = wordsOf(evidenceOf(requests));
      expect(words.headline).toBe("Nothing else stands out");
      expect(words.details).toMatch(/^Neither a move from campus nor /);
    }
    expect(wordsOf(evidenceOf([], cohorts.head(0))).headline).toBe("Nothing else stands out");
  });

  it("names a class that was never entered, with the cohort that it may be", () => {
    const words = wordsOf(evidenceOf([{ at: "2020-01-01 09:00:00", ...labelled }, ...class5]));
    expect(words.headline).toBe(
      "1 class, 5 users, was never entered as a cohort; the data has 5 rows without a cohort",
    );
    expect(words.details).toContain(
      "5 users with 5 requests never have a cohort although they began together, as a class does: 5 from February 3, 2020 on (in the cohorts table Ada, Data Science, without a row).",
    );
    expect(words.sure).toContain("for 1 of 1: two sources");
  });

  it("does not mind a table without such a cohort", () => {
    const log = [{ at: "2020-01-01 09:00:00", ...labelled }, ...class5];
    const words = wordsOf(evidenceOf(log, cohorts.head(1)));
    expect(words.details).toContain("(no cohort without rows begins then)");
    expect(words.sure).toContain("no cohort without rows that begins when such a class does");
  });

  it("names the move, the break, the renamed pages and the copies", () => {
    const words = wordsOf({
      ...evidenceOf([]),
      move: frameOf(
        [
          {
            share_before: 0.7,
            share_after: 0.01,
            requests_before: 9,
            requests_after: 9,
            p_value: 0.001,
          },
        ],
        "share_before",
        "share_after",
        "requests_before",
        "requests_after",
        "p_value",
      ).withColumns(days("moved", ["2020-03-24"])),
      breaks: frameOf(
        [{ weekdays: 1, pages: 3, usual_pages: 30, share: 0.1, holiday: null }],
        "weekdays",
        "pages",
        "usual_pages",
        "share",
        "holiday",
      ).withColumns(days("from", ["2020-06-25"]), days("to", ["2020-06-25"])),
      layouts: frameOf(
        [
          { layout: "content folder", pages: 10, share: 0.1 },
          { layout: "plain names", pages: 90, share: 0.9 },
        ],
        "layout",
        "pages",
        "share",
      ).withColumns(
        days("from", ["2018-01-01", "2018-01-01"]),
        days("to", ["2018-12-31", "2020-12-31"]),
      ),
      split: splitLessons(
        pl.DataFrame({ path: ["*a*", "*a*", "*a*", "content/*a*"], lesson: Array(4).fill("*a*") }),
      ),
    });
    expect(words.headline).toBe(
      "Since March 24, 2020 students read away from campus; on 1 weekday hardly anyone read",
    );
    expect(words.details).toContain(
      "70% of students' requests came from campus; from that day on it is 1%",
    );
    expect(words.details).toContain(
      "On 1 weekday hardly anyone read, on June 25, 2020: who does not read then is not inactive. 1 break of 1 has no national holiday in it.",
    );
    expect(words.details).toContain(
      "(content folder until December 31, 2018): 10% of all pages were read under old names, and 1 lesson lies under names of several layouts. Counted by path, *a* would lose 25% of its pages.",
    );
    expect(words.sure).toContain("with a probability of 0.001");
  });

  it("counts copies of rows in the singular and the plural", () => {
    const row = { at: "2020-01-06 09:00:00", ...labelled };
    expect(wordsOf(evidenceOf([row, row])).headline).toBe(
      "The data has 1 row that repeats another exactly",
    );
    expect(wordsOf(evidenceOf([row, row, row])).details).toBe(
      "The data has 2 rows that repeat another exactly and 1 cohort without a single row.",
    );
  });
});

describe("anythingElseAnswer, of frames that lack a column", () => {
  it("names the frame and the column", () => {
    const evidence = evidenceOf(class5.map((request) => ({ ...request })));
    expect(() => anythingElseAnswer({ ...evidence, layouts: evidence.layouts.drop("to") })).toThrow(
      "anythingElseAnswer (layouts) needs column to; the frame has",
    );
    const classes = evidence.classes.withColumns(pl.lit("x").alias("began_with_log"));
    expect(() => anythingElseAnswer({ ...evidence, classes })).toThrow(
      "anythingElseAnswer (classes) needs column began_with_log to hold true or false (pl.Bool)",
    );
  });
});
