import type pl from "nodejs-polars";
import { beforeAll, expect, it } from "vitest";
import { probingDays } from "../../../lib/detect/requests/probing-days";
import { scrapingDays } from "../../../lib/detect/requests/scraping-days";
import { above, where } from "../../../lib/log/where";
import { prepareLogs } from "../../../lib/prepare/prepare-logs";
import { sampleLogs } from "../../../lib/twin/sample-logs";
import { rowsOf } from "../../support/access-log";

// The whole log with ten stories of each kind planted: each is known to the day.
let log: pl.DataFrame;
let truth: pl.DataFrame;
beforeAll(() => {
  const sample = sampleLogs({ anomalies: 10 });
  log = prepareLogs(sample);
  truth = sample.truth;
}, 60_000);

/** Users and days of planted stories. */
const planted = (...kinds: string[]) =>
  rowsOf(where(truth, { kind: kinds }).select("user_id", "from")).map(
    ([user, from]) => `${user} ${(from as string).slice(0, 10)}`,
  );
const flagged = (days: pl.DataFrame) =>
  rowsOf(where(days, { score: above(1) }).select("user_id", "date")).map((row) => row.join(" "));
const users = (days: string[]) => new Set(days.map((day) => day.split(" ")[0]));

it("scrapingDays finds the published and all planted days, and hardly anything else", () => {
  const days = scrapingDays(log);
  const found = flagged(days);
  expect(found).toEqual(expect.arrayContaining(planted("scraping")));
  const stories = planted("scraping", "one_day_peak", "probing");
  const right = found.filter((day) => stories.includes(day)).length;
  expect(right).toBeGreaterThanOrEqual(0.9 * found.length);
  const [worst] = rowsOf(days.sort("score", true).select("user_id", "date"));
  expect(worst).toEqual([341, "2019-03-03"]);
});

it("scrapingDays flags addresses of single users, not of the campus' crowd", () => {
  const found = where(scrapingDays(log, { by: "ip" }), { score: above(1) });
  expect(found.getColumn("ip").toArray()).toContain("204.44.112.76");
  expect(found.height).toBeLessThan(40);
});

it("probingDays lists everyone who probes and nobody else, and flags who tries more than twice", () => {
  const days = probingDays(log);
  const listed = new Set(days.getColumn("user_id").toArray().map(String));
  expect(listed).toEqual(users(planted("probing")));
  const often = where(truth, { kind: "probing", rows: above(2) });
  expect(users(flagged(days))).toEqual(new Set(often.getColumn("user_id").toArray().map(String)));
});
