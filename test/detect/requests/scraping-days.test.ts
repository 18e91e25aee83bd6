import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import {
  flaggedScrapingDays,
  type ScrapingDaysOptions,
  scrapingDays,
} from "../../../lib/detect/requests/scraping-days";
import { accessLog, type Request, rowsOf, typesOf } from "../../support/access-log";

const clock = (second: number) => new Date(1000 * second).toISOString().slice(11, 19);
/** Different pages, one every `step` seconds, in the site's order. */
const walk = (count: number, step: number, more: Partial<Request> = {}, from = "09:00:00") =>
  Array.from(
    { length: count },
    (_, i): Request => ({
      at: `2020-03-02 ${clock(Date.parse(`1970-01-01T${from}Z`) / 1000 + Math.floor(i * step))}`,
      path: `java/${i + 1}`,
      ...more,
    }),
  );
/** The same pages so mixed that no step leads to the neighboring page. */
const mixed = (requests: Request[]) =>
  requests.map((request, i) => ({
    ...request,
    path: `java/${((i * 37) % requests.length) + 1}`,
  }));

const flagged = (requests: Request[], options?: ScrapingDaysOptions) =>
  rowsOf(
    scrapingDays(accessLog(requests), options)
      .filter(pl.col("score").gt(pl.lit(1)))
      .select("user_id", "date"),
  );
const score = (requests: Request[], options?: ScrapingDaysOptions) =>
  rowsOf(scrapingDays(accessLog(requests), options).select("score"))[0]?.[0];

describe("scrapingDays", () => {
  it("finds a burst, and says who opened how much from where", () => {
    const burst = [
      ...walk(180, 1 / 26, { user_id: 341, cohort_id: 29, cohort: "Zion", ip: "198.18.7.6" }),
      ...walk(5, 60, { user_id: 2, cohort_id: 29, cohort: "Zion" }),
    ];
    expect(rowsOf(scrapingDays(accessLog(burst), { leastDays: 1 }))).toEqual([
      // One page in a second over 15; in a minute over 30, and in the hour, come to less.
      [2, "2020-03-02", 5, 5, 1, 1, 5, 1, 180, 1 / 15, null],
      [
        341,
        "2020-03-02",
        180,
        180,
        26,
        180,
        180,
        1,
        5,
        6, // 180 pages in a minute over 30; 180 in an hour over half of 60, all in order, is 6 too
        "User 341 opened 180 different pages in 7 seconds on 2020-03-02 (up to 26 a second), " +
          "from 198.18.7.6; other readers of Zion open at most 5 on 99.5% of their days.",
      ],
    ]);
  });

  it("tells the time of as few requests as hold the pages", () => {
    const before = walk(1, 1, {}, "08:59:20"); // a page of the burst, opened before it as well
    const [finding] = rowsOf(
      scrapingDays(accessLog([...before, ...walk(60, 0.5)])).select("finding"),
    )[0] as [string];
    expect(finding).toMatch(/^User 1 opened 60 different pages in 30 seconds on/);
  });

  it("finds a slow walk through the site, and ranks it below a burst", () => {
    const slow = walk(150, 14, { user_id: 138 }); // 150 pages in 35 minutes
    expect(flagged(slow)).toEqual([[138, "2020-03-02"]]);
    expect(rowsOf(scrapingDays(accessLog(slow)).select("finding"))).toEqual([
      [
        "User 138 opened 150 different pages in 35 minutes on 2020-03-02 (100% of steps in the " +
          "site's order), from 198.18.0.1; there are no other readers to compare with.",
      ],
    ]);
    expect(score(slow)).toBe(150 / 30);
    expect(score(walk(180, 1 / 26))).toBe(6);
  });

  it("finds a copy that takes all day", () => {
    const allDay = mixed(walk(200, 150)); // 24 an hour, for eight hours
    expect(score(allDay)).toBeCloseTo(200 / (2.5 * 60), 12);
    expect(rowsOf(scrapingDays(accessLog(allDay)).select("finding"))[0]?.[0]).toContain(
      "User 1 opened 200 different pages on 2020-03-02 (",
    );
  });

  it("leaves hard-working readers alone", () => {
    const classDay = mixed(walk(60, 400)).concat(mixed(walk(40, 600))); // 100 rows, 60 pages
    expect(flagged(classDay)).toEqual([]);
    const lessonsPrepared = mixed(walk(100, 300)); // 100 pages in eight hours
    expect(flagged(lessonsPrepared)).toEqual([]);
    const withPictures = Array.from({ length: 9 }, (_, i) => ({
      at: "2020-03-02 09:00:00",
      path: `java/1/${i}.svg`,
    }));
    expect(flagged(withPictures)).toEqual([]);
    const reloaded = Array.from({ length: 500 }, () => ({ at: "2020-03-02 09:00:00" }));
    expect(flagged(reloaded)).toEqual([]); // one page, however often
    const shortAndInOrder = walk(12, 5);
    expect(flagged(shortAndInOrder)).toEqual([]);
  });

  it("asks fewer pages of an hour for a flag, the more of them are in the site's order", () => {
    const hour = walk(45, 60);
    expect(score(hour)).toBe(45 / 30);
    expect(score(mixed(hour))).toBe(45 / 60);
    expect(score(hour, { orderWeight: 0 })).toBe(45 / 60);
  });

  it("compares with a cohort's other readers where they have days enough, else with the site's", () => {
    const eager = walk(70, 30, { user_id: 1, cohort_id: 7, cohort: "Eager" });
    const peers = walk(80, 300, { user_id: 2, cohort_id: 7, cohort: "Eager" });
    const others = walk(3, 60, { user_id: 3 });
    const days = (leastDays: number) =>
      rowsOf(
        scrapingDays(accessLog([...eager, ...peers, ...others]), {
          leastDays,
          orderWeight: 0,
          usualShare: 0.5,
        }).select("user_id", "usual_distinct", "score"),
      );
    expect(days(1)[0]).toEqual([1, 80, 70 / 80]);
    // Among the two other days of the site, half have 3 pages or fewer.
    expect(days(2)[0]).toEqual([1, 3, 70 / 60]);
    // Whoever has no cohort is compared with all: one day of 70 pages, one of 80.
    expect(days(1)[2]?.slice(0, 2)).toEqual([3, 70]);
  });

  it("names a cohort by its number where it has no name, and shows strangers' text harmlessly", () => {
    const pages = (cohort: string | null, ip: string) => [
      ...walk(99, 0.1, { user_id: 1, cohort_id: 7, cohort, ip }),
      ...walk(1, 1, { user_id: 2, cohort_id: 7, cohort, ip }),
    ];
    const finding = (requests: Request[]) =>
      rowsOf(scrapingDays(accessLog(requests), { leastDays: 1 }).select("finding"))[0]?.[0];
    expect(finding(pages(null, "a\u202eb"))).toContain("from a\\u202eb; other readers of cohort 7");
    expect(finding(pages("x".repeat(99), "198.18.0.1"))).toContain(
      `other readers of ${"x".repeat(60)}… (99 characters) open at most 1`,
    );
  });

  it("judges an address by each of its users, and shows the worst", () => {
    const campus = Array.from({ length: 40 }, (_, i) =>
      walk(10, 1, { user_id: i + 1 }).map(({ path, ...rest }) => ({
        ...rest,
        path: `${i}/${path}`,
      })),
    ).flat();
    // 400 different pages within ten seconds, by forty people.
    expect(score(campus, { by: "ip" })).toBe(10 / 30);
    const scraped = [...campus, ...walk(90, 0.2, { user_id: 9 })];
    expect(rowsOf(scrapingDays(accessLog(scraped), { by: "ip" }))).toEqual([
      [
        "198.18.0.1",
        "2020-03-02",
        100,
        100,
        expect.any(Number),
        100,
        100,
        expect.any(Number),
        10,
        100 / 30,
        expect.stringMatching(
          /^From 198\.18\.0\.1 user 9 opened 100 different pages in 18 seconds .* other readers of the site/,
        ),
      ],
    ]);
    const types = typesOf(scrapingDays(accessLog(scraped), { by: "ip" }));
    expect(types[0]).toBe("ip DataType(String)");
    expect(types).toEqual(typesOf(scrapingDays(accessLog(scraped).head(0), { by: "ip" })));
  });

  it("gives each date its own part of a night's copy", () => {
    const leapNight = walk(80, 0.5, {}, "23:59:40").map((request, i) =>
      i < 40
        ? { ...request, at: request.at.replace("03-02", "02-29") }
        : { ...request, at: `2020-03-01 ${clock(i / 2 - 20)}` },
    );
    const parts = scrapingDays(accessLog(leapNight)).select("date", "pages", "most_per_minute");
    expect(rowsOf(parts)).toEqual([
      ["2020-02-29", 40, 40],
      ["2020-03-01", 40, 40],
    ]);
  });

  it("does not depend on the order of rows", () => {
    const log = accessLog([
      ...walk(90, 0.5, { user_id: 1, cohort_id: 1, cohort: "a" }),
      ...walk(90, 0.5, { user_id: 1, cohort_id: 2, cohort: "b", ip: "198.18.0.2" }),
      ...walk(50, 9, { user_id: 2, cohort_id: 2, cohort: "b" }),
    ]);
    for (const by of ["user_id", "ip"] as const) {
      const expected = rowsOf(scrapingDays(log, { by, leastDays: 1 }));
      for (const shuffled of [
        log.sort("timestamp", true),
        log.sort("path"),
        log.sort("ip", true),
      ]) {
        expect(rowsOf(scrapingDays(shuffled, { by, leastDays: 1 }))).toEqual(expected);
      }
    }
  });

  it("gives nothing for an empty log or one without paths, and one row for one request", () => {
    const one = accessLog([{ at: "2020-03-02 09:00:00" }]);
    const types = [
      "user_id DataType(Int64)",
      "date DataType(Date)",
      "pages DataType(Int64)",
      "distinct_pages DataType(Int64)",
      "most_per_second DataType(Int64)",
      "most_per_minute DataType(Int64)",
      "most_per_hour DataType(Int64)",
      "in_site_order DataType(Float64)",
      "usual_distinct DataType(Int64)",
      "score DataType(Float64)",
      "finding DataType(String)",
    ];
    expect(typesOf(scrapingDays(one))).toEqual(types);
    expect(rowsOf(scrapingDays(one))).toEqual([
      [1, "2020-03-02", 1, 1, 1, 1, 1, null, null, 1 / 15, null],
    ]);
    expect(typesOf(scrapingDays(one.head(0)))).toEqual(types);
    expect(scrapingDays(accessLog([{ at: "2020-03-02 09:00:00", path: null }])).height).toBe(0);
  });

  it.each(["perSecond", "perMinute", "perHour", "daysWorth", "leastDays", "usualShare"] as const)(
    "refuses a %s of 0, below 0, or no number",
    (name) => {
      for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => scrapingDays(accessLog([]), { [name]: value })).toThrow(RangeError);
        expect(() => scrapingDays(accessLog([]), { [name]: value })).toThrow(`${name} above 0`);
      }
    },
  );

  it("says what it needs", () => {
    const log = accessLog([]);
    expect(() => scrapingDays(log, { orderWeight: 1 })).toThrow("orderWeight from 0 to below 1");
    expect(() => scrapingDays(log, { usualShare: 1.1 })).toThrow(
      "usualShare above 0 and at most 1",
    );
    expect(() => scrapingDays(log, { by: "cohort" as "ip" })).toThrow("by to be user_id or ip");
    expect(() => scrapingDays(log.drop("cohort"))).toThrow("scrapingDays needs column cohort");
  });
});

describe("flaggedScrapingDays", () => {
  it("gives the flagged rows of scrapingDays, by user and by address, whatever the limits", () => {
    const log = accessLog([
      ...walk(180, 1 / 26, { user_id: 1, cohort_id: 29, ip: "198.18.0.1" }),
      ...walk(70, 40, { user_id: 2, cohort_id: 29, ip: "198.18.0.1" }, "10:00:00"),
      ...mixed(walk(200, 120, { user_id: 3, cohort_id: 30, ip: "198.18.0.3" })),
      ...walk(16, 1 / 40, { user_id: 4, ip: "198.18.0.4" }),
      ...walk(15, 1 / 40, { user_id: 5, ip: "198.18.0.5" }),
      ...walk(12, 300, { user_id: 6, cohort_id: 29 }),
    ]);
    const lists = [{}, { perHour: 10 }, { perSecond: 3, daysWorth: 0.1 }, { perMinute: 500 }];
    for (const by of ["user_id", "ip"] as const) {
      for (const limits of lists) {
        const options = { by, leastDays: 1, ...limits };
        const flags = scrapingDays(log, options).filter(pl.col("score").gt(pl.lit(1)));
        expect(flags.height).toBeGreaterThan(0);
        expect(rowsOf(flaggedScrapingDays(log, options))).toEqual(rowsOf(flags));
        expect(typesOf(flaggedScrapingDays(log, options))).toEqual(typesOf(flags));
      }
    }
    expect(flaggedScrapingDays(accessLog([])).height).toBe(0);
  });
});

describe("scrapingDays, of a large id", () => {
  it("names the user, not the last 32 bits of the id", () => {
    const [found] = rowsOf(
      scrapingDays(accessLog(walk(180, 1 / 26, { user_id: 2 ** 53 - 1 }))).select("finding"),
    );
    expect(found![0]).toContain("User 9007199254740991 opened 180 different pages");
  });
});
