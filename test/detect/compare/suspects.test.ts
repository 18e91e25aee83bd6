import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { evidenceAbout } from "../../../lib/detect/compare/evidence-about";
import { suspects } from "../../../lib/detect/compare/suspects";
import { accessLog, type Request, rowsOf, typesOf } from "../../support/access-log";

const CLASS = {
  cohort_id: 30,
  cohort: "Kepler",
  start_date: "2020-01-06",
  end_date: "2020-06-01",
  program_id: 2,
  program: "Java Full Stack",
};

/** Pages a second apart, from 10 o'clock: 40 in a minute are more than anybody opens. */
function pages(count: number, date: string, rest: Partial<Request>, seconds = 1): Request[] {
  return Array.from({ length: count }, (_, i) => {
    const at = i * seconds;
    const clock = [10 + Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60];
    const time = clock.map((part) => String(part).padStart(2, "0")).join(":");
    return { at: `${date} ${time}`, path: `lesson-${i}`, ...rest };
  });
}

const copied = pages(40, "2020-02-03", { ...CLASS, user_id: 3, ip: "198.18.0.3" });
const probed: Request[] = [
  { at: "2020-02-04 09:00:00", path: "../../etc/passwd", ...CLASS, user_id: 4, ip: "198.18.0.4" },
];
// 30 rows, one a quarter of an hour: a reader, but of no class.
const outsider = pages(30, "2020-03-05", { user_id: 5, ip: "198.18.0.5" }, 900);

const summary = (frame: pl.DataFrame) =>
  rowsOf(frame.select("rank", "what", "who", "kind", "kinds", "days", "first_day", "last_day"));

describe("suspects", () => {
  it("ranks by the kind's gravity first: copying, probing, outsider, whatever the scores", () => {
    const found = suspects(accessLog([...outsider, ...probed, ...copied]));
    expect(summary(found)).toEqual([
      [1, "user", "3", "copying", "copying", 1, "2020-02-03", "2020-02-03"],
      [2, "address", "198.18.0.3", "copying", "copying", 1, "2020-02-03", "2020-02-03"],
      [3, "user", "4", "probing", "probing", 1, "2020-02-04", "2020-02-04"],
      [4, "address", "198.18.0.4", "probing", "probing", 1, "2020-02-04", "2020-02-04"],
      [5, "user", "5", "outsider", "outsider", 1, "2020-03-05", "2020-03-05"],
    ]);
    const scores = found.getColumn("score").toArray() as number[];
    expect(scores[0]).toBeCloseTo(40 / 30, 12); // pages in a minute over their limit
    expect(scores[4]).toBe(1.5); // rows over a look of 20
    expect(String(found.getColumn("finding").get(2))).toContain("etc/passwd");
  });

  it("gives whoever is suspected of several kinds one row, at the gravest; days add up", () => {
    const both = [
      ...outsider,
      ...pages(40, "2020-03-06", { user_id: 5, ip: "198.18.0.5" }),
      ...pages(60, "2020-03-08", { user_id: 5, ip: "198.18.0.5" }),
    ];
    const [first, second, ...others] = summary(suspects(accessLog(both)));
    expect(first).toEqual([
      1,
      "user",
      "5",
      "copying",
      "copying, outsider",
      2,
      "2020-03-06",
      "2020-03-08",
    ]);
    expect(second?.[2]).toBe("198.18.0.5");
    expect(others).toEqual([]);
  });

  it("takes users without a cohort who began together for a class", () => {
    const six = [5, 6, 7, 8, 9, 10].flatMap((user) =>
      pages(30, "2020-03-05", { user_id: user, ip: `198.18.0.${user}` }, 900),
    );
    const kinds = (together?: number) =>
      new Set(suspects(accessLog(six), { together }).getColumn("kind").toArray());
    expect(kinds()).toEqual(new Set(["class without a label"])); // five others each
    expect(kinds(6)).toEqual(new Set(["outsider"]));
  });

  it("names no campus, whatever a user did from it", () => {
    const others = Array.from({ length: 12 }, (_, user) =>
      pages(3, "2020-02-03", { ...CLASS, user_id: 100 + user, ip: "198.18.0.3" }),
    ).flat();
    const found = suspects(accessLog([...copied, ...others]));
    expect(rowsOf(found.select("what", "who"))).toEqual([["user", "3"]]);
  });

  it("looks only for the kinds asked for, and does not care in which order rows come", () => {
    const log = [...outsider, ...probed, ...copied];
    expect(
      rowsOf(suspects(accessLog(log), { kinds: ["outsider", "probing"] }).select("rank", "who")),
    ).toEqual([
      [1, "4"],
      [2, "198.18.0.4"],
      [3, "5"],
    ]);
    expect(rowsOf(suspects(accessLog([...log].reverse())))).toEqual(
      rowsOf(suspects(accessLog(log))),
    );
  });

  it("suspects nobody of nothing, with the same columns", () => {
    const none = suspects(accessLog([]));
    expect(none.height).toBe(0);
    expect(typesOf(none)).toEqual(typesOf(suspects(accessLog(copied))));
    expect(suspects(accessLog([{ at: "2020-01-01 09:00:00", path: null }])).height).toBe(0);
  });

  it("refuses options that mean nothing", () => {
    expect(() => suspects(accessLog([]), { kinds: ["theft" as never] })).toThrow(
      /kinds among copying.*got theft/,
    );
    for (const together of [0, 1.5, Number.NaN, -1]) {
      expect(() => suspects(accessLog([]), { together })).toThrow(RangeError);
    }
    expect(() => suspects(pl.DataFrame({ a: [1] }))).toThrow(/needs column/);
  });
});

describe("evidenceAbout", () => {
  const log = accessLog([
    ...copied,
    { at: "2020-02-03 23:59:59", path: "lesson-0", ...CLASS, user_id: 3, ip: "198.18.0.9" },
    { at: "2021-07-05 10:00:00", path: "lesson-0", ...CLASS, user_id: 3, ip: "198.18.0.9" },
    { at: "2021-07-05 10:00:00", path: null, ...CLASS, user_id: 3, ip: "198.18.0.9" },
    { at: "2021-07-05 10:00:01", path: "lesson-1", user_id: 8, ip: "198.18.0.9" },
  ]);
  const of = (options: Parameters<typeof evidenceAbout>[1]) =>
    rowsOf(
      evidenceAbout(log, options).select(
        "who",
        "pages",
        "days",
        "users",
        "addresses",
        "busiest_day",
        "busiest_day_pages",
        "distinct_pages",
        "most_per_minute",
        "cohort",
        "months_after_end",
      ),
    );

  it("tells pages, days and the busiest day of users and addresses", () => {
    expect(of({ users: [3], addresses: ["198.18.0.9"] })).toEqual([
      ["3", 42, 2, 1, 2, "2020-02-03", 41, 40, 40, "Kepler", null],
      // June 1, 2020 to July 5, 2021: 13 whole months; one row with the cohort, one without.
      ["198.18.0.9", 3, 2, 2, 1, "2021-07-05", 2, 2, 2, "Kepler", 13],
    ]);
  });

  it("has 0 and nulls for who is not there", () => {
    expect(of({ users: [77] })).toEqual([["77", 0, 0, 0, 0, null, 0, 0, null, null, null]]);
    expect(evidenceAbout(log, {}).height).toBe(0);
  });
});
