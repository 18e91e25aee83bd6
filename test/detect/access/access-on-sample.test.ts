import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, manyAddresses, prepareLogs, sampleLogs, splitByCohort, where } from "../../../lib";
import { manyAddressesDays } from "../../../lib/detect/access/many-addresses-days";
import { pagesByMonthsAfterEnd } from "../../../lib/detect/access/pages-by-months-after-end";
import { sharedAddresses } from "../../../lib/detect/access/shared-addresses";
import { staffCandidates } from "../../../lib/detect/access/staff-candidates";
import { usersWithoutCohort } from "../../../lib/detect/access/users-without-cohort";
import { rowsOf } from "../../support/access-log";

// What published notebooks on the real log print, which the sample keeps whatever the seed.
const log = prepareLogs(sampleLogs());
const flagged = (frame: pl.DataFrame) => where(frame, { score: above(1) });

it("staffCandidates ranks the 51 published Staff far above what rows alone would", () => {
  const found = staffCandidates(log);
  const labelled = found.getColumn("labelled").toArray() as boolean[];
  expect(labelled.filter(Boolean).length).toBe(51);
  const precision = (column: string) =>
    averagePrecision(found.getColumn(column).cast(pl.Float64).toArray() as number[], labelled);
  expect(precision("rows")).toBeLessThan(0.3);
  expect(precision("score")).toBeGreaterThan(0.7);
  const [user1] = rowsOf(where(found, { user_id: 1 }).select("rows", "score"));
  expect(user1![0]).toBe(7404);
  expect(user1![1]).toBeGreaterThan(1);
});

it("usersWithoutCohort gives the 78 published users, of whom 70 never have a cohort", () => {
  const found = usersWithoutCohort(log);
  expect(found.height).toBe(78);
  expect(found.getColumn("rows").sum()).toBe(52_893);
  expect(where(found, { rows_with_cohort: 0 }).height).toBe(70);
  const suspects = flagged(found).getColumn("user_id").toArray();
  expect(suspects).toEqual(expect.arrayContaining([111, 354, 355, 369, 429]));
  const [user354] = rowsOf(where(found, { user_id: 354 }).select("rows"));
  expect(user354).toEqual([2965]);
});

it("manyAddresses gives the published quartiles and users", () => {
  const found = manyAddresses(splitByCohort(log).withCohort);
  const addresses = found.getColumn("addresses");
  expect([addresses.quantile(0.25), addresses.quantile(0.75)]).toEqual([2, 9]);
  const most = rowsOf(found.sort("addresses", true).head(3).select("user_id", "addresses"));
  expect(most).toEqual([
    [228, 148],
    [843, 126],
    [533, 92],
  ]);
});

it("sharedAddresses learns the campus' two addresses, and finds the one of 306 users", () => {
  const found = sharedAddresses(log);
  const campus = where(found, { address_kind: "campus" });
  expect(
    rowsOf(campus.select("ip", "first_access", "last_access")).map((row) =>
      row.map((value) => String(value).slice(0, 12).trim()),
    ),
  ).toEqual([
    ["97.105.19.58", "2018-07-16 0", "2020-03-23 1"],
    ["97.105.19.61", "2018-01-26 0", "2018-07-13 1"],
  ]);
  const [most] = rowsOf(flagged(found).sort("score", true).select("users", "rows"));
  expect(most![0]).toBe(306);
});

it("pagesByMonthsAfterEnd counts the published rows after class, Staff's taken off", () => {
  // 199,834 rows with date > end_date, of which 84,031 are of Staff.
  const found = pagesByMonthsAfterEnd(log, { by: null });
  expect(found.getColumn("pages").sum()).toBe(199_834 - 84_031);
  expect(pagesByMonthsAfterEnd(log).getColumn("pages").sum()).toBe(199_834 - 84_031);
});

it("manyAddressesDays finds every planted account and those published, and hardly anyone else", () => {
  const sample = sampleLogs({ seed: 2, anomalies: 10 });
  const stories = rowsOf(
    where(sample.truth, { kind: "many_addresses" }).select("user_id", "from", "to"),
  ).map((row) => row.map((value) => String(value).slice(0, 10))) as [string, string, string][];
  const found = rowsOf(
    flagged(manyAddressesDays(prepareLogs(sample))).select("user_id", "date"),
  ).map((row) => row.map(String)) as [string, string][];
  const hits = found.filter(([user, day]) =>
    stories.some(([planted, from, to]) => planted === user && from <= day && day <= to),
  );
  expect(new Set(hits.map(([user]) => user)).size).toBe(stories.length);
  expect(hits.length / found.length).toBeGreaterThan(0.9);
});

/** Precision at each labelled one of the ranking, averaged: scikit-learn's, where no two are equal. */
function averagePrecision(score: number[], labelled: boolean[]): number {
  const order = score.map((_, i) => i).sort((a, b) => score[b]! - score[a]!);
  let [hits, sum] = [0, 0];
  order.forEach((i, rank) => {
    if (labelled[i]) sum += ++hits / (rank + 1);
  });
  return sum / hits;
}
