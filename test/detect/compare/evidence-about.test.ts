import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { evidenceAbout } from "../../../lib/detect/compare/evidence-about";
import { accessLog } from "../../support/access-log";

const OF_ARCHES = {
  cohort_id: 1,
  cohort: "Arches",
  start_date: "2014-02-04",
  end_date: "2014-04-22",
};

const log = accessLog([
  { at: "2018-12-18 10:00:00", path: "a", user_id: 7, ip: "198.18.0.7", ...OF_ARCHES },
  { at: "2018-12-19 10:00:00", path: "a", user_id: 7, ip: "198.18.0.7", ...OF_ARCHES },
  { at: "2018-12-19 10:00:30", path: "b", user_id: 7, ip: "198.18.0.7", ...OF_ARCHES },
  { at: "2018-12-19 10:00:40", path: "b", user_id: 7, ip: "198.18.0.8", ...OF_ARCHES },
  { at: "2018-12-19 10:30:00", path: null, user_id: 7, ip: "198.18.0.7", ...OF_ARCHES },
  { at: "2018-12-20 10:00:00", path: "c", user_id: 8, ip: "198.18.0.7" },
]);

describe("evidenceAbout", () => {
  // Counted by hand from the rows above: the row without a path is no page.
  it("counts what a named user read, and months since the cohort's last day", () => {
    const [user] = evidenceAbout(log, { users: [7] }).toRecords();
    expect(user).toMatchObject({
      what: "user",
      who: "7",
      pages: 4,
      days: 2,
      addresses: 2,
      busiest_day_pages: 3,
      distinct_pages: 2,
      most_per_minute: 2,
      cohort: "Arches",
      months_after_end: 55, // 2014-04-22 to 2018-11-22 are 55 months, 2018-12-22 is yet to come
    });
    expect(user?.busiest_day).toEqual(new Date("2018-12-19"));
  });

  it("counts what came from a named address, by whoever it was", () => {
    const [address] = evidenceAbout(log, { addresses: ["198.18.0.7"] }).toRecords();
    expect(address).toMatchObject({ what: "address", pages: 4, users: 2, busiest_day_pages: 2 });
  });

  it("takes the busiest day as a whole, whatever pauses it has", () => {
    const paused = accessLog(
      ["10:00:00", "10:00:10", "18:00:00"].map((time, i) => ({
        at: `2020-01-02 ${time}`,
        path: "abc"[i],
      })),
    );
    const [user] = evidenceAbout(paused, { users: [1] }).toRecords();
    expect(user).toMatchObject({ busiest_day_pages: 3, most_per_minute: 2 });
  });

  it("names the first of several busiest days", () => {
    const [first] = evidenceAbout(log.filter(pl.col("user_id").eq(pl.lit(8))), {
      users: [8],
    }).toRecords();
    const even = accessLog([
      { at: "2020-01-02 10:00:00", path: "a" },
      { at: "2020-01-01 10:00:00", path: "a" },
    ]);
    expect(first?.busiest_day).toEqual(new Date("2018-12-20"));
    expect(evidenceAbout(even, { users: [1] }).toRecords()[0]?.busiest_day).toEqual(
      new Date("2020-01-01"),
    );
  });

  it("keeps the order of names, and has nothing to say of who is not in the log", () => {
    const about = evidenceAbout(log, { users: [99, 8], addresses: ["198.18.9.9"] });
    expect(about.select("who", "pages", "first_day").toRecords()).toMatchObject([
      { who: "99", pages: 0, first_day: null },
      { who: "8", pages: 1 },
      { who: "198.18.9.9", pages: 0, first_day: null },
    ]);
    expect(evidenceAbout(log, {}).height).toBe(0);
  });
});
