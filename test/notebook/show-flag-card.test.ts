import { expect, it } from "vitest";
import { flagCard } from "../../lib/detect/compare/flag-card";
import { sanitizeHtml } from "../../lib/notebook/html/sanitize";
import { flagCardBundle } from "../../lib/notebook/show/flag-card-bundle";
import { accessLog } from "../support/access-log";

const HOSTILE = `<img/src=x/onerror=alert(1)>\u202e\u001b[2J`;

const card = flagCard(
  accessLog([
    { at: "2020-03-02 09:00:00", path: "toc" },
    { at: "2020-03-03 09:00:00", path: "toc" },
    { at: "2020-03-03 10:00:00", path: HOSTILE, ip: "198.18.0.7" },
    { at: "2020-03-03 11:00:00", path: null },
  ]),
  { userId: 1, date: "2020-03-03" },
);
const { data } = flagCardBundle(card);
const html = String(data["text/html"]);

it("is a line that opens, with the log lines in a second one", () => {
  expect(html).toMatch(
    /^<details class="tex2jax_ignore mathjax_ignore"><summary><strong>User 1 on 2020-03-03: 2 pages, where 1\.5 were to be expected/,
  );
  expect(html).toContain("<details><summary>3 log lines</summary>");
  expect(html).toContain("2020-03-03 11:00:00  1  198.18.0.1"); // nothing where a value is missing
  const open = String(flagCardBundle(card, { open: true }).data["text/html"]);
  expect(open).toMatch(/^<details class="[^"]*" open>/);
});

it("shows a stranger's text as text, in HTML as in the terminal", () => {
  expect(html).toContain("&lt;img/src=x/onerror=alert(1)&gt;\\u202e\\u001b[2J 1");
  expect(html).not.toContain("<img");
  for (const hidden of ["\u202e", "\u001b"]) expect(data["text/plain"]).not.toContain(hidden);
});

it("passes through the page's filter unharmed", () => {
  const texts = (text: string) => text.replace(/<[^>]*>|\s+/g, " ").replace(/ +/g, " ");
  expect(texts(sanitizeHtml(html))).toBe(texts(html).replaceAll("&quot;", '"'));
  expect(sanitizeHtml(html)).toContain("<details><summary>3 log lines</summary><pre>");
});

it("says it in words where there is no HTML", () => {
  const lines = String(data["text/plain"])
    .replaceAll(/\d\.\d{2,}/g, "N")
    .split("\n");
  expect(lines.map((line) => line.replace(/^(.*[Ff]its?: [^,.]*).*$/, "$1"))).toEqual([
    "User 1 on 2020-03-03: 2 pages, where 1.5 were to be expected",
    "Whose: no cohort, no program",
    expect.stringMatching(
      /^Rule: Bollinger bands, span 30 days, K 2: above [\d.N]+ pages a day is flagged; %b is [\d.N]+ \(1 is the upper band\)$/,
    ),
    "Expected and actual: 1.5 expected, 2 opened",
    "Among peers: more pages than on 50% of the 2 user-days of the whole site",
    expect.stringMatching(
      /^History: 2 days, 2 of them with pages; the highest possible %b is [\d.N]+: no day could be flagged$/,
    ),
    ...["Pages load", "The same few", "Somebody came back", "Staff prepare"].map((words) =>
      expect.stringMatching(`^Does not fit: ${words}`),
    ),
    expect.stringMatching(/^Fits: A phone beside a computer/),
    "3 log lines",
  ]);
});
