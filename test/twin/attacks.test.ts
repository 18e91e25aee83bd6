import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { count, sampleLogs, where } from "../../lib";
import { attackedSample } from "../../lib/twin/attacks/attacked-sample";
import { SCRIPTS } from "../../lib/twin/attacks/described";

const DAY = 86_400_000;

describe("attackedSample", () => {
  const options = { seed: 3, rows: 600_000, anomalies: 2 };
  const { logs, truth } = attackedSample(options);
  const plain = sampleLogs(options);
  const performed = where(truth, { origin: ["hard", "decoy"] });
  const scriptOf = (kind: unknown, level: unknown) =>
    SCRIPTS.find((script) => script.kind === kind && (script.level ?? null) === level)!;

  it("tells the same stories as the sample, and adds rows to it", () => {
    const told = where(truth, { origin: ["published", "planted"] });
    expect(told.select(...plain.truth.columns).toRecords()).toEqual(plain.truth.toRecords());
    const added = performed.getColumn("rows").sum() as number;
    expect(logs.height).toBe(plain.logs.height + added);
    expect(logs.dtypes.map(String)).toEqual(plain.logs.dtypes.map(String));
    expect(attackedSample(options).truth.toRecords()).toEqual(truth.toRecords());
    // Every row of the sample is still there.
    const columns = ["date", "time", "path", "user_id", "ip"];
    expect(plain.logs.join(logs, { on: columns, how: "anti" }).getColumn("path").nullCount()).toBe(
      plain.logs.join(logs, { on: columns, how: "anti" }).height,
    );
  });

  it("performs every script, each user in one", () => {
    const kinds = new Set(performed.getColumn("kind").toArray());
    expect([...kinds].sort()).toEqual([...new Set(SCRIPTS.map(({ kind }) => kind))].sort());
    const users = truth.select("user_id", "origin").filter(pl.col("user_id").isNotNull());
    const inOne = count(where(users, { origin: ["hard", "decoy"] }), ["user_id"]);
    expect(inOne.getColumn("rows").max()).toBe(1);
    const others = new Set(where(users, { origin: "planted" }).getColumn("user_id").toArray());
    expect(
      inOne
        .getColumn("user_id")
        .toArray()
        .filter((user) => others.has(user)),
    ).toEqual([]);
  });

  it("opens as many pages as it says, on as many days, at its hour", () => {
    for (const row of performed.toRecords()) {
      const { days, visits, pages, hour, every, pause, says } = scriptOf(row.kind, row.level);
      expect(row.rows, says).toBeLessThanOrEqual(days * visits * pages[1]);
      const [from, to] = [Number(row.from), Number(row.to)];
      expect(Math.floor(to / DAY) - Math.floor(from / DAY), says).toBeLessThan(days);
      expect((from % DAY) / 3_600_000, says).toBeGreaterThanOrEqual(hour);
      const longest = 600 + (visits - 1) * every + pages[1] * pause + 2;
      expect((to % DAY) / 1_000, says).toBeLessThanOrEqual(hour * 3_600 + longest);
    }
    const hours = where(performed, { kind: "night_hour" }).toRecords();
    for (const { from, to } of hours) expect(Number(to) - Number(from)).toBeLessThan(3_600_000);
    const copies = where(performed, { origin: "hard" }).toRecords();
    for (const { kind, level, rows } of copies) {
      const { days, pages } = scriptOf(kind, level);
      expect(rows).toBe(days * pages[1]);
    }
  });

  it("has accounts at one address that divide the pages", () => {
    const five = where(truth, { kind: "shared_copy", level: 5 }).toRecords();
    expect(five).toHaveLength(5);
    expect(new Set(five.map(({ ip }) => ip)).size).toBe(1);
    expect(new Set(five.map(({ entity }) => entity)).size).toBe(1);
    const opened = where(logs, { ip: String(five[0]!.ip) });
    expect(opened.height).toBe(five.reduce((sum, { rows }) => sum + Number(rows), 0));
    expect(opened.getColumn("path").nUnique()).toBe(opened.height);
    expect(opened.getColumn("user_id").nUnique()).toBe(5);
    expect(opened.getColumn("cohort_id").nUnique()).toBe(1);
  });

  it("leaves out what a small log has nobody for", () => {
    const small = attackedSample({ seed: 3, rows: 40, anomalies: 0 });
    expect(small.logs.height).toBeGreaterThanOrEqual(40);
  });
});
