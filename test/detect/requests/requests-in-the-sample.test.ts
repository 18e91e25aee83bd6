import pl from "nodejs-polars";
import { beforeAll, describe, expect, it } from "vitest";
import { probingDays } from "../../../lib/detect/requests/probing-days";
import { scrapingDays } from "../../../lib/detect/requests/scraping-days";
import { prepareLogs } from "../../../lib/prepare/prepare-logs";
import { sampleLogs } from "../../../lib/twin/sample-logs";
import { rowsOf } from "../../support/access-log";

// Of the whole log with stories of each kind planted: what is planted is known to the day.
let log: pl.DataFrame;
let truth: pl.DataFrame;
beforeAll(() => {
  const sample = sampleLogs({ anomalies: 10 });
  log = prepareLogs(sample);
  truth = sample.truth;
}, 60_000);

/** Users and days of planted stories. */
const planted = (...kinds: string[]) =>
  new Set(
    rowsOf(truth.select("kind", "user_id", "from"))
      .filter(([kind]) => kinds.includes(kind as string))
      .map(([, user, from]) => `${user} ${(from as string).slice(0, 10)}`),
  );
const flagged = (days: pl.DataFrame) =>
  rowsOf(days.filter(pl.col("score").gt(pl.lit(1))).select("user_id", "date")).map((row) =>
    row.join(" "),
  );

describe("scrapingDays in the sample", () => {
  it("finds the published and all planted days, and hardly anything else", () => {
    const days = scrapingDays(log);
    const found = flagged(days);
    expect(found).toEqual(expect.arrayContaining([...planted("scraping")]));
    const anyStory = planted("scraping", "one_day_peak", "probing");
    expect(found.filter((day) => anyStory.has(day)).length).toBeGreaterThanOrEqual(
      0.9 * found.length,
    );
    const worst = days.sort("score", true).head(1);
    expect(rowsOf(worst.select("user_id", "date"))).toEqual([[341, "2019-03-03"]]);
  });

  it("flags addresses of single users, not of the campus' crowd", () => {
    const found = scrapingDays(log, { by: "ip" }).filter(pl.col("score").gt(pl.lit(1)));
    const addresses = found.getColumn("ip").toArray();
    expect(addresses).toContain("204.44.112.76");
    expect(found.height).toBeLessThan(40);
  });
});

describe("probingDays in the sample", () => {
  it("lists everyone who probes and nobody else, and flags whoever tries more than twice", () => {
    const days = probingDays(log);
    const probers = new Set([...planted("probing")].map((day) => day.split(" ")[0]));
    expect(new Set(days.getColumn("user_id").toArray().map(String))).toEqual(probers);
    const often = rowsOf(truth.select("kind", "user_id", "rows"))
      .filter(([kind, , rows]) => kind === "probing" && (rows as number) > 2)
      .map(([, user]) => String(user));
    expect(new Set(flagged(days).map((day) => day.split(" ")[0]))).toEqual(new Set(often));
  });
});
