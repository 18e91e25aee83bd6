import pl from "nodejs-polars";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareLogs, publishedFigures, sampleLogs } from "../../lib";

const cohorts = () => sampleLogs({ rows: 1 }).cohorts;

/** A log of five rows: two of one user in class, one of a graduate, one of none, one repeated. */
function smallLog(): pl.DataFrame {
  const row = (date: string, hour: number, path: string, user: number, cohort: number | null) => ({
    date: new Date(`${date}T00:00:00Z`),
    time: hour * 3_600_000_000_000,
    path,
    user_id: user,
    cohort_id: cohort,
    ip: "198.18.0.1",
  });
  const rows = [
    row("2019-09-02", 9, "javascript-i", 7, 34),
    row("2019-09-02", 9, "javascript-i", 7, 34),
    row("2019-09-03", 10, "/", 7, 34),
    row("2020-02-03", 9, "/", 8, 34),
    row("2020-02-04", 9, "toc", 9, null),
  ];
  const logs = pl
    .DataFrame(rows)
    .withColumns(
      pl.col("date").cast(pl.Date),
      pl.col("time").cast(pl.Int64).cast(pl.Time),
      pl.col("user_id").cast(pl.Int64),
      pl.col("cohort_id").cast(pl.Int64),
    );
  return prepareLogs({ logs, cohorts: cohorts() });
}

const found = (figures: pl.DataFrame) =>
  new Map(
    figures
      .select("figure", "found")
      .rows()
      .map(([figure, value]) => [String(figure), Number(value)]),
  );

describe("publishedFigures", () => {
  it("counts what a figure is about, by hand", () => {
    const of = found(publishedFigures(smallLog()));
    expect(of.get("rows")).toBe(5);
    expect(of.get("rows with a cohort")).toBe(4);
    expect(of.get("in class, both days included: rows")).toBe(3);
    expect(of.get("in class: users")).toBe(1);
    expect(of.get("after the last day: rows of Bayes")).toBe(1);
    expect(of.get("exact repetitions of a row, with a cohort")).toBe(1);
    expect(of.get("different timestamps, with a cohort")).toBe(3);
    // Users have 3, 1 and 1 rows.
    expect(of.get("rows per user, median")).toBe(1);
    expect(of.get("rows per user, upper quartile")).toBe(2);
    expect(of.get("2019: rows of data science on paths that begin with java")).toBe(2);
    expect(of.get("up to 2020-11-02 16:48:47: rows")).toBe(5);
  });

  it("says what agrees", () => {
    const figures = publishedFigures(smallLog());
    expect(figures.columns).toEqual(["about", "figure", "source", "published", "found", "agrees"]);
    const agrees = figures.filter(pl.col("agrees")).getColumn("figure").toArray();
    expect(agrees).toEqual([]);
  });

  it("gives only what is asked for", () => {
    const figures = publishedFigures(smallLog(), { about: ["addresses"] });
    expect(figures.getColumn("about").unique().toArray()).toEqual(["addresses"]);
    expect(() => publishedFigures(smallLog(), { about: ["weather" as "log"] })).toThrow(
      "needs about to be of log, cohorts, users, addresses, paths, stories, got weather",
    );
  });

  it("names a missing column", () => {
    expect(() => publishedFigures(pl.DataFrame({ path: ["/"] }))).toThrow(
      "publishedFigures needs column timestamp",
    );
  });
});

describe.each([1, 2, 20_240_229])("the sample of seed %i", (seed) => {
  let figures: pl.DataFrame;

  beforeAll(() => {
    figures = publishedFigures(prepareLogs(sampleLogs({ seed })));
  });

  it("gives every published figure exactly", () => {
    const rows = figures.filter(pl.col("agrees").not()).rows();
    expect(rows).toEqual([]);
    expect(figures.height).toBeGreaterThan(100);
  });
});

describe("publishedFigures, of strange input", () => {
  it("finds null where a log has nothing to measure, not NaN", () => {
    const found = publishedFigures(smallLog().head(0)).getColumn("found").toArray() as unknown[];
    expect(found).toContain(null);
    expect(found.filter((value) => Number.isNaN(value))).toEqual([]);
  });

  it("knows no topic by a name that every object has", () => {
    const about = ["constructor"] as unknown as ["log"];
    expect(() => publishedFigures(smallLog(), { about })).toThrow(
      "publishedFigures needs about to be of log, cohorts, users, addresses, paths, stories, got constructor",
    );
  });
});
