import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { PROJECT_ROOT } from "../../../lib/keep/paths";
import { dailyPageViews } from "../../../lib/log/daily-page-views";
import { accessLog, daily, type Request, rowsOf } from "../../support/access-log";
import { pythonWith, runJson } from "../../support/python";
import recorded from "./pandas-bands.json";

const BANDS = ["midband", "upper_band", "lower_band", "pct_b"] as const;
type Bands = Record<(typeof BANDS)[number], (number | null)[]>;
type Case = Bands & { name: string; pages: number[]; span: number; k: number };

/** A log with that many pages on days from a first one on. */
function logOf(first: string, pages: number[], row: Partial<Request> = {}): Request[] {
  return pages.flatMap((count, day) => {
    const date = new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 10);
    return Array.from({ length: count }, () => ({ ...row, at: `${date} 10:00:00` }));
  });
}
const bandsOf = (log: Request[], options = {}) =>
  bollingerBands(dailyPageViews(accessLog(log)), options);

function expectBands(banded: pl.DataFrame, expected: Bands): void {
  for (const name of BANDS) {
    const actual = banded.getColumn(name).toArray() as (number | null)[];
    expect(actual.length).toBe(expected[name].length);
    actual.forEach((value, day) => {
      const wanted = expected[name][day]!;
      if (wanted === null || value === null) expect(value).toBe(wanted);
      else expect(Math.abs(value - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-9);
    });
  }
}

describe("bands, from the log's rows to the end", () => {
  // The recorded series that begin and end with pages, as every user's does.
  const whole = (recorded as Case[]).filter(
    ({ pages }) => pages[0]! > 0 && pages.at(-1)! > 0 && Math.max(...pages) < 1000,
  );

  it("fill quiet days and equal pandas on the recorded series", () => {
    expect(whole.length).toBeGreaterThan(4);
    for (const expected of whole) {
      const { pages, span, k } = expected;
      expectBands(bandsOf(logOf("2020-01-01", pages), { span, k }), expected);
    }
  });

  it("run over a leap day as over any other", () => {
    const pages = [3, 0, 2, 9, 1];
    const leap = bandsOf(logOf("2020-02-27", pages));
    expect(rowsOf(leap.select("date")).flat()).toContain("2020-02-29");
    expect(rowsOf(leap.select(...BANDS))).toEqual(
      rowsOf(bollingerBands(daily(...pages)).select(...BANDS)),
    );
  });

  it("are one series for a user who changes cohorts", () => {
    const [before, after] = [
      logOf("2020-01-01", [4, 6], { cohort_id: 1 }),
      logOf("2020-01-03", [8]),
    ];
    expect(rowsOf(bandsOf([...before, ...after], { span: 3 }).select(...BANDS))).toEqual(
      rowsOf(bollingerBands(daily(4, 6, 8), { span: 3 }).select(...BANDS)),
    );
  });

  it("are null for a user of one day, and none for rows without a path", () => {
    expect(rowsOf(bandsOf(logOf("2020-01-01", [7])))).toEqual([
      [1, "2020-01-01", 7, 7, null, null, null],
    ]);
    expect(bandsOf(logOf("2020-01-01", [7], { path: null })).height).toBe(0);
    expect(bandsOf([]).height).toBe(0);
  });
});

const REFERENCE = join(PROJECT_ROOT, "../shared/reference/curriculum-daily.csv");
const python = pythonWith("pandas");
const missing = [existsSync(REFERENCE) ? [] : "reference data", python ? [] : "pandas"].flat();
it.skipIf(missing.length > 0)(
  `equal pandas on the real daily series${missing.length > 0 ? ` (skipped: no ${missing.join(", no ")} here)` : ""}`,
  () => {
    const lines = readFileSync(REFERENCE, "utf8").trim().split(/\r?\n/).slice(1);
    const pages = lines.map((line) => Number(line.split(",")[1]));
    const cases = [
      { pages, span: 30, k: 2 },
      { pages, span: 30, k: 3.5 },
      { pages, span: 7, k: 6 },
    ];
    const script = join(__dirname, "pandas-bands.py");
    for (const expected of runJson<Case[]>(python!, script, cases)) {
      expectBands(bollingerBands(daily(...pages), expected), expected);
    }
  },
);
