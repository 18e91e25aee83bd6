import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseConnection } from "../../../lib/acquire/mysql/connection";
import { errorCode } from "../../../lib/acquire/mysql/database-error";
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
    server = await startMariaDb({
      network: true,
      args: [`--ssl-cert=${cert}`, `--ssl-key=${key}`],
    });
    addReader(server);
    server.sql("CREATE DATABASE curriculum_logs");
    const { socket: _, ...rest } = readerSettings(server);
    settings = { ...rest, host: right, port: server.port as number, ssl: true, sslCa: ca };
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(certificates, { recursive: true, force: true });
  });

  const failure = async (change: Partial<MysqlSettings>): Promise<Error> =>
    queryLogs({ ...settings, ...change }, "MySQL test", { notice: () => {}, live: () => {} }).then(
      () => new Error("it was read"),
      (error) => error,
    );

  it("encrypts where authority and host are right", async () => {
    const connection = await DatabaseConnection.open(settings);
    const [[, cipher] = []] = await connection.rows("SHOW STATUS LIKE 'Ssl_cipher'");
    await connection.close();
    expect(cipher).toMatch(/^TLS_/);
  });

  it("refuses a certificate that is for another name", async () => {
    const error = await failure({ host: wrong });
    expect(errorCode(error)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(error.message).toMatch(
      /^MySQL test cannot be read: Hostname\/IP does not match certificate's altnames: .*\. The server's certificate is for another name: set CURRICULUM_LOGS_HOST to the name that it is for/,
    );
  });

  it("refuses a certificate of an authority that it does not know", async () => {
    expect((await failure({ sslCa: undefined })).message).toMatch(
      /^MySQL test cannot be read: .*(certificate|issuer).*\. Name the file of the authority that signed it in CURRICULUM_LOGS_SSL_CA\./,
    );
  });

  it("says that the authority's file is not there, or is none", async () => {
    const sslCa = join(folder.path(), "none.pem");
    expect((await failure({ sslCa })).message).toMatch(
      /^CURRICULUM_LOGS_SSL_CA names a file that cannot be read: .*none\.pem.* Set it in \.env/,
    );
    expect((await failure({ sslCa: folder.put("text.pem", "hello") })).message).toMatch(
      /^MySQL test cannot be read: .*\. Name the file of the authority that signed it in CURRICULUM_LOGS_SSL_CA\./,
    );
  });
});
