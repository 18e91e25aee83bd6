import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { dropTables, loadTables } from "../../../lib/acquire/mysql/load-tables";
import { KNOWN_NAMES, problemInNames } from "../../../lib/keep/database-names";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { sampleLogs } from "../../../lib/twin/sample-logs";
import { asPathRead, asStored, HOSTILE_STRINGS } from "../../support/hostile-strings";
import { hasMariaDb } from "../../support/mariadb";
import { useServer } from "./server";

type Tables = Parameters<typeof loadTables>[1];

describe.skipIf(!hasMariaDb)("loadTables on a real server (needs mariadb-server)", () => {
  const used = useServer();
  const { query, sql } = used;
  const sample = sampleLogs({ rows: 20_000, seed: 3 });
  const stored = HOSTILE_STRINGS.map(({ text }) => asStored(text));

  const load = (tables: Tables, change: Partial<MysqlSettings> = {}, options = {}) =>
    loadTables({ ...used.settings, ...change }, tables, "MySQL test", options);
  const drop = (database = "curriculum_logs") =>
    dropTables({ ...used.settings, database }, "MySQL test");
  const expectLoaded = async (tables: Tables, change: Partial<MysqlSettings> = {}) => {
    const read = (await query(change)).tables;
    expect(read.logs?.frameEqual(tables.logs, true), change.database).toBe(true);
    expect(read.cohorts?.frameEqual(tables.cohorts, true), change.database).toBe(true);
  };

  it("makes a database from which the same tables come back, in the same order", async () => {
    const seen: number[] = [];
    await load(sample, {}, { onProgress: (rows: number) => seen.push(rows) });
    expect(seen.at(-1)).toBe(20_000);
    expect(seen.length).toBeGreaterThan(1);
    await expectLoaded(sample);
    // the exercises' own query shows the fifteen columns of the school's tables
    const [header = ""] = sql(
      "SELECT * FROM curriculum_logs.logs LEFT JOIN curriculum_logs.cohorts ON logs.cohort_id = cohorts.id LIMIT 1",
    ).split("\n");
    expect(header.split("\t")).toEqual([...sample.logs.columns, ...sample.cohorts.columns]);
  });

  it("overwrites nothing, and removes only what it made", async () => {
    await expect(load(sample)).rejects.toThrow(
      "MySQL test cannot be filled: it already has table logs. npm run db -- drop removes what was loaded before; or name another database in CURRICULUM_LOGS_DATABASE.",
    );
    sql(`CREATE DATABASE school; USE school; CREATE TABLE logs (a INT); INSERT INTO logs VALUES (1);
CREATE DATABASE left_over; USE left_over; CREATE TABLE cohorts_loading (a INT);
CREATE TABLE logs_loading (a INT) COMMENT 'Loaded by curriculum-logs'`);
    await expect(load(sample, { database: "school" })).rejects.toThrow(
      "it already has table logs. It was not made here, so it stays; name another database in CURRICULUM_LOGS_DATABASE.",
    );
    await expect(drop("school")).rejects.toThrow(
      "MySQL test is left as it is: table logs was not loaded from here.",
    );
    expect(sql("SELECT a FROM school.logs")).toContain("1");
    // what a broken load has left, and somebody else's table of that name
    expect(await drop("left_over")).toEqual(["logs_loading"]);
    expect(sql("SHOW TABLES FROM left_over").split("\n")[1]).toBe("cohorts_loading");
    expect(await drop()).toEqual(["logs", "cohorts"]);
    expect(await drop()).toEqual([]);
    expect(sql("SHOW TABLES FROM curriculum_logs")).toBe("");
  });

  it("keeps any text, whatever a server would make of it in a statement", async () => {
    const series = (name: string, values: (string | null)[]) => pl.Series(name, values, pl.String);
    const logs = sample.logs.head(stored.length + 1).withColumns(series("path", [...stored, null]));
    const cohorts = pl
      .concat(Array(8).fill(sample.cohorts))
      .head(stored.length)
      .withColumns(
        pl.Series("id", [...stored.keys()], pl.Int64),
        series("name", stored),
        series("slack", stored),
      );
    expect(cohorts.height).toBe(stored.length);
    await load({ logs, cohorts }, { database: "texts" });
    const read = logs.withColumns(series("path", [...stored.map(asPathRead), null]));
    await expectLoaded({ logs: read, cohorts }, { database: "texts" });
  });

  it("takes any name that a server takes, whatever it would be in a statement", async () => {
    const before = sql("SHOW TABLES FROM mysql");
    // a server takes no two columns of one table that differ in case alone
    const fit = [...new Map(stored.map((text) => [text.toLowerCase(), text])).values()].filter(
      (text) => text.length < 50 && problemInNames({ logs: text }) === undefined,
    );
    expect(fit.length).toBeGreaterThan(100);
    const few = { logs: sample.logs.head(3), cohorts: sample.cohorts.head(3) };
    for (let from = 0; from < fit.length; from += KNOWN_NAMES.length) {
      const own = fit.slice(from, from + KNOWN_NAMES.length);
      const names = Object.fromEntries(own.map((name, at) => [KNOWN_NAMES[at], name]));
      await load(few, { database: own[0], names });
      await expectLoaded(few, { database: own[0], names });
    }
    expect(sql("SHOW TABLES FROM mysql")).toBe(before);
  });

  it("leaves nothing behind when it is broken off or a row is refused, and cleans up after a kill", async () => {
    const database = "broken";
    const stopping = new AbortController();
    const options = { onProgress: () => stopping.abort(), signal: stopping.signal };
    const timeless = sample.logs.withColumns(pl.lit(null).cast(pl.Time).alias("time"));
    const twice = pl.concat([sample.cohorts, sample.cohorts.head(1)]);
    for (const [loading, message] of [
      [() => load(sample, { database }, options), /abort/i],
      [
        () => load({ ...sample, logs: timeless }, { database }),
        /^MySQL test cannot be filled: Column 'time' cannot be null/,
      ],
      [
        () => load({ ...sample, cohorts: twice }, { database }),
        /^MySQL test cannot be filled: Duplicate entry '\d+' for key 'PRIMARY'/,
      ],
    ] as const) {
      await expect(loading()).rejects.toThrow(message);
      expect(sql(`SHOW TABLES FROM ${database}`)).toBe("");
    }
    sql("USE broken; CREATE TABLE logs_loading (a INT) COMMENT 'Loaded by curriculum-logs'");
    await load(sample, { database });
    expect(sql("SHOW TABLES FROM broken").trim().split("\n").slice(1)).toEqual(["cohorts", "logs"]);
  });

  it("says that the server was lost on the way, and fills when it is back", async () => {
    let killed: Promise<void> | undefined;
    const onProgress = () => {
      killed ??= used.server.signal("SIGKILL");
    };
    await expect(load(sample, { database: "lost" }, { onProgress })).rejects.toThrow(
      /^MySQL test cannot be filled: .*\. The connection broke: see whether the server runs, then try again\.$/,
    );
    await killed;
    await used.server.start();
    await load(sample, { database: "lost" });
    await expectLoaded(sample, { database: "lost" });
  });

  it("lets nobody remove or fill while somebody fills", async () => {
    const others: Promise<unknown>[] = [];
    const messageOf = (work: Promise<unknown>) => work.catch((error: Error) => error.message);
    const onProgress = () => {
      if (others.length > 0) return;
      others.push(messageOf(drop("busy")), messageOf(load(sample, { database: "busy" })));
    };
    await load(sample, { database: "busy" }, { onProgress });
    expect(await Promise.all(others)).toEqual(
      ["emptied", "filled"].map(
        (done) =>
          `MySQL test cannot be ${done}: somebody else is filling it. Wait until that is done.`,
      ),
    );
    await expectLoaded(sample, { database: "busy" });
  });

  it("needs the right to write", async () => {
    sql("CREATE USER guest@localhost; GRANT SELECT ON *.* TO guest@localhost");
    const guest = { user: "guest", password: undefined, database: "two" };
    await expect(load(sample, guest)).rejects.toThrow(
      /^MySQL test cannot be filled: Access denied for user 'guest'/,
    );
  });
});
