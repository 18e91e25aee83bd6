import { expect, it } from "vitest";
import { type ScrapingDaysOptions, scrapingDays } from "../../../lib/detect/requests/scraping-days";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

/** Different pages, one every `step` seconds from 9:00 or another second, in the site's order. */
const walk = (count: number, step: number, more: Partial<Request> = {}, from = 9 * 3600) =>
  Array.from({ length: count }, (_, i): Request => {
    const second = Date.parse("2020-03-02T00:00:00Z") / 1000 + from + Math.floor(i * step);
    const at = new Date(1000 * second).toISOString().slice(0, 19).replace("T", " ");
    return { at, path: `java/${i + 1}`, ...more };
  });
/** The same pages so mixed that no step leads to the neighboring page. */
const mixed = (requests: Request[]) =>
  requests.map((one, i) => ({ ...one, path: `java/${((i * 37) % requests.length) + 1}` }));

/** The first user's first day. */
const first = (requests: Request[], options?: ScrapingDaysOptions) =>
  scrapingDays(accessLog(requests), options).toRecords()[0]!;
const score = (requests: Request[], options?: ScrapingDaysOptions) =>
  first(requests, options).score;

it("finds a burst, and says who opened how much from where", () => {
  const burst = [
    ...walk(180, 1 / 26, { user_id: 341, cohort_id: 29, cohort: "Zion", ip: "198.18.7.6" }),
    ...walk(5, 60, { user_id: 2, cohort_id: 29, cohort: "Zion" }),
  ];
  expect(rowsOf(scrapingDays(accessLog(burst), { leastDays: 1 }))).toEqual([
    // One page in a second over 15; in a minute over 30, and in the hour, come to less.
    [2, "2020-03-02", 5, 5, 1, 1, 5, 1, 180, 1 / 15, null],
    [
      ...[341, "2020-03-02", 180, 180, 26, 180, 180, 1, 5],
      6, // 180 pages in a minute over 30; 180 in an hour over half of 60, all in order, is 6 too
      "User 341 opened 180 different pages in 7 seconds on 2020-03-02 (up to 26 a second), " +
        "from 198.18.7.6; other readers of Zion open at most 5 on 99.5% of their days.",
    ],
  ]);
});

it("finds a slow walk through the site, and ranks it below a burst", () => {
  const slow = first(walk(150, 14, { user_id: 2 ** 53 - 1 })); // 150 pages in 35 minutes
  expect(slow.score).toBe(150 / 30);
  expect(slow.finding).toBe(
    "User 9007199254740991 opened 150 different pages in 35 minutes on 2020-03-02 (100% of steps in the " +
      "site's order), from 198.18.0.1; there are no other readers to compare with.",
  );
  expect(score(walk(180, 1 / 26))).toBe(6);
});

it("finds a copy that takes all day, of as few requests as hold the pages", () => {
  const before = walk(1, 1, {}, 9 * 3600 - 15); // a page of the burst, opened before it as well
  expect(first([...before, ...walk(60, 0.5)]).finding).toMatch(
    /^User 1 opened 60 different pages in 30 seconds on/,
  );
  const allDay = first(mixed(walk(200, 150))); // 24 an hour, for eight hours
  expect(allDay.score).toBeCloseTo(200 / (2.5 * 60), 12);
  expect(allDay.finding).toContain("User 1 opened 200 different pages on 2020-03-02 (");
});

it.each([
  ["a day in class: 100 rows, 60 pages", [...mixed(walk(60, 400)), ...mixed(walk(40, 600))]],
  ["lessons prepared: 100 pages in eight hours", mixed(walk(100, 300))],
  ["a page with pictures", walk(9, 0).map((one) => ({ ...one, path: `${one.path}.svg` }))],
  ["one page, however often", walk(500, 0).map((one) => ({ ...one, path: "a" }))],
  ["a short visit in order", walk(12, 5)],
])("leaves alone %s", (_, requests) => {
  expect(score(requests)).toBeLessThan(1);
});

it("asks fewer pages of an hour for a flag, the more of them are in the site's order", () => {
  const hour = walk(45, 60);
  expect(score(hour)).toBe(45 / 30);
  expect(score(mixed(hour))).toBe(45 / 60);
  expect(score(hour, { orderWeight: 0 })).toBe(45 / 60);
});

it("compares with a cohort's other readers where they have days enough, else with the site's", () => {
  const log = accessLog([
    ...walk(70, 30, { user_id: 1, cohort_id: 7 }),
    ...walk(80, 300, { user_id: 2, cohort_id: 7 }),
    ...walk(3, 60, { user_id: 3 }),
  ]);
  const days = (leastDays: number) => {
    const found = scrapingDays(log, { leastDays, orderWeight: 0, usualShare: 0.5 });
    return rowsOf(found.select("user_id", "usual_distinct", "score"));
  };
  expect(days(1)[0]).toEqual([1, 80, 70 / 80]);
  // Among the two other days of the site, half have 3 pages or fewer.
  expect(days(2)[0]).toEqual([1, 3, 70 / 60]);
  // Nobody else is without a cohort: one day of 70 pages, one of 80.
  expect(days(1)[2]?.slice(0, 2)).toEqual([3, 70]);
});

it("compares users without a cohort with each other where they have days enough", () => {
  const requests = [
    ...walk(99, 0.1, { user_id: 1 }),
    ...walk(4, 60, { user_id: 2 }),
    ...walk(50, 300, { user_id: 3, cohort_id: 7 }),
  ];
  const { usual_distinct, finding } = first(requests, { leastDays: 1 });
  expect(usual_distinct).toBe(4);
  expect(finding).toContain("; other readers without a cohort open at most 4 on 99.5% of");
  expect(first(requests).usual_distinct).toBe(50);
});

it("names a cohort by its number where it has no name, and shows strangers' text harmlessly", () => {
  const finding = (cohort: string | null, ip: string) => {
    const more = { cohort_id: 7, cohort, ip };
    const requests = [...walk(99, 0.1, more), ...walk(1, 1, { ...more, user_id: 2 })];
    return first(requests, { leastDays: 1 }).finding;
  };
  expect(finding(null, "a\u202eb")).toContain("from a\\u202eb; other readers of cohort 7 open");
  expect(finding("x".repeat(99), "198.18.0.1")).toContain(
    `other readers of ${"x".repeat(60)}… (99 characters) open at most 1`,
  );
});

it("judges an address by each of its users, and shows the worst", () => {
  const campus = Array.from({ length: 40 }, (_, i) =>
    walk(10, 1, { user_id: i + 1 }).map((one) => ({ ...one, path: `${i}/${one.path}` })),
  ).flat();
  // 400 different pages within ten seconds, by forty people.
  expect(score(campus, { by: "ip" })).toBe(10 / 30);
  const scraped = scrapingDays(accessLog([...campus, ...walk(90, 0.2, { user_id: 9 })]), {
    by: "ip",
  });
  expect(rowsOf(scraped.select("ip", "pages", "usual_distinct", "score", "finding"))).toEqual([
    [
      "198.18.0.1",
      100,
      10,
      100 / 30,
      expect.stringMatching(
        /^From 198\.18\.0\.1 user 9 opened 100 different pages in 18 seconds .* other readers of the site/,
      ),
    ],
  ]);
});

it("gives each date its own part of a night's copy, and a row for one request", () => {
  const night = walk(80, 0.5, {}, 24 * 3600 - 20);
  const parts = scrapingDays(accessLog(night)).select("date", "pages", "most_per_minute");
  expect(rowsOf(parts)).toEqual(["2020-03-02", "2020-03-03"].map((date) => [date, 40, 40]));
  const one = scrapingDays(accessLog([{ at: "2020-03-02 09:00:00" }]));
  expect(rowsOf(one)[0]).toEqual([1, "2020-03-02", 1, 1, 1, 1, 1, null, null, 1 / 15, null]);
});
