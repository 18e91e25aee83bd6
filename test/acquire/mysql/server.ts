import { afterAll, beforeAll } from "vitest";
import { type QueryLogsOptions, queryLogs } from "../../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { type MariaDb, startMariaDb } from "../../support/mariadb";
import { addReader, readerSettings } from "../../support/reader";
import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy";

interface UsedServer {
  server: MariaDb;
  /** Stands before the server where that has a network. */
  proxy: TcpProxy;
  settings: MysqlSettings;
  query: (
    change?: Partial<MysqlSettings>,
    options?: Partial<QueryLogsOptions>,
  ) => ReturnType<typeof queryLogs>;
  /** What `query` says where it fails. */
  failure: (change: Partial<MysqlSettings>) => Promise<Error>;
  /** Runs statements on the server; gives its answer. */
  sql: (statements: string) => string;
}

/** A server with a reader, for all tests of a `describe`. */
export function useServer({ network = false } = {}): UsedServer {
  const used = {} as UsedServer;
  used.query = (change = {}, options = {}) =>
    queryLogs({ ...used.settings, ...change }, "MySQL test", {
      notice: () => {},
      live: () => {},
      waits: [50, 100, 200, 400],
      ...options,
    });
  used.failure = (change) =>
    used.query(change).then(
      () => new Error("it was read"),
      (error) => error,
    );
  used.sql = (statements) => used.server.sql(statements);
  beforeAll(async () => {
    used.server = await startMariaDb({ network });
    addReader(used.server);
    used.settings = readerSettings(used.server);
    if (!network) return;
    used.proxy = await startTcpProxy(used.server.port as number);
    const { socket: _, ...rest } = used.settings;
    used.settings = { ...rest, host: "127.0.0.1", port: used.proxy.port };
  });
  afterAll(async () => {
    used.proxy?.stop();
    await used.server?.stop();
  });
  return used;
}
