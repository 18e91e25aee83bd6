import { describe, expect, it } from "vitest";
import { bollingerAnomalies } from "../../../lib/detect/bands/bollinger-anomalies";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { dailyPageViews } from "../../../lib/log/daily-page-views";
import { accessLog, rowsOf } from "../../support/access-log";

const day = (n: number) => new Date(Date.UTC(2020, 0, n)).toISOString().slice(0, 10);
/** Some pages on a day. */
const pages = (user_id: number, n: number, count: number) =>
  Array.from({ length: count }, () => ({ at: `${day(n)} 10:00:00`, user_id, ip: "198.18.0.9" }));

// User 1 reads 3 pages a day and 40 on 20 January; user 2 reads 5 every day.
const log = accessLog(
  Array.from({ length: 30 }, (_, i) => [
    ...pages(1, i + 1, i === 19 ? 40 : 3),
    ...pages(2, i + 1, 5),
  ]).flat(),
);

describe("bollingerAnomalies", () => {
  it("finds the one day planted in a quiet month, and no one who never changes", () => {
    const found = bollingerAnomalies(log);
    expect(rowsOf(found.select("user_id", "date", "pages"))).toEqual([[1, "2020-01-20", 40]]);
    expect(found.columns).toEqual([
      "user_id",
      "date",
      "pages",
      "midband",
      "upper_band",
      "lower_band",
      "pct_b",
    ]);
  });

  it("gives the band rows above 1, unchanged", () => {
    const banded = rowsOf(bollingerBands(dailyPageViews(log), { span: 10, k: 1 }));
    expect(rowsOf(bollingerAnomalies(log, { span: 10, k: 1 }))).toEqual(
      banded.filter((row) => ((row.at(-1) as number | null) ?? 0) > 1),
    );
  });

  it("looks at addresses, or at the whole site, when asked", () => {
    expect(rowsOf(bollingerAnomalies(log, { by: "ip" }))[0]?.slice(0, 3)).toEqual([
      "198.18.0.9",
      "2020-01-20",
      45,
    ]);
    expect(rowsOf(bollingerAnomalies(log, { by: null }))[0]?.slice(0, 2)).toEqual([
      "2020-01-20",
      45,
    ]);
  });

  it("flags no spike at k 6, which its ceiling puts out of reach after a long quiet time", () => {
    const spike = accessLog([...pages(1, 1, 1), ...pages(1, 2000, 300)]);
    expect(bollingerAnomalies(spike, { k: 6 }).height).toBe(0);
    expect(bollingerAnomalies(spike, { k: 3.5 }).height).toBe(1);
  });

  it("finds nothing in an empty log", () => {
    expect(bollingerAnomalies(log.head(0)).height).toBe(0);
  });
});
