import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { flagCard } from "../../../lib/detect/compare/flag-card";
import { frameOf } from "../../../lib/log/frame-of";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

/** `pages` requests of one user on a day, a minute apart, each page another one. */
const readings = (date: string, user_id: number, pages: number, more: Partial<Request> = {}) =>
  Array.from({ length: pages }, (_, i): Request => {
    const at = `${date} 09:${String(i).padStart(2, "0")}:00`;
    const zion = { cohort_id: 29, cohort: "Zion", program: "Java Full Stack" };
    return { at, user_id, path: `page-${i}`, ...zion, ...more };
  });

// User 1 opens 4, 6, then 20 pages; user 2, of the same class, 5, 5 and 5.
const requests = ["2020-03-02", "2020-03-03", "2020-03-04"].flatMap((date, i) => [
  ...readings(date, 1, [4, 6, 20][i]!),
  ...readings(date, 2, 5),
]);
const log = accessLog(requests);
const card = (date: string, { userId = 1, of = log } = {}) =>
  flagCard(of, { userId, date, span: 3 });
const innocent = (date: string, ...more: Request[]) =>
  card(date, { of: accessLog([...requests, ...more]) }).innocent;

it("tells what was expected and what was there", () => {
  expect(card("2020-03-04")).toMatchObject({
    userId: 1,
    date: "2020-03-04",
    cohort: "Zion",
    program: "Java Full Stack",
    actual: 20,
    // By hand, span 3: weights 1, 1/2, 1/4 of 20, 6, 4.
    expected: expect.closeTo((20 + 6 / 2 + 4 / 4) / (1 + 1 / 2 + 1 / 4), 9),
    history: { days: 3, activeDays: 3 },
    percentile: 5 / 6, // 5 of 6 days of the cohort have fewer pages
    peers: { of: "Zion", days: 6 },
  });
  const asDate = flagCard(log, { userId: 1, date: new Date("2020-03-04T00:00:00Z") });
  expect(asDate.date).toBe("2020-03-04");
});

it("has no expectation on a first day, and compares with the whole site where there is no cohort", () => {
  const strangers = readings("2020-03-02", 3, 2, { cohort_id: null, cohort: null });
  const stranger = card("2020-03-02", { userId: 3, of: accessLog([...requests, ...strangers]) });
  expect(stranger).toMatchObject({
    ...{ expected: null, limit: null, pctB: null, ceiling: null, cohort: null, percentile: 0 },
    history: { days: 1, activeDays: 1 },
    peers: { of: "the whole site", days: 7 },
  });
});

it("quotes the day's log lines, in order of time", () => {
  const { lines } = card("2020-03-03", { userId: 2 });
  expect(rowsOf(lines)[0]).toEqual(["2020-03-03 09:00:00", "page-0", 2, 29, "198.18.0.1"]);
  expect(lines.height).toBe(5);
});

it("holds innocent explanations against the log", () => {
  const alone = innocent("2020-03-05", ...readings("2020-03-05", 1, 30));
  expect(alone.filter(({ fits }) => fits)).toEqual([]);
  expect(alone[0]?.evidence).toBe("Nobody else of Zion read anything that day.");
  const busy = [30, 25].flatMap((pages, i) => readings("2020-03-05", 1 + i, pages));
  const [inClass] = innocent("2020-03-05", ...busy);
  expect(inClass).toMatchObject({
    explanation: expect.stringMatching(/^The whole class was busy/),
    evidence:
      "1 other of Zion opened 25 pages that day (median); 5 on the days of the month before.",
    fits: true,
  });
});

it("knows files that pages load, pages opened again, returns, staff and several addresses", () => {
  const odd = accessLog([
    { at: "2020-01-01 09:00:00", path: "toc", cohort_id: 28, cohort: "Staff" },
    { at: "2020-03-01 09:00:00", path: "a/One.JPG", ip: "198.18.0.2" },
    { at: "2020-03-01 10:30:00", path: "a/One.JPG" },
    { at: "2020-03-01 10:30:00", path: "a/One.JPG" },
  ]);
  const evidence = [
    "3 of 3 requests are for such files.",
    "1 of the 3 pages are different ones.",
    "The user had read nothing for 59 days.",
    "The user is labelled as staff at another time and belongs to 1 cohort over the whole log.",
    "2 addresses within 1.5 hours.",
  ];
  for (const unit of ["ms", "us"] as const) {
    const of = odd.withColumns(pl.col("timestamp").cast(pl.Datetime(unit)));
    expect(card("2020-03-01", { of }).innocent).toEqual(
      evidence.map((text) => expect.objectContaining({ evidence: text, fits: true })),
    );
  }
  const timeless = odd.withColumns(pl.lit(null).cast(pl.Datetime("ms")).alias("timestamp"));
  const { innocent } = card("2020-03-01", { of: timeless });
  expect(innocent.at(-1)?.evidence).toBe("2 addresses within 0 hours.");
});

it("lists what detectors say of the day, the strangest first", () => {
  const scores = frameOf(
    [
      { detector: "b", user_id: 1, date: 18325, score: 0.5 },
      { detector: "scraping", user_id: 1, date: 18325, score: 2, finding: "User 1 was quick." },
      { detector: "c", user_id: 1, date: 18324, score: 9 },
      { detector: "d", user_id: 2, date: 18325, score: 9 },
      { detector: "combined", user_id: 1, date: 18325, score: 2 },
    ],
    ...(["detector", "user_id", "date", "score", "finding"] as const),
  );
  const { detectors } = flagCard(log, { userId: 1, date: "2020-03-04", scores });
  expect(rowsOf(detectors)).toEqual([
    ["scraping", expect.stringContaining("bursts"), 2, "User 1 was quick."],
    ["b", null, 0.5, null],
  ]);
});

it.each([
  [1, "user 1 has none on 2020-03-09, and rows on 3 others"],
  [9, "user 9 has none on 2020-03-09, nor on any other"],
])("refuses days without rows of user %i", (userId, message) => {
  expect(() => card("2020-03-09", { userId })).toThrow(message);
});
