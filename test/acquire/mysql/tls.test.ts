import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseConnection } from "../../../lib/acquire/mysql/connection";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { hasOpenssl, makeCertificate } from "../../support/certificates";
import { hasMariaDb, type MariaDb, startMariaDb } from "../../support/mariadb";
import { addReader, readerSettings } from "../../support/reader";
import { useFolder } from "../../support/tiny-logs";

const folder = useFolder();

describe.skipIf(!hasMariaDb || !hasOpenssl).each([
  // the certificate's name, the host that it is for, and another way to the same server
  ["DNS:localhost", "localhost", "127.0.0.1"],
  ["IP:127.0.0.1", "127.0.0.1", "localhost"],
])("TLS with a certificate for %s (needs mariadb-server and openssl)", (name, right, wrong) => {
  const certificates = mkdtempSync(join(tmpdir(), "certificates-"));
  let server: MariaDb;
  let settings: MysqlSettings;

  beforeAll(async () => {
    const { ca, cert, key } = makeCertificate(certificates, name);
    const args = [`--ssl-cert=${cert}`, `--ssl-key=${key}`];
    server = await startMariaDb({ network: true, args });
    addReader(server);
    server.sql("CREATE DATABASE curriculum_logs");
    const { socket: _, ...rest } = readerSettings(server);
    settings = { ...rest, host: right, port: server.port as number, ssl: true, sslCa: ca };
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(certificates, { recursive: true, force: true });
  });

  it("encrypts where authority and host are right", async () => {
    const connection = await DatabaseConnection.open(settings);
    const [[, cipher] = []] = await connection.rows("SHOW STATUS LIKE 'Ssl_cipher'");
    await connection.close();
    expect(cipher).toMatch(/^TLS_/);
  });

  const NAME_AUTHORITY =
    /^MySQL test cannot be read: .*\. Name the file of the authority that signed it in CURRICULUM_LOGS_SSL_CA\./;
  it.each<[string, () => Partial<MysqlSettings>, RegExp]>([
    [
      "a certificate that is for another name",
      () => ({ host: wrong }),
      /^MySQL test cannot be read: Hostname\/IP does not match certificate's altnames: .*\. The server's certificate is for another name: set CURRICULUM_LOGS_HOST to the name that it is for/,
    ],
    ["an authority that it does not know", () => ({ sslCa: undefined }), NAME_AUTHORITY],
    ["a file that is none", () => ({ sslCa: folder.put("text.pem", "hello") }), NAME_AUTHORITY],
    [
      "a file that is not there",
      () => ({ sslCa: join(folder.path(), "none.pem") }),
      /^CURRICULUM_LOGS_SSL_CA names a file that cannot be read: .*none\.pem.* Set it in \.env/,
    ],
  ])("refuses %s", async (_, change, message) => {
    const options = { notice: () => {}, live: () => {} };
    const reading = queryLogs({ ...settings, ...change() }, "MySQL test", options);
    await expect(reading).rejects.toThrow(message);
  });
});
