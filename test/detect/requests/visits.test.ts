import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { visits } from "../../../lib/detect/requests/visits";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const at = (time: string, path: string | null, more: Partial<Request> = {}): Request => {
  return { at: `2020-03-02 ${time}`, path, ...more };
};
const log = accessLog([
  at("09:00:00", "java-i"),
  at("09:00:04", "java-i/loops"),
  at("09:00:04", "java-i/loops.jpg"),
  at("09:00:30", "java-i"),
  at("09:29:30", "toc"),
  at("09:59:30", "toc"),
  at("09:00:00", "toc", { user_id: 2, ip: "198.18.0.2" }),
]);

it("ends a visit where nothing is requested for half an hour, or another pause", () => {
  expect(rowsOf(visits(log.sort("path")))).toEqual([
    // Steps: java-i to loops forward, loops back to java-i, java-i on to toc, which is not its
    // neighbor. Pauses of 4, 0, 26 and 1,740 seconds.
    [1, "2020-03-02 09:00:00", "2020-03-02 09:29:30", 5, 4, 29.5, 2, 3, 1 / 3, 15],
    [1, "2020-03-02 09:59:30", "2020-03-02 09:59:30", 1, 1, 0, 1, 1, null, null],
    [2, "2020-03-02 09:00:00", "2020-03-02 09:00:00", 1, 1, 0, 1, 1, null, null],
  ]);
  const ofAddresses = visits(log, { by: "ip", pause: 10 }).select("ip", "pages");
  const first = [4, 1, 1].map((pages) => ["198.18.0.1", pages]);
  expect(rowsOf(ofAddresses)).toEqual([...first, ["198.18.0.2", 1]]);
});

it("counts nothing for rows without a path, a time or a visitor", () => {
  const sparse = accessLog([
    at("09:00:00", null),
    at("09:20:00", "a"),
    at("09:40:00", null),
    at("10:00:00", "b", { cohort: "Zion" }),
  ]);
  // Forty minutes between a and b: the row without a path does not bridge them.
  expect(rowsOf(visits(sparse).select("pages"))).toEqual([[1], [1]]);
  expect(rowsOf(visits(sparse, { by: "cohort" }).select("cohort"))).toEqual([["Zion"]]);
  const timeless = sparse.withColumns(pl.lit(null).cast(pl.Datetime("ms")).alias("timestamp"));
  expect(visits(timeless).height).toBe(0);
});

it("goes on past midnight and over a leap day", () => {
  const night = accessLog([
    { at: "2020-02-28 23:50:00" },
    { at: "2020-02-29 00:10:00" },
    { at: "2020-02-29 23:59:59" },
    { at: "2020-03-01 00:00:01" },
  ]);
  expect(rowsOf(visits(night).select("from", "pages"))).toEqual([
    ["2020-02-28 23:50:00", 2],
    ["2020-02-29 23:59:59", 2],
  ]);
});
