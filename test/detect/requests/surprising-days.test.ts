import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, requestSurprise, surprisingDays, where } from "../../../lib";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { randomIntegers } from "../../support/random";

/** A request by a Java student of cohort 1, on a Monday. */
const java = (user_id: number, path: string | null, at = "2020-03-02 10:00:00"): Request => {
  return { at, path, user_id, cohort_id: 1, cohort: "Ares", program_id: 2 };
};
const bitsOf = (requests: Request[]) =>
  requestSurprise(accessLog(requests)).getColumn("surprise_bits").toArray() as number[];

it("nobody surprises where there is nobody else", () => {
  const log = accessLog([java(1, "b"), java(1, null), java(1, "a")]);
  const found = requestSurprise(log);
  expect(found.columns).toEqual([...log.columns, "surprise_bits", "expected_bits"]);
  const bits = rowsOf(found.select("path", "surprise_bits", "expected_bits"));
  expect(bits).toEqual(["b", "a"].map((path) => [path, 0, 0])); // in the log's order
  expect(rowsOf(surprisingDays(log))).toEqual([[1, "2020-03-02", 2, 2, 0, 0, 0, 0, null]]);
});

/** Twenty students read ten lessons each day of a month; one looks for what is not there. */
const month = Array.from({ length: 28 }, (_, d) =>
  Array.from({ length: 20 }, (_, user) =>
    Array.from({ length: 4 }, (_, i) => {
      const at = `2020-02-${String(d + 1).padStart(2, "0")} 10:00:00`;
      return java(user + 1, `lesson-${(d + user + i) % 10}`, at);
    }),
  ).flat(),
).flat();
const probes = ["x.env", "y.php", "z.sql"].map((path) => java(7, path, "2020-02-20 23:00:00"));

const flags = (requests: Request[]) =>
  where(surprisingDays(accessLog(requests)), { score: above(1) });

it("surprisingDays flags the one day planted in a month of lessons, and says why", () => {
  expect(flags(month).height).toBe(0);
  const found = flags([...month, ...probes]);
  expect(rowsOf(found.select("user_id", "date", "pages", "distinct_pages"))).toEqual([
    [7, "2020-02-20", 7, 7],
  ]);
  expect(found.getColumn("finding").get(0)).toMatch(
    /^7 different pages came to \d+ bits of surprise; as many come to \d+ for others of Ares that week\. Most surprising: “x\.env” \(\d+\.?\d* bits\), opened by nobody else in the whole log\.$/,
  );
});

it("surprisingDays sums the bits of a day's different pages", () => {
  const log = accessLog([...month, ...probes]);
  const found = surprisingDays(log);
  expect(found.height).toBe(20 * 28);
  expect(found.getColumn("finding").nullCount()).toBe(20 * 28 - 1);
  const sums = requestSurprise(log)
    .unique({ subset: ["user_id", "date", "path"] })
    .groupBy(["user_id", "date"])
    .agg(pl.col("surprise_bits").sum(), pl.col("expected_bits").sum())
    .sort(["user_id", "date"]);
  const bits = rowsOf(sums.select("surprise_bits", "expected_bits")) as [number, number][];
  expect(rowsOf(found.select("surprise_bits", "expected_bits", "excess_bits"))).toEqual(
    bits.map(([own, others]) => [own, others, own - others].map((x) => expect.closeTo(x, 9))),
  );
});

it("surprisingDays writes hostile paths and cohorts out", () => {
  const bad = probes.map((row) => ({ ...row, path: `\u202e${row.path}`, cohort: "A\u0007" }));
  const finding = flags([...month, ...bad])
    .getColumn("finding")
    .get(0);
  expect(finding).toMatch(/of A\\u0007 that week.*\\u202ex\.env/);
});

it("costs what scipy's entropy says that a code for the peers costs the user", () => {
  // The others open a 5, b 2 and c 1 times; user 1 opens a on three days and b on one. With q the
  // peers' probabilities, its 4 pages cost 4 * (entropy(p) + entropy(p, q)) bits. scipy 1.10.1:
  //   from scipy.stats import entropy
  //   q = [5, 2, 1, 0]; r = [1 / 4] * 4  # a, b, c, an unknown page
  //   for level in range(4): r = [(n + 3 * x) / (8 + 3) for n, x in zip(q, r)]
  //   p = [3 / 4, 1 / 4, 0, 0]
  //   4 * (entropy(p, base=2) + entropy(p, r, base=2))
  const day = (n: number) => `2020-03-0${n} 10:00:00`;
  const others = [..."aaaaabbc"].map((path, i) => java(i + 2, path, day(2)));
  const own = [..."aaab"].map((path, i) => java(1, path, day(i + 2)));
  const bits = bitsOf([...own, ...others]).slice(0, 4);
  expect(bits.reduce((sum, x) => sum + x, 0)).toBeCloseTo(4.048606455433075, 9);
});

it("agrees with a slow and obvious version on random logs", () => {
  // Few users, cohorts, weeks and pages, so that every context is shared by some.
  const random = randomIntegers(1);
  const log = Array.from({ length: 600 }, (): Request => {
    const cohort = random(0, 3);
    return {
      at: `2020-03-${String(random(1, 21)).padStart(2, "0")} 10:00:00`,
      path: `p${Math.min(random(0, 12), random(0, 12))}`,
      user_id: random(1, 9),
      cohort_id: [null, 1, 2, 28][cohort]!,
      program_id: [null, 2, 3, 2][cohort]!,
    };
  });
  const found = requestSurprise(accessLog(log)).select("surprise_bits", "expected_bits");
  const bits = obviousBits(log);
  expect(rowsOf(found)).toEqual(bits.map((row) => row.map((x) => expect.closeTo(x, 9))));
});

/** The definition, from scratch for every request. */
function obviousBits(log: Request[]) {
  const week = ({ at }: Request) => Math.floor((Date.parse(at.slice(0, 10)) / 86_400_000 + 3) / 7);
  const program = (row: Request) => (row.cohort_id === 28 ? "staff" : row.program_id);
  const contexts = [
    () => "site",
    (row: Request) => `${program(row)}`,
    (row: Request) => `${program(row)} ${week(row)}`,
    (row: Request) => `${program(row)} ${week(row)} ${row.cohort_id}`,
  ];
  const key = (row: Request) => JSON.stringify([row.user_id, row.at, row.path, row.cohort_id]);
  const counted = [...new Map(log.map((row) => [key(row), row])).values()];
  const different = (rows: Request[]) => new Set(rows.map(({ path }) => path)).size;
  const backOff = (
    row: Request,
    start: (paths: number) => number,
    of: (row: Request) => number,
  ) => {
    const others = counted.filter(({ user_id }) => user_id !== row.user_id);
    return contexts.reduce(
      (before, context) => {
        const own = others.filter((other) => context(other) === context(row));
        const weight = Math.max(1, different(own));
        const sum = own.reduce((total, other) => total + of(other), 0);
        return (sum + weight * before) / (own.length + weight);
      },
      start(different(others)),
    );
  };
  const guess = (paths: number) => 1 / (paths + 1);
  const cost = (row: Request) =>
    -Math.log2(backOff(row, guess, (other) => Number(other.path === row.path)));
  const costs = new Map(counted.map((row) => [row, cost(row)]));
  const guessed = (paths: number) => -Math.log2(guess(paths));
  return log.map((row) => [cost(row), backOff(row, guessed, (other) => costs.get(other)!)]);
}
