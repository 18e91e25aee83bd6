import { expect, it } from "vitest";
import {
  type SharedScrapingOptions,
  sharedScraping,
} from "../../../lib/detect/requests/shared-scraping";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

/** Pages of a user, one a minute. */
const opens = (user_id: number, from: number, to: number, more: Partial<Request> = {}) =>
  Array.from({ length: to - from }, (_, i): Request => {
    const minute = String(i % 60).padStart(2, "0");
    return { at: `2020-03-02 21:${minute}:00`, path: `page/${from + i}`, user_id, ...more };
  });
const spans = (requests: Request[], options?: SharedScrapingOptions) =>
  rowsOf(sharedScraping(accessLog(requests), options));

it("finds users who divide the site, and says how they share it", () => {
  const copy = [1, 2, 3, 4].flatMap((user) => opens(user, 10 * user, 10 * user + 11));
  const elsewhere = opens(9, 0, 7, { ip: "198.18.9.9" });
  const found = spans([...copy, ...elsewhere], { leastSpans: 1 });
  expect(found).toEqual([
    [
      ...["198.18.0.1", "2020-03-02 21:00:00", "few"],
      ...[4, 44, 41, 1 - 38 / 41, 38, 7], // each two neighbors share a page
      38 / 30,
      "4 users opened 41 different pages from 198.18.0.1 on 2020-03-02 from 21:00 to 22:00, 38 of " +
        "them each by one user only; at other addresses of one user or few these are at most 7 " +
        "in 99.5% of hours.",
    ],
  ]);
});

it.each([
  ["a class that opens one lesson", [1, 2, 3, 4, 5].flatMap((user) => opens(user, 0, 50)), 0],
  ["a class of which one reads ahead", [...opens(1, 0, 40), ...opens(2, 0, 20)], 20 / 30],
  ["one page, however often", [...opens(1, 0, 40), ...opens(2, 0, 40), ...opens(1, 0, 40)], 0],
])("leaves alone %s", (_, requests, score) => {
  expect(spans(requests).map((row) => row[9])).toEqual([score]);
});

it("leaves an address or hour of one user to scrapingDays", () => {
  const later = opens(2, 0, 50).map((one) => ({ ...one, at: one.at.replace(" 21", " 22") }));
  expect(spans([...opens(1, 0, 50), ...later])).toEqual([]);
});

it("takes what is usual times a factor where that is more, and nothing where nobody else is", () => {
  const copy = [...opens(1, 0, 40), ...opens(2, 40, 80)];
  expect(spans(copy)[0]?.slice(8)).toEqual([
    null,
    80 / 30,
    expect.stringContaining("; there are no others to compare with."),
  ]);
  const busy = opens(9, 0, 60, { ip: "198.18.9.9" });
  expect(spans([...copy, ...busy])[0]?.slice(8, 10)).toEqual([60, 80 / 90]);
  expect(spans([...copy, ...busy], { times: 1 })[0]?.[9]).toBe(80 / 60);
});

it("sums up a night over midnight, by networks of 256 addresses", () => {
  const night = (user: number, time: string, ip: string) =>
    opens(user, 20 * user, 20 * user + 20, { ip, at: `2020-03-0${time}:00` });
  const found = spans(
    [
      ...night(1, "2 22:00", "198.18.7.1"),
      ...night(2, "3 05:59", "198.18.7.2"),
      ...night(3, "3 06:00", "198.18.7.3"), // in the morning
      ...night(4, "2 21:59", "198.18.7.4"), // in the evening
      ...night(5, "2 23:00", "198.18.8.1"), // another network
    ],
    { by: "network" },
  );
  expect(found.map((row) => row.slice(0, 6))).toEqual([
    ["198.18.7.0/24", "2020-03-02 22:00:00", "few", 2, 40, 40],
  ]);
  expect(found[0]?.[10]).toContain(
    "from 198.18.7.0/24 in the night from 2020-03-02, 40 of them each by one user only",
  );
});

it("takes an address that is no IPv4 address for itself, and shows it harmlessly", () => {
  const ip = "2001:db8::\u202e1";
  const found = spans([...opens(1, 0, 40, { ip }), ...opens(2, 40, 80, { ip })]);
  expect(found[0]?.[10]).toContain("from 2001:db8::\\u202e1 on");
});
