import { expect, it } from "vitest";
import { type SuspectsOptions, suspects } from "../../../lib/detect/compare/suspects";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const kepler = {
  ...{ cohort_id: 30, cohort: "Kepler", start_date: "2020-01-06", end_date: "2020-06-01" },
  ...{ program_id: 2, program: "Java Full Stack" },
};

/** Pages a second apart, from 10 o'clock: 40 in a minute are more than anybody opens. */
function pages(count: number, date: string, rest: Partial<Request>, seconds = 1): Request[] {
  const first = Date.parse(`${date}T10:00:00Z`);
  return Array.from({ length: count }, (_, i) => ({
    at: new Date(first + 1000 * i * seconds).toISOString().slice(0, 19).replace("T", " "),
    path: `lesson-${i}`,
    ...rest,
  }));
}

const copied = pages(40, "2020-02-03", { ...kepler, user_id: 3, ip: "198.18.0.3" });
const [probe] = pages(1, "2020-02-04", { ...kepler, user_id: 4, ip: "198.18.0.4" });
const probed = { ...probe!, path: "../../etc/passwd" };
// 30 rows, one a quarter of an hour: a reader, but of no class.
const outsider = pages(30, "2020-03-05", { user_id: 5, ip: "198.18.0.5" }, 900);

const summary = (requests: Request[], options?: SuspectsOptions) =>
  rowsOf(suspects(accessLog(requests), options).select("rank", "what", "who", "kinds", "days"));

it("ranks by the kind's gravity first, whatever the scores", () => {
  const log = accessLog([...outsider, probed, ...copied]);
  const found = suspects(log);
  const columns = ["rank", "what", "who", "kind", "kinds", "days", "first_day", "last_day"];
  const of = (kind: string, day: string) => [kind, kind, 1, day, day];
  expect(rowsOf(found.select(...columns))).toEqual([
    [1, "user", "3", ...of("copying", "2020-02-03")],
    [2, "address", "198.18.0.3", ...of("copying", "2020-02-03")],
    [3, "user", "4", ...of("probing", "2020-02-04")],
    [4, "address", "198.18.0.4", ...of("probing", "2020-02-04")],
    [5, "user", "5", ...of("outsider", "2020-03-05")],
  ]);
  const scores = found.getColumn("score").toArray() as number[];
  expect(scores[0]).toBeCloseTo(40 / 30, 12); // pages in a minute over their limit
  expect(scores[4]).toBe(1.5); // rows over a look of 20
  expect(String(found.getColumn("finding").get(2))).toContain("etc/passwd");
});

it("gives whoever is suspected of several kinds one row, at the gravest; days add up", () => {
  const five = { user_id: 5, ip: "198.18.0.5" };
  const both = [...outsider, ...pages(40, "2020-03-06", five), ...pages(60, "2020-03-08", five)];
  expect(summary(both)).toEqual([
    [1, "user", "5", "copying, outsider", 2],
    [2, "address", "198.18.0.5", "copying", 2],
  ]);
  const [first] = suspects(accessLog(both)).toRecords();
  expect(first).toMatchObject({ score: 2, first_day: new Date("2020-03-06") });
  expect(first?.finding).toContain("60 different pages");
});

it("takes users without a cohort who began together for a class", () => {
  const six = [5, 6, 7, 8, 9, 10].flatMap((user) =>
    pages(30, "2020-03-05", { user_id: user, ip: `198.18.0.${user}` }, 900),
  );
  const kinds = (together?: number) => new Set(summary(six, { together }).map((row) => row[3]));
  expect(kinds()).toEqual(new Set(["class without a label"])); // five others each
  expect(kinds(6)).toEqual(new Set(["outsider"]));
});

it("names no campus, whatever a user did from it", () => {
  const others = Array.from({ length: 12 }, (_, user) =>
    pages(3, "2020-02-03", { ...kepler, user_id: 100 + user, ip: "198.18.0.3" }),
  ).flat();
  expect(summary([...copied, ...others]).map((row) => row[2])).toEqual(["3"]);
});

it("looks only for the kinds asked for", () => {
  const kinds = ["outsider", "probing"] as const;
  const found = summary([...outsider, probed, ...copied], { kinds });
  expect(found.map((row) => row[2])).toEqual(["4", "198.18.0.4", "5"]);
});
