import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { accessAfterGraduation } from "../../../lib/detect/access/access-after-graduation";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const bayes = { cohort_id: 34, cohort: "Bayes", program: "Data Science", end_date: "2020-01-30" };
const teddy = {
  cohort_id: 22,
  cohort: "Teddy",
  program: "Java Full Stack",
  end_date: "2018-05-17",
};
const staff = {
  cohort_id: 28,
  cohort: "Staff",
  program: "Java Full Stack",
  end_date: "2014-02-04",
};
const on = (day: string, of: Partial<Request>) => ({ at: `${day} 12:00:00`, ...of });

describe("accessAfterGraduation", () => {
  it("counts page views on the days after the last, per user and cohort", () => {
    const log = accessLog([
      on("2020-01-29", { user_id: 9, ...bayes }),
      on("2020-01-30", { user_id: 9, ...bayes }), // the last day is still class
      on("2020-01-31", { user_id: 9, ...bayes }),
      on("2020-03-01", { user_id: 9, ...bayes }),
      on("2020-04-01", { user_id: 9, path: null, ...bayes }), // no page view
      on("2020-01-30", { user_id: 4, ...bayes }),
      on("2020-01-31", { user_id: 2, ...staff }),
      on("2020-01-31", { user_id: 3 }), // no cohort, no end
    ]);
    expect(rowsOf(accessAfterGraduation(log))).toEqual([
      [9, 34, "Bayes", "Data Science", "2020-01-30", 2, "2020-03-01 12:00:00"],
    ]);
  });

  it("judges a user of two cohorts by each", () => {
    const log = accessLog([
      on("2020-02-01", { user_id: 1, ...bayes }),
      on("2019-09-01", { user_id: 1, ...teddy }),
    ]);
    expect(rowsOf(accessAfterGraduation(log)).map((row) => row.slice(0, 3))).toEqual([
      [1, 22, "Teddy"],
      [1, 34, "Bayes"],
    ]);
  });

  it("takes days that are null throughout in whatever type they come", () => {
    const log = accessLog([on("2020-02-01", bayes)]);
    const none = log.withColumns(pl.lit(null).cast(pl.Bool).alias("end_date"));
    expect(accessAfterGraduation(none).height).toBe(0);
  });

  it("says what it needs", () => {
    expect(() => accessAfterGraduation(accessLog([]).drop("end_date"))).toThrow(
      "accessAfterGraduation needs column end_date",
    );
  });
});
