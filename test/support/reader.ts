import type { MysqlSettings } from "../../lib/keep/settings";
import type { MariaDb } from "./mariadb";

/** Everything that is written during a test is searched for it. */
export const PASSWORD = "pass'word-8d1f";

/** Makes a user who may do everything, so that nothing but the session keeps it from writing. */
export function addReader(server: MariaDb): void {
  const password = PASSWORD.replace("'", "''");
  for (const host of ["localhost", "127.0.0.1"]) {
    server.sql(
      `CREATE USER reader@'${host}' IDENTIFIED BY '${password}'; GRANT ALL ON *.* TO reader@'${host}';`,
    );
  }
}

/** Settings for the server's socket. */
export function readerSettings(server: MariaDb): MysqlSettings {
  return {
    socket: server.socket,
    port: 3306,
    user: "reader",
    password: PASSWORD,
    database: "curriculum_logs",
    ssl: false,
    connectTimeout: 10,
    readTimeout: 30,
    names: {},
  };
}
