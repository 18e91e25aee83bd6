import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { flagCard } from "../../../lib/detect/compare/flag-card";
import { accessLog, days, type Request, rowsOf } from "../../support/access-log";

const zion = { cohort_id: 29, cohort: "Zion", program: "Java Full Stack" };

/** `pages` requests of one user on a day, a minute apart, each page another one. */
function readings(day: string, user_id: number, pages: number, more: Partial<Request> = {}) {
  return Array.from({ length: pages }, (_, i): Request => {
    const minute = String(i % 60).padStart(2, "0");
    const hour = String(9 + Math.floor(i / 60)).padStart(2, "0");
    return { at: `${day} ${hour}:${minute}:00`, user_id, path: `page-${i}`, ...zion, ...more };
  });
}

// User 1 opens 4, 6, then 20 pages; user 2, of the same class, 5, 5 and 5.
const log = accessLog([
  ...readings("2020-03-02", 1, 4),
  ...readings("2020-03-03", 1, 6),
  ...readings("2020-03-04", 1, 20),
  ...readings("2020-03-02", 2, 5),
  ...readings("2020-03-03", 2, 5),
  ...readings("2020-03-04", 2, 5),
]);

const on = (userId: number, date: string) => flagCard(log, { userId, date, span: 3 });
const fits = (card: ReturnType<typeof flagCard>) =>
  card.innocent.filter((one) => one.fits).map((one) => one.explanation);

describe("flagCard", () => {
  it("tells what was expected and what was there", () => {
    // By hand, span 3: weights 1, 1/2, 1/4 of 20, 6, 4.
    expect(on(1, "2020-03-04")).toMatchObject({
      userId: 1,
      date: "2020-03-04",
      cohort: "Zion",
      program: "Java Full Stack",
      actual: 20,
      expected: expect.closeTo((20 + 6 / 2 + 4 / 4) / (1 + 1 / 2 + 1 / 4), 9),
      history: { days: 3, activeDays: 3 },
    });
  });

  it("ranks the day among those of the user's cohort: 5 of 6 have fewer pages", () => {
    expect(on(1, "2020-03-04")).toMatchObject({
      percentile: 5 / 6,
      peers: { of: "Zion", days: 6 },
    });
  });

  it("compares with the whole site where there is no cohort", () => {
    const stranger = accessLog(readings("2020-03-02", 3, 2, { cohort_id: null, cohort: null }));
    const card = flagCard(pl.concat([log, stranger]), { userId: 3, date: "2020-03-02" });
    expect(card).toMatchObject({ cohort: null, peers: { of: "the whole site", days: 7 } });
    expect(card.percentile).toBe(0);
  });

  it("has no expectation on a first day, and says why it could not be flagged", () => {
    expect(on(1, "2020-03-02")).toMatchObject({
      expected: null,
      limit: null,
      pctB: null,
      ceiling: null,
      history: { days: 1, activeDays: 1 },
    });
  });

  it("quotes the day's log lines, in order of time", () => {
    const { lines } = on(2, "2020-03-03");
    expect(rowsOf(lines)[0]).toEqual(["2020-03-03 09:00:00", "page-0", 2, 29, "198.18.0.1"]);
    expect(lines.height).toBe(5);
  });

  it("holds innocent explanations against the log", () => {
    const busy = pl.concat([log, accessLog(readings("2020-03-05", 1, 30))]);
    const together = pl.concat([busy, accessLog(readings("2020-03-05", 2, 25))]);
    const alone = flagCard(busy, { userId: 1, date: "2020-03-05" });
    expect(fits(alone)).toEqual([]);
    expect(alone.innocent[0]?.evidence).toBe("Nobody else of Zion read anything that day.");
    const inClass = flagCard(together, { userId: 1, date: "2020-03-05" });
    expect(fits(inClass)[0]).toMatch(/^The whole class was busy/);
    expect(inClass.innocent[0]?.evidence).toBe(
      "1 other of Zion opened 25 pages that day (median); 5 on the days of the month before.",
    );
  });

  it("knows files that pages load, pages opened again, returns, staff and several addresses", () => {
    const odd = accessLog([
      { at: "2020-01-01 09:00:00", path: "toc", cohort_id: 28, cohort: "Staff" },
      { at: "2020-03-01 09:00:00", path: "a/One.JPG", ip: "198.18.0.2" },
      { at: "2020-03-01 10:30:00", path: "a/One.JPG" },
      { at: "2020-03-01 10:30:00", path: "a/One.JPG" },
    ]);
    const card = flagCard(odd, { userId: 1, date: "2020-03-01" });
    expect(fits(card)).toHaveLength(5);
    expect(card.innocent.map((one) => one.evidence)).toEqual([
      "3 of 3 requests are for such files.",
      "1 of the 3 pages are different ones.",
      "The user had read nothing for 59 days.",
      "The user is labelled as staff at another time and belongs to 1 cohort over the whole log.",
      "2 addresses within 1.5 hours.",
    ]);
  });

  it("lists what detectors say of the day, the strangest first", () => {
    const scores = pl.DataFrame([
      pl.Series("detector", ["b", "scraping", "c", "d", "combined"], pl.String),
      pl.Series("user_id", [1, 1, 1, 2, 1], pl.Int64),
      days("date", ["2020-03-04", "2020-03-04", "2020-03-03", "2020-03-04", "2020-03-04"]),
      pl.Series("score", [0.5, 2, 9, 9, 2], pl.Float64),
      pl.Series("finding", [null, "User 1 was quick.", "x", "y", "z"], pl.String),
    ]);
    const card = flagCard(log, { userId: 1, date: "2020-03-04", scores });
    expect(rowsOf(card.detectors)).toEqual([
      ["scraping", expect.stringContaining("bursts"), 2, "User 1 was quick."],
      ["b", null, 0.5, null],
    ]);
  });

  it("takes a Date as well as text", () => {
    const card = flagCard(log, { userId: 1, date: new Date("2020-03-04T00:00:00Z") });
    expect(card.date).toBe("2020-03-04");
  });

  it("refuses days without rows, and what is no day", () => {
    expect(() => on(1, "2020-03-09")).toThrow(
      "user 1 has none on 2020-03-09, and rows on 3 others",
    );
    expect(() => on(9, "2020-03-04")).toThrow("user 9 has none on 2020-03-04, nor on any other");
    expect(() => on(1, "yesterday")).toThrow("flagCard needs date to be a Date or YYYY-MM-DD");
    expect(() => on(1, "2020-02-30")).toThrow("flagCard needs date to be a Date or YYYY-MM-DD");
    expect(() => flagCard(log.drop("ip"), { userId: 1, date: "2020-03-04" })).toThrow(
      "flagCard needs column ip",
    );
  });
});

describe("flagCard, of columns in other types", () => {
  const hours = (own: pl.DataFrame) =>
    flagCard(own, { userId: 1, date: "2020-03-04" }).innocent.map(({ evidence }) => evidence);

  it("counts hours in any unit of time, and none where no time is known", () => {
    const finer = log.withColumns(pl.col("timestamp").cast(pl.Datetime("us")));
    expect(hours(finer)).toEqual(hours(log));
    const unknown = log.withColumns(pl.lit(null).cast(pl.Datetime("ms")).alias("timestamp"));
    expect(hours(unknown)).toContain("1 address within 0 hours.");
  });
});
