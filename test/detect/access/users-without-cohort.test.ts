import { expect, it } from "vitest";
import { usersWithoutCohort } from "../../../lib/detect/access/users-without-cohort";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const rows = (user_id: number, from: string, count: number, of: Partial<Request> = {}) =>
  Array.from({ length: count }, (_, i) => {
    return { at: `${from} 10:${String(10 + i)}:00`, user_id, path: `page-${i % 2}`, ...of };
  });
const zion = { cohort_id: 29, cohort: "Zion" };

const log = accessLog([
  ...rows(1, "2020-01-01", 30),
  ...rows(1, "2020-03-01", 10, { path: null, ip: "198.18.0.9" }),
  ...rows(2, "2020-01-07", 21), // six days after user 1
  ...rows(3, "2020-01-08", 20), // seven
  ...rows(4, "2020-01-01", 3), // before the cohort was entered
  ...rows(4, "2020-01-02", 9, zion),
  ...rows(5, "2020-01-02", 40, zion),
]);

it("gives everyone with rows that name no cohort", () => {
  const found = usersWithoutCohort(log);
  expect(rowsOf(found.drop("finding"))).toEqual([
    [1, 40, 0, 1, "2020-01-01 10:10:00", "2020-03-01 10:19:00", 2, 2, 2, 1, 2],
    [2, 21, 0, 1, "2020-01-07 10:10:00", "2020-01-07 10:30:00", 1, 2, 1, 2, 1.05],
    [3, 20, 0, 1, "2020-01-08 10:10:00", "2020-01-08 10:29:00", 1, 2, 1, 1, 1],
    [4, 3, 9, 0.25, "2020-01-01 10:10:00", "2020-01-01 10:12:00", 1, 2, 1, 2, 0.25],
  ]);
});

it("flags who never has one and reads more than a look, with who began together", () => {
  expect(usersWithoutCohort(log).getColumn("finding").toArray()).toEqual([
    "User 1 made 40 requests for 2 pages on 2 days from January 1, 2020 to March 1, 2020, from 2 addresses, and never had a cohort; 1 other without a cohort began within a week.",
    "User 2 made 21 requests for 2 pages on 1 day from January 7, 2020 to January 7, 2020, from 1 address, and never had a cohort; 2 others without a cohort began within a week.",
    null,
    null,
  ]);
  const longer = usersWithoutCohort(log, { look: 80 }).getColumn("score");
  expect(longer.toArray()).toEqual([0.5, 21 / 80, 0.25, 0.25]);
  expect(usersWithoutCohort(accessLog(rows(5, "2020-01-02", 4, zion))).height).toBe(0);
});
