import { generateKeyPairSync } from "node:crypto";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { reasonOf } from "../../../lib/acquire/mysql/database-error";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../../lib/keep/settings";
import {
  type Answer,
  columnPacket,
  type LyingServer,
  packet,
  resultSet,
  startLiar,
  startPasswordThief,
  startServer,
} from "../../support/lying-server";
import { useFolder } from "../../support/tiny-logs";

// Servers that are none, that want the password, or that lie: real sockets, written by hand.

const PASSWORD = "pass-word-8d1f";
const folder = useFolder();
let server: LyingServer | undefined;
afterEach(() => server?.stop());

async function failure(change: Partial<MysqlSettings> = {}): Promise<string> {
  const settings: MysqlSettings = {
    ...{ host: "127.0.0.1", port: server?.port ?? 0, user: "reader", password: PASSWORD },
    ...{ database: "school", ssl: false, connectTimeout: 1, readTimeout: 2, names: {} },
    ...change,
  };
  const options = { notice: () => {}, live: () => {}, waits: [10] };
  return queryLogs(settings, "MySQL test", options).then(
    () => "it was read",
    (error) => `${error.name}: ${error.message}`,
  );
}

describe("a server that wants the password over an open connection", () => {
  it.each(["caching_sha2_password", "sha256_password", "mysql_clear_password"])(
    "does not get it by %s",
    async (plugin) => {
      const stolen: string[] = [];
      server = await startPasswordThief(plugin, (text) => stolen.push(text));
      expect(await failure()).toMatch(
        /^DatabaseError: MySQL test cannot be read: the server asks for the password in a way that it, or anybody between, could read\. Encrypt the connection \(CURRICULUM_LOGS_SSL not false\), or name a file with the server's public key in CURRICULUM_LOGS_SERVER_KEY\./,
      );
      expect(stolen).toEqual([]);
    },
  );

  it.each(["caching_sha2_password", "sha256_password"])(
    "gets it encrypted with the key that the settings name, and no other (%s)",
    async (plugin) => {
      const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const serverKey = folder.put("key.pem", publicKey.export({ type: "spki", format: "pem" }));
      const stolen: string[] = [];
      server = await startPasswordThief(plugin, (text) => stolen.push(text));
      await failure({ serverKey });
      expect(new Set(stolen)).toEqual(new Set(["unreadable"]));
    },
  );

  it("names a key file that is not there", async () => {
    server = await startServer(() => {});
    expect(await failure({ serverKey: "/nowhere/key.pem" })).toMatch(
      /^SettingsError: CURRICULUM_LOGS_SERVER_KEY names a file that cannot be read: ENOENT/,
    );
  });
});

describe("what is no MySQL server", () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    [
      "SSH",
      (socket) => socket.write("SSH-2.0-OpenSSH_9.2p1\r\n"),
      /what answers there is no MySQL server: it began with "SSH-2\.0-OpenSSH_9\.2p1\\r\\n"\. Check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT\./,
    ],
    [
      "mail, which ends at once",
      (socket) => socket.end("220 mail.example ESMTP\r\n"),
      /no MySQL server: it began with "220 mail\.example/,
    ],
    [
      "HTTP, which waits for a request",
      () => {},
      /the connection was taken, but there was no greeting within 1 s\. It may be busy or stopped, or no MySQL server: check/,
    ],
    [
      "one that ends the connection",
      (socket) => socket.end(),
      /the connection was taken and ended without a greeting\. It may be busy or stopped, or no MySQL server: check/,
    ],
    [
      "hidden characters",
      (socket) => socket.write("\u001b[2Jxx\n"),
      /no MySQL server: it began with "\\u001b\[2Jxx\\n"/,
    ],
    [
      "MySQL's newer protocol",
      (socket) => socket.write(Buffer.from([5, 0, 0, 0, 0x0b, 8, 5, 0x1a, 0])),
      /no MySQL server: it began with/,
    ],
  ])("is named so in one line: %s", async (_, talk, expected) => {
    server = await startServer(talk);
    const message = await failure();
    expect(message).toMatch(/^DatabaseError: MySQL test cannot be read: /);
    expect(message).toMatch(expected);
    expect(message).not.toContain("\n");
  });
});

describe("a server that lies", () => {
  const LOG = ["date", "time", "path", "user_id", "cohort_id", "ip"];
  const TYPES = ["date", "time", "text", "bigint", "bigint", "varchar"];
  const COHORTS = "id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id";
  const COHORT_TYPES = "bigint,text,text,date,date,datetime,datetime,datetime,bigint";
  const columnsOf = (table: string, names: string[], types: string[], key = "") =>
    names.map((name, at) => [table, name, types[at] as string, name === key ? "PRI" : ""]);
  const TABLES = [
    ...columnsOf("cohorts", COHORTS.split(","), COHORT_TYPES.split(","), "id"),
    ...columnsOf("logs", [...LOG, "n"], [...TYPES, "bigint"], "n"),
  ];
  const row = (n: number) => [
    ...["2018-01-26", "09:55:03", "/", "1", "8", "198.18.0.1", String(n)],
  ];

  /** Tells the truth but for one statement. */
  const liar = (count: number, lie: (sql: string) => Answer) =>
    startLiar((sql) => {
      if (sql.startsWith("SET")) return undefined;
      if (sql === "SELECT DATABASE()") return [["school"]];
      if (sql.includes("information_schema")) return TABLES;
      if (sql.includes("MAX(")) return [[String(count), String(count)]];
      return lie(sql) ?? [[String(count)]];
    });
  /** Sends the same bytes for as long as somebody reads. */
  const endless = (bytes: Buffer) => (socket: Socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on("drain", more);
    more();
  };

  it("with fewer rows than it counts", async () => {
    server = await liar(900_223, (sql) => {
      if (!sql.includes("ORDER BY")) return undefined;
      return sql.includes("`n` > ") ? (socket) => socket.write(EMPTY) : [row(1), row(2)];
    });
    expect(await failure()).toBe(
      "DatabaseError: MySQL test cannot be read: of 900,223 rows in table logs only 2 came. Something cuts answers short: a view, a limit or a proxy. Nothing was kept; ask the server's administrator.",
    );
  });
  const EMPTY = Buffer.concat([
    ...[
      packet(1, 1),
      columnPacket(2, "c"),
      packet(3, 0xfe, 0, 0, 2, 0),
      packet(4, 0xfe, 0, 0, 2, 0),
    ],
  ]);

  it.each<[string, (socket: Socket) => void, RegExp]>([
    [
      "rows without end",
      (socket) => {
        let n = 0;
        socket.write(resultSet([row(++n)]).subarray(0, -9));
        let sequence = 11;
        const more = () => {
          while (!socket.destroyed) {
            const rows = Array.from({ length: 1000 }, () => {
              const values = row(++n).map((value) =>
                Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]),
              );
              return packet(sequence++, ...values);
            });
            if (!socket.write(Buffer.concat(rows))) break;
          }
        };
        socket.on("drain", more);
        more();
      },
      /the server sends more rows \(over 2500\) than were asked for\. A server would not do that/,
    ],
    [
      "sixteen million columns",
      (socket) => {
        socket.write(packet(1, Buffer.from([0xfd, 0, 0, 0xf0])));
        endless(columnPacket(2, "c"))(socket);
      },
      /the server sends more columns than were asked for/,
    ],
    [
      "a field without end",
      (socket) => {
        socket.write(resultSet([row(1)]).subarray(0, -9));
        const chunk = Buffer.alloc(4 + 0xff_ff_ff, "x");
        chunk.set([0xff, 0xff, 0xff, 11]);
        endless(chunk)(socket);
      },
      /the server sends more bytes without a row than were asked for/,
    ],
    [
      "the same row for ever",
      (socket) => socket.write(resultSet([row(1)])),
      /the server sent rows out of the order of their key \(1\)/,
    ],
    [
      "packets out of order",
      (socket) => socket.write(packet(7, 1)),
      /the server's packets came out of order, or were changed on the way\. Bytes were lost or changed/,
    ],
  ])("with %s", async (_, answer, expected) => {
    server = await liar(1_000_000, (sql) => (sql.includes("ORDER BY") ? answer : undefined));
    const message = await failure();
    expect(message).toMatch(/^DatabaseError: MySQL test cannot be read/);
    expect(message).toMatch(expected);
    expect(process.memoryUsage().rss).toBeLessThan(1.5e9);
  });

  it("asks for a page again where the connection breaks before the page's first row", async () => {
    let asked = 0;
    server = await liar(3, (sql) => {
      if (sql.includes("`cohorts`"))
        return sql.includes("COUNT(") ? [["0"]] : (socket) => socket.write(EMPTY);
      if (!sql.includes("ORDER BY")) return undefined;
      if (!sql.includes("`n` > ")) return [row(1), row(2)];
      return ++asked === 1 ? (socket) => socket.destroy() : [row(3)];
    });
    expect(await failure()).toBe("it was read");
    expect(asked).toBe(2);
  });

  it("about the database that it chose", async () => {
    server = await startLiar((sql) => (sql.startsWith("SET") ? undefined : [["other"]]));
    expect(await failure()).toMatch(
      /^DatabaseError: MySQL test cannot be read: the server chose database other by itself\. Ask its administrator \(init_connect\)/,
    );
  });
});

describe("a password in what a server says", () => {
  const said = (message: string, secret: string) => reasonOf(new Error(message), secret);

  it("is struck out, but not in the middle of words", () => {
    expect(said("Access denied for a reader", "a")).toBe("Access denied for a reader");
    expect(said("Access denied for read of reader", "read")).toBe(
      "Access denied for *** of reader",
    );
    expect(said("no host x:read@db; read", "read")).toBe("no host x:***@db; ***");
    expect(said("xlong-secret-wordx", "long-secret-word")).toBe("x***x");
  });
});
