import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { prepareLogs, publishedFigures, sampleLogs } from "../../lib";
import { where } from "../../lib/log/where";
import { type RawRequest, rawLogs } from "../support/access-log";

/** Two rows of one user in class, one of them repeated, one of a graduate, one of nobody's. */
const requests: RawRequest[] = [
  ["2019-09-02", "09:00:00", "javascript-i", 7, 34, "198.18.0.1"],
  ["2019-09-02", "09:00:00", "javascript-i", 7, 34, "198.18.0.1"],
  ["2019-09-03", "10:00:00", "/", 7, 34, "198.18.0.1"],
  ["2020-02-03", "09:00:00", "/", 8, 34, "198.18.0.1"],
  ["2020-02-04", "09:00:00", "toc", 9, null, "198.18.0.1"],
];
const { cohorts } = sampleLogs({ rows: 1 });
const smallLog = prepareLogs({ logs: rawLogs(requests), cohorts });

describe("publishedFigures", () => {
  it("counts what a figure is about, by hand, and says what agrees", () => {
    const figures = publishedFigures(smallLog);
    expect(figures.columns).toEqual(["about", "figure", "source", "published", "found", "agrees"]);
    expect(where(figures, { agrees: true }).height).toBe(0);
    const found = Object.fromEntries(figures.select("figure", "found").rows());
    expect(found).toMatchObject({
      rows: 5,
      "rows with a cohort": 4,
      "in class, both days included: rows": 3,
      "in class: users": 1,
      "after the last day: rows of Bayes": 1,
      "exact repetitions of a row, with a cohort": 1,
      "different timestamps, with a cohort": 3,
      // Users have 3, 1 and 1 rows.
      "rows per user, median": 1,
      "rows per user, upper quartile": 2,
      "2019: rows of data science on paths that begin with java": 2,
      "up to 2020-11-02 16:48:47: rows": 5,
    });
  });

  it("finds null where a log has nothing to measure, not NaN", () => {
    const found = publishedFigures(smallLog.head(0)).getColumn("found").toArray() as unknown[];
    expect(found).toContain(null);
    expect(found.filter((value) => Number.isNaN(value))).toEqual([]);
  });

  it("gives only what is asked for, and says what it needs", () => {
    const figures = publishedFigures(smallLog, { about: ["addresses"] });
    expect(figures.getColumn("about").unique().toArray()).toEqual(["addresses"]);
    for (const topic of ["weather", "constructor"]) {
      expect(() => publishedFigures(smallLog, { about: [topic as "log"] })).toThrow(
        `publishedFigures needs about to be one of log, cohorts, users, addresses, paths, stories, got ${topic}`,
      );
    }
    expect(() => publishedFigures(pl.DataFrame({ path: ["/"] }))).toThrow(
      "publishedFigures needs column timestamp",
    );
  });
});

it.each([1, 2, 20_240_229])(
  "the sample of seed %i gives every published figure exactly",
  (seed) => {
    const figures = publishedFigures(prepareLogs(sampleLogs({ seed })));
    expect(where(figures, { agrees: false }).rows()).toEqual([]);
    expect(figures.height).toBe(109);
  },
);
