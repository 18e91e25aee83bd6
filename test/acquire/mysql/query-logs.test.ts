import pl from "nodejs-polars";
import { beforeAll, describe, expect, it } from "vitest";
import { joinLogs } from "../../../lib/prepare/join-logs";
import { hasMariaDb } from "../../support/mariadb";
import { plainRows, TINY_COHORTS, TINY_TEXT, useFolder } from "../../support/tiny-logs";
import { readAccessText, readCohortsCsv } from "../frames";
import { useServer } from "./server";
import { COHORT_ROWS, filled, LOG_ROWS, row, splitLines, TABLES } from "./tables";

const folder = useFolder();

describe.skipIf(!hasMariaDb)("queryLogs on a real server (needs mariadb-server)", () => {
  const used = useServer();
  const { query, sql, failure } = used;

  beforeAll(() => fill("curriculum_logs", [...LOG_ROWS].reverse(), [...COHORT_ROWS].reverse()));
  const fill = (...tables: Parameters<typeof filled>) => sql(filled(...tables));
  const pathsIn = async (database: string) =>
    (await query({ database })).tables.logs?.getColumn("path").toArray();

  it("gives the tables that files of the same rows give", async () => {
    const { tables } = await query();
    const files = await readAccessText(folder.put("log.txt", TINY_TEXT));
    const { cohorts } = await readCohortsCsv(folder.put("cohorts.csv", TINY_COHORTS));
    expect(tables.logs?.frameEqual(files.logs, true)).toBe(true);
    expect(tables.cohorts?.frameEqual(cohorts, true)).toBe(true);
  });

  it.each(["TEXT", "LONGBLOB"])("keeps odd paths in %s as they stand", async (type) => {
    const paths = [
      "a b",
      "  ",
      "é😀",
      "q\"u'o`t\\e",
      "a\nb",
      "\u001b[31m",
      "'; DROP TABLE logs; --",
    ];
    const rows = paths.map((path) => row({ path: path.replaceAll("\\", "\\\\") }));
    fill("odd", rows, COHORT_ROWS, TABLES.replace("path TEXT", `path ${type}`));
    expect(new Set(await pathsIn("odd"))).toEqual(new Set(paths));
  });

  it("points at rows that cannot be right, by column and by their place in the order that it names", async () => {
    fill("bad", [
      row({ time: "-01:00:00" }),
      row({ time: "09:50:00", user: "" }),
      row({ time: "19:55:03", user: "9007199254740993" }),
      row({ time: "29:55:03" }),
      row({ date: "0000-00-00" }),
      row({ date: "2018-01-27", ip: "none" }),
      row({ date: "2018-01-28" }),
    ]);
    const { message } = await failure({ database: "bad" });
    expect(message.split("\n")).toEqual([
      "MySQL test, table logs: 6 rows cannot be read.",
      '  row 1, date: expected a calendar day as 2018-01-26; found "0000-00-00"',
      '  row 2, time: expected a clock time as 09:55:03; found "-01:00:00"',
      "  row 3, user_id: expected an integer below 2^53; found nothing",
      '  row 4, user_id: expected an integer below 2^53; found "9007199254740993"',
      '  row 5, time: expected a clock time as 09:55:03; found "29:55:03"',
      "  and 1 more",
      "Correct the table. Rows are counted in this order: SELECT * FROM `logs` ORDER BY `date`, `time`.",
    ]);
    // the order that it names finds them
    const third = sql("SELECT time FROM bad.logs ORDER BY date, time LIMIT 1 OFFSET 2");
    expect(third.split("\n")[1]).toBe("09:50:00");
  });

  it("takes integers and times from other types, and no value that would change on the way", async () => {
    const tables = (user: string) =>
      TABLES.replace("time TIME", "time TIME(6)")
        .replace("user_id BIGINT", `user_id ${user}`)
        .replace("ip VARCHAR(64)", "ip INET6");
    const largest = "9007199254740991";
    const fillTypes = (type: string, ...rows: string[][]) =>
      fill("types", rows, COHORT_ROWS, tables(type));
    for (const type of ["DECIMAL(20,2)", "DOUBLE", "BIGINT UNSIGNED"]) {
      fillTypes(type, row({ user: "7" }), row({ user: largest }));
      const read = (await query({ database: "types" })).tables.logs as pl.DataFrame;
      expect(
        plainRows(read).map(({ user_id, time, ip }) => [user_id, time, ip]),
        type,
      ).toEqual([7, Number(largest)].map((user) => [user, "09:55:03", "::1"]));
    }
    fillTypes("DECIMAL(22,2)", row({ user: "7.5" }), row({ user: "18446744073709551615" }));
    expect((await failure({ database: "types" })).message).toMatch(
      /2 rows cannot.*\n.*found "7\.50"\n.*found "18446744073709551615\.00"/,
    );
    fillTypes("BIGINT", row({ time: "09:55:03.25" }));
    expect((await failure({ database: "types" })).message).toContain('found "09:55:03.250000"');
  });

  it("refuses bytes that are not UTF-8, by row and column", async () => {
    fill("latin", LOG_ROWS.slice(0, 1), COHORT_ROWS, TABLES.replace("path TEXT", "path BLOB"));
    sql("INSERT INTO latin.logs VALUES ('2018-01-27', '10:00:00', X'636166E9', 1, 8, '::1')");
    expect((await failure({ database: "latin" })).message).toContain(
      'row 2, path: expected text in UTF-8; found "bytes 636166e9"',
    );
  });

  it("takes zero dates of cohorts for none, and says so", async () => {
    const zero = ["0000-00-00", "2016-06-14 19:52:26", ...Array(2).fill("0000-00-00 00:00:00")];
    fill("zero", LOG_ROWS, [["8", "Hampton", "", "2015-09-22", ...zero, "1"]]);
    const { tables, notes } = await query({ database: "zero" });
    expect(tables.cohorts?.toRecords()).toMatchObject([
      { id: 8, slack: null, end_date: null, updated_at: null, deleted_at: null },
    ]);
    expect(notes).toEqual(
      ["end_date", "updated_at", "deleted_at"].map(
        (field) =>
          `MySQL test, table of cohorts: 1 zero date (0000-00-00) in ${field} taken for none.`,
      ),
    );
  });

  it("reads times as they are stored, whatever the server's time zone and modes", async () => {
    const tables = TABLES.replace("created_at DATETIME", "created_at TIMESTAMP NULL");
    fill("zones", LOG_ROWS, COHORT_ROWS, tables);
    sql(`SET GLOBAL time_zone = '-05:00'; SET GLOBAL sql_mode = 'ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES';
SET time_zone = '+00:00'; UPDATE zones.cohorts SET created_at = '2016-06-14 19:52:26';
ALTER TABLE zones.logs MODIFY ip CHAR(64);`);
    try {
      const { logs, cohorts } = (await query({ database: "zones" })).tables;
      const created = new Date("2016-06-14T19:52:26Z");
      expect(cohorts?.getColumn("created_at").toArray()[0]).toEqual(created);
      expect(logs?.getColumn("ip").toArray()[0]).toBe("97.105.19.61");
    } finally {
      sql("SET GLOBAL time_zone = 'SYSTEM'; SET GLOBAL sql_mode = DEFAULT;");
    }
  });

  it("gives rows of one second in the key's order or, where there is none, in one that stays", async () => {
    fill(
      "ties",
      ["b", "a", "c"].map((path, at) => row({ path, user: String(3 - at) })),
    );
    expect(await pathsIn("ties")).toEqual(["c", "a", "b"]);
    sql("ALTER TABLE ties.logs ADD COLUMN n INT AUTO_INCREMENT PRIMARY KEY");
    expect(await pathsIn("ties")).toEqual(["b", "a", "c"]);
    sql("ALTER TABLE ties.logs DROP COLUMN n, ADD PRIMARY KEY (user_id, time)");
    expect(await pathsIn("ties")).toEqual(["c", "a", "b"]);
  });

  it("gives what the exercises' own queries give on the server", async () => {
    fill("joined", [...LOG_ROWS, ["2021-01-01", "10:00:00", "/", "2", "77", "198.18.0.1"]]);
    const { logs, cohorts } = (await query({ database: "joined" })).tables;
    for (const [how, join, rows] of [
      ["left", "LEFT JOIN", 5],
      ["inner", "JOIN", 3],
    ] as const) {
      const answer = sql(
        `USE joined; SELECT * FROM logs ${join} cohorts ON logs.cohort_id = cohorts.id ORDER BY date ASC, time ASC;`,
      );
      const joined = joinLogs({ logs: logs!, cohorts: cohorts! }, { how });
      const days = joined.columns.filter((name) => /date|_at$/.test(name));
      const texts = joined
        .withColumns(...days.map((name) => pl.col(name).cast(pl.Utf8)))
        .rows()
        .map((values) => values.map((value) => String(value ?? "").replace(/\.0+$/, "")));
      const expected = splitLines(answer, "\t").map((values) =>
        values.map((text) => (text === "NULL" ? "" : text)),
      );
      expect([joined.columns, ...texts], how).toEqual(expected);
      expect(joined.height).toBe(rows);
    }
  });
});
