/**
 * What becomes of a read when one byte of what the server sends is changed on the way:
 *
 *     node --require ./lib/typescript.cjs test/fuzz/flipped-bytes.ts [reads] [seed] [tls]
 *
 * Each read is of a small table through a proxy that changes one bit at a random place. It ends
 * with the same rows, with an error, or with other rows, which without TLS nobody can notice
 * where the byte stood in a value. Needs mariadb-server, and openssl for `tls`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { queryLogs } from "../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../lib/keep/settings";
import { makeCertificate } from "../support/certificates";
import { startMariaDb } from "../support/mariadb";
import { randomIntegers } from "../support/random";
import { addReader, readerSettings } from "../support/reader";

export interface Flips {
  /** The same rows, in one try or after a notice. */
  same: number;
  afterNotice: number;
  /** Ended with an error. */
  errors: Map<string, number>;
  /** Other rows, and whether a note said so. */
  changed: number;
  changedWithNote: number;
}

/** Reads `reads` times, each time with one bit changed. */
export async function flipBytes(reads: number, seed: number, isEncrypted: boolean): Promise<Flips> {
  const folder = mkdtempSync(join(tmpdir(), "flipped-"));
  const { ca, cert, key } = isEncrypted
    ? makeCertificate(folder, "DNS:localhost")
    : { ca: undefined, cert: "", key: "" };
  const server = await startMariaDb({
    network: true,
    args: isEncrypted ? [`--ssl-cert=${cert}`, `--ssl-key=${key}`] : [],
  });
  const random = randomIntegers(seed);
  let passed = 0;
  let flipAt = Number.POSITIVE_INFINITY;
  const proxy = createServer((client) => {
    const upstream = connect(server.port as number, "127.0.0.1");
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on("error", () => {});
      socket.on("close", () => other.destroy());
    }
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      const at = flipAt - passed;
      if (at >= 0 && at < bytes.length) {
        bytes[at] = (bytes[at] as number) ^ (1 << random(0, 7));
        flipAt = Number.POSITIVE_INFINITY;
      }
      passed += bytes.length;
      client.write(bytes);
    });
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  try {
    addReader(server);
    server.sql(`CREATE DATABASE curriculum_logs CHARACTER SET utf8mb4; USE curriculum_logs;
CREATE TABLE cohorts (id INT PRIMARY KEY, name TEXT, slack TEXT, start_date DATE, end_date DATE,
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);
INSERT INTO cohorts (id, name) SELECT seq, 'class' FROM seq_1_to_20;
CREATE TABLE logs ENGINE=InnoDB AS SELECT seq AS n,
  DATE('2018-01-26') + INTERVAL seq DIV 300 DAY AS date, SEC_TO_TIME(seq DIV 3 MOD 86400) AS time,
  CAST(CONCAT('lesson/', seq) AS CHAR(64)) AS path, seq MOD 500 AS user_id, 8 AS cohort_id, '198.18.0.1' AS ip
  FROM seq_1_to_6000; ALTER TABLE logs ADD PRIMARY KEY (n);`);
    const { socket: _, ...rest } = readerSettings(server);
    const settings: MysqlSettings = {
      ...{ ...rest, host: "localhost", port: (proxy.address() as { port: number }).port },
      ...{ ssl: isEncrypted, sslCa: ca, readTimeout: 1, connectTimeout: 2 },
    };
    const read = (notices: string[]) =>
      queryLogs(settings, "MySQL", {
        notice: (line) => notices.push(line),
        live: () => {},
        waits: [1, 1, 1, 1],
      });
    const whole = await read([]);
    const bytes = passed;
    const result: Flips = {
      ...{ same: 0, afterNotice: 0, errors: new Map() },
      ...{ changed: 0, changedWithNote: 0 },
    };
    for (let done = 0; done < reads; done++) {
      passed = 0;
      flipAt = random(0, bytes - 1);
      const notices: string[] = [];
      try {
        const { tables, notes } = await read(notices);
        const isSame = ["logs", "cohorts"].every((name) =>
          (tables[name] as pl.DataFrame).frameEqual(whole.tables[name] as pl.DataFrame, true),
        );
        if (isSame && notices.length > 0) result.afterNotice++;
        else if (isSame) result.same++;
        else if (notes.length > 0) result.changedWithNote++;
        else result.changed++;
      } catch (error) {
        const { name, message, code = "" } = error as Error & { code?: string };
        // one that is not ours was not expected
        const kind = /^(DatabaseError|DataFileError)$/.test(name) ? `${name} ${code}` : message;
        result.errors.set(kind, (result.errors.get(kind) ?? 0) + 1);
      }
    }
    return result;
  } finally {
    proxy.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) {
  const [reads = "1000", seed = "1", tls] = process.argv.slice(2);
  void flipBytes(Number(reads), Number(seed), tls === "tls").then((result) => {
    console.log(`${reads} reads, seed ${seed}, ${tls === "tls" ? "TLS" : "no TLS"}`);
    console.log(result);
    process.exit(0);
  });
}
