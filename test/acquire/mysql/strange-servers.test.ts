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
import { COHORTS_HEADER, useFolder } from "../../support/tiny-logs";

// Servers that are none, that want the password, or that lie: real sockets, written by hand.

const folder = useFolder();
let server: LyingServer | undefined;
afterEach(() => server?.stop());

async function failure(change: Partial<MysqlSettings> = {}): Promise<string> {
  const settings: MysqlSettings = {
    ...{ host: "127.0.0.1", port: server?.port ?? 0, user: "reader", password: "pass-word-8d1f" },
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
  it.each([
    ["caching_sha2_password", ["unreadable"]],
    ["sha256_password", ["unreadable"]],
    ["mysql_clear_password", []],
  ])("does not get it by %s, but encrypted with the key of the settings", async (plugin, got) => {
    const stolen: string[] = [];
    server = await startPasswordThief(plugin, (text) => stolen.push(text));
    expect(await failure()).toMatch(
      /^DatabaseError: MySQL test cannot be read: the server asks for the password in a way that it, or anybody between, could read\. Encrypt the connection \(CURRICULUM_LOGS_SSL not false\), or name a file with the server's public key in CURRICULUM_LOGS_SERVER_KEY\./,
    );
    expect(stolen).toEqual([]);
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const serverKey = folder.put("key.pem", publicKey.export({ type: "spki", format: "pem" }));
    await failure({ serverKey });
    expect([...new Set(stolen)]).toEqual(got);
  });

  it("names a key file that is not there", async () => {
    server = await startServer(() => {});
    expect(await failure({ serverKey: "/nowhere/key.pem" })).toMatch(
      /^SettingsError: CURRICULUM_LOGS_SERVER_KEY names a file that cannot be read: ENOENT/,
    );
  });
});

const BEGAN = "what answers there is no MySQL server: it began with ";
it.each<[string, (socket: Socket) => void, string]>([
  [
    "SSH",
    (socket) => socket.write("SSH-2.0-OpenSSH_9.2p1\r\n"),
    `${BEGAN}"SSH-2.0-OpenSSH_9.2p1\\r\\n". Check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT.`,
  ],
  [
    "mail, which ends at once",
    (socket) => socket.end("220 mail.example ESMTP\r\n"),
    `${BEGAN}"220 mail.example`,
  ],
  [
    "HTTP, which waits for a request",
    () => {},
    "the connection was taken, but there was no greeting within 1 s. It may be busy or stopped, or no MySQL server: check",
  ],
  [
    "one that ends the connection",
    (socket) => socket.end(),
    "the connection was taken and ended without a greeting. It may be busy or stopped, or no",
  ],
  ["hidden characters", (socket) => socket.write("\u001b[2Jxx\n"), `${BEGAN}"\\u001b[2Jxx\\n"`],
  [
    "MySQL's newer protocol",
    (socket) => socket.write(Buffer.from([5, 0, 0, 0, 0x0b, 8, 5, 0x1a, 0])),
    BEGAN,
  ],
])("what is no MySQL server is named so in one line: %s", async (_, talk, expected) => {
  server = await startServer(talk);
  const message = await failure();
  expect(message).toContain(`DatabaseError: MySQL test cannot be read: ${expected}`);
  expect(message).not.toContain("\n");
});

describe("a server that lies", () => {
  const columnsOf = (table: string, names: string, types: string, key: string) =>
    names.split(",").map((name, at) => {
      return [table, name, types.split(",")[at] as string, name === key ? "PRI" : ""];
    });
  const cohortTypes = "bigint,text,text,date,date,datetime,datetime,datetime,bigint";
  const logTypes = "date,time,text,bigint,bigint,varchar,bigint";
  const TABLES = [
    ...columnsOf("cohorts", COHORTS_HEADER, cohortTypes, "id"),
    ...columnsOf("logs", "date,time,path,user_id,cohort_id,ip,n", logTypes, "n"),
  ];
  const row = (n: number) => ["2018-01-26", "09:55:03", "/", "1", "8", "198.18.0.1", String(n)];
  const END = [0xfe, 0, 0, 2, 0];
  const EMPTY = Buffer.concat([
    ...[packet(1, 1), columnPacket(2, "c"), packet(3, ...END), packet(4, ...END)],
  ]);
  const empty = (socket: Socket) => void socket.write(EMPTY);
  /** The first row, as if more were to come. */
  const beginRows = (socket: Socket) => socket.write(resultSet([row(1)]).subarray(0, -9));

  /** Tells the truth but for one statement. */
  const liar = (count: number, lie: (sql: string) => Answer) =>
    startLiar((sql) => {
      if (sql.startsWith("SET")) return undefined;
      if (sql === "SELECT DATABASE()") return [["school"]];
      if (sql.includes("information_schema")) return TABLES;
      if (sql.includes("MAX(")) return [[String(count), String(count)]];
      return lie(sql) ?? [[String(count)]];
    });
  /** Sends for as long as somebody reads. */
  const endless = (socket: Socket, next: () => Buffer) => {
    const more = () => {
      while (!socket.destroyed && socket.write(next()));
    };
    socket.on("drain", more);
    more();
  };

  it("with fewer rows than it counts is found out", async () => {
    server = await liar(900_223, (sql) => {
      if (!sql.includes("ORDER BY")) return undefined;
      return sql.includes("`n` > ") ? empty : [row(1), row(2)];
    });
    expect(await failure()).toBe(
      "DatabaseError: MySQL test cannot be read: of 900,223 rows in table logs only 2 came. Something cuts answers short: a view, a limit or a proxy. Nothing was kept; ask the server's administrator.",
    );
  });

  it.each<[string, (socket: Socket) => void, RegExp]>([
    [
      "rows without end",
      (socket) => {
        let [n, sequence] = [1, 11];
        beginRows(socket);
        const text = (value: string) => [value.length, value];
        const next = () => packet(sequence++, ...row(++n).flatMap(text));
        endless(socket, () => Buffer.concat(Array.from({ length: 1000 }, next)));
      },
      /the server sends more rows \(over 2500\) than were asked for\. A server would not do that/,
    ],
    [
      "sixteen million columns",
      (socket) => {
        socket.write(packet(1, Buffer.from([0xfd, 0, 0, 0xf0])));
        const column = columnPacket(2, "c");
        endless(socket, () => column);
      },
      /the server sends more columns than were asked for/,
    ],
    [
      "a field without end",
      (socket) => {
        beginRows(socket);
        const chunk = Buffer.alloc(4 + 0xff_ff_ff, "x");
        chunk.set([0xff, 0xff, 0xff, 11]);
        endless(socket, () => chunk);
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
  ])("with %s is given up", async (_, answer, expected) => {
    server = await liar(1_000_000, (sql) => (sql.includes("ORDER BY") ? answer : undefined));
    const message = await failure();
    expect(message).toMatch(/^DatabaseError: MySQL test cannot be read/);
    expect(message).toMatch(expected);
    expect(process.memoryUsage().rss).toBeLessThan(1.5e9);
  });

  it("is asked for a page again where the connection breaks before the page's first row", async () => {
    let asked = 0;
    server = await liar(3, (sql) => {
      if (sql.includes("`cohorts`")) return sql.includes("COUNT(") ? [["0"]] : empty;
      if (!sql.includes("ORDER BY")) return undefined;
      if (!sql.includes("`n` > ")) return [row(1), row(2)];
      return ++asked === 1 ? (socket) => socket.destroy() : [row(3)];
    });
    expect(await failure()).toBe("it was read");
    expect(asked).toBe(2);
  });
});

it.each([
  ["Access denied for a reader", "a", "Access denied for a reader"],
  ["Access denied for read of reader", "read", "Access denied for *** of reader"],
  ["no host x:read@db; read", "read", "no host x:***@db; ***"],
  ["xlong-secret-wordx", "long-secret-word", "x***x"],
])("in %j the password %j is struck out, but not in the middle of words", (said, secret, told) => {
  expect(reasonOf(new Error(said), secret)).toBe(told);
});
