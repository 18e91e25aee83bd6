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
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { queryLogs } from "../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../lib/keep/settings";
import { COHORTS_TABLE, logsTable } from "../acquire/mysql/tables";
import { makeCertificate } from "../support/certificates";
import { startMariaDb } from "../support/mariadb";
import { randomIntegers } from "../support/random";
import { addReader, readerSettings } from "../support/reader";
import { startTcpProxy } from "../support/tcp-proxy";

/** How many reads ended with the same rows, in one try or after a notice, with other rows, or with an error. */
export interface Flips {
  same: number;
  afterNotice: number;
  changed: number;
  /** Other rows, but a note said so. */
  changedWithNote: number;
  errors: Map<string, number>;
}

/** Reads `reads` times, each time with one bit changed. */
export async function flipBytes(reads: number, seed: number, isEncrypted: boolean): Promise<Flips> {
  const folder = mkdtempSync(join(tmpdir(), "flipped-"));
  const tls = isEncrypted ? makeCertificate(folder, "DNS:localhost") : undefined;
  const args = tls ? [`--ssl-cert=${tls.cert}`, `--ssl-key=${tls.key}`] : [];
  const server = await startMariaDb({ network: true, args });
  const random = randomIntegers(seed);
  const proxy = await startTcpProxy(server.port as number);
  try {
    addReader(server);
    server.sql(`CREATE DATABASE curriculum_logs CHARACTER SET utf8mb4; USE curriculum_logs;
${COHORTS_TABLE} INSERT INTO cohorts (id, name) SELECT seq, 'class' FROM seq_1_to_20;
${logsTable(6000, { more: ", seq AS n" })} ALTER TABLE logs ADD PRIMARY KEY (n);`);
    const { socket: _, ...rest } = readerSettings(server);
    const settings: MysqlSettings = {
      ...{ ...rest, host: "localhost", port: proxy.port },
      ...{ ssl: isEncrypted, sslCa: tls?.ca, readTimeout: 1, connectTimeout: 2 },
    };
    const read = (notices: string[]) =>
      queryLogs(settings, "MySQL", {
        notice: (line) => notices.push(line),
        live: () => {},
        waits: [1, 1, 1, 1],
      });
    const whole = await read([]);
    const bytes = proxy.sent;
    const counts = { same: 0, afterNotice: 0, changed: 0, changedWithNote: 0 };
    const errors = new Map<string, number>();
    for (let done = 0; done < reads; done++) {
      proxy.after(random(0, bytes - 1), (next, at) => {
        next[at] = (next[at] as number) ^ (1 << random(0, 7));
      });
      const notices: string[] = [];
      try {
        const { tables, notes } = await read(notices);
        const isSame = ["logs", "cohorts"].every((name) =>
          (tables[name] as pl.DataFrame).frameEqual(whole.tables[name] as pl.DataFrame, true),
        );
        if (isSame) counts[notices.length > 0 ? "afterNotice" : "same"]++;
        else counts[notes.length > 0 ? "changedWithNote" : "changed"]++;
      } catch (error) {
        const { name, message, code = "" } = error as Error & { code?: string };
        // one that is not ours was not expected
        const kind = /^(DatabaseError|DataFileError)$/.test(name) ? `${name} ${code}` : message;
        errors.set(kind, (errors.get(kind) ?? 0) + 1);
      }
    }
    return { ...counts, errors };
  } finally {
    proxy.stop();
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
