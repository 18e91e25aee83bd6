import { expect, it } from "vitest";
import { accessAfterGraduation } from "../../../lib/detect/access/access-after-graduation";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { DATA, STAFF, WEB } from "./two-programs";

const bayes = { ...DATA, end_date: "2020-01-30" };
const teddy = { ...WEB, end_date: "2018-05-17" };
const staff = { ...STAFF, end_date: "2014-02-04" };

const on = (day: string, of: Partial<Request>) => ({ at: `${day} 12:00:00`, ...of });

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
