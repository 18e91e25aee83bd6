import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import type { Connection, ConnectionOptions } from "mysql2";
import { SETTING_NAMES, SettingsError, WHERE_TO_SET } from "../../keep/settings";
import { codedError } from "./database-error";
import { type ConnectionSettings, openSocket } from "./open-socket";
import { passwordPlugins } from "./password-plugins";

/** As the driver gives it: numbers beyond 2^53 are text, binary columns bytes. */
export type DatabaseRow = (string | number | Buffer | null)[];

/** How often a connection is checked for silence. */
const LOOK_MS = 200;
const SECOND = 1000;
// No statement here asks for more.
const MOST_BYTES_WITHOUT_ROW = 64 * 2 ** 20;
const MOST_COLUMNS = 1000;
const MOST_ROWS = 1_000_000;

/** Undoes what `init_connect` may have set to cut or change answers. */
const UNLIMITED = [
  "SET NAMES utf8mb4",
  "SET SESSION sql_select_limit = 18446744073709551615, SESSION sql_big_selects = 1",
];

export class DatabaseConnection {
  private readonly driver: DriverInside;

  private constructor(
    private readonly connection: Connection,
    private readonly readTimeout: number,
  ) {
    this.driver = connection as unknown as DriverInside;
  }

  /** Connects; TLS, unless turned off, needs a certificate of a known authority for this host. */
  static async open(settings: ConnectionSettings): Promise<DatabaseConnection> {
    const options = connectionOptions(settings);
    const opened = openSocket(settings);
    // Loaded where a server is asked: it takes a fifth of the library's start.
    const { createConnection } = require("mysql2") as typeof import("mysql2");
    const connection = createConnection({ ...options, stream: () => opened.socket });
    // without a listener an error between queries would end the process
    connection.on("error", () => {});
    const open = new DatabaseConnection(connection, settings.readTimeout);
    refuseDisorder(open.driver);
    try {
      await new Promise<void>((done, fail) => {
        connection.connect((error) => (error ? fail(error) : done()));
      });
    } catch (error) {
      opened.socket.destroy();
      throw opened.complaint(error) ?? error;
    }
    for (const statement of UNLIMITED) await open.run(statement);
    return open;
  }

  async run(sql: string): Promise<void> {
    await this.stream(sql, () => {});
  }

  async rows(sql: string): Promise<DatabaseRow[]> {
    const rows: DatabaseRow[] = [];
    await this.stream(sql, (row) => rows.push(row));
    return rows;
  }

  async count(sql: string): Promise<number> {
    const [[count = 0] = []] = await this.rows(sql);
    return Number(count);
  }

  /** Hands over rows; ends the connection if `onRow` throws or more than `most` come. */
  stream(sql: string, onRow: (row: DatabaseRow) => void, most = MOST_ROWS): Promise<void> {
    return new Promise((resolve, reject) => {
      let rows = 0;
      let hasEnded = false;
      const end = (settle: () => void) => {
        hasEnded = true;
        clearInterval(timer);
        this.connection.off("error", fail);
        settle();
      };
      const fail = (error: Error) => end(() => reject(error));
      const giveUp = (error: Error) => {
        fail(error);
        this.connection.destroy();
      };
      const timer = this.watch(() => rows, giveUp);
      // a connection lost while rows arrive is told here only
      this.connection.on("error", fail);
      this.connection
        .query({ sql, rowsAsArray: true })
        .on("error", fail)
        .on("result", (row: unknown) => {
          // the driver goes on handing over rows after the end
          if (hasEnded || !Array.isArray(row)) return;
          try {
            if (++rows > most) throw tooMuch(`rows (over ${most})`);
            onRow(row as DatabaseRow);
          } catch (error) {
            // thrown on, it would end the process
            giveUp(error as Error);
          }
        })
        .on("end", () => end(resolve));
    });
  }

  /** Ends a connection that is silent, or sends without end. */
  private watch(rowsSoFar: () => number, giveUp: (error: Error) => void): NodeJS.Timeout {
    let silentFor = 0;
    let bytes = -1;
    let rows = -1;
    let bytesAtLastRow = 0;
    // looks are counted: a pause of this process is no silence of the server
    return setInterval(() => {
      const { bytesRead } = this.driver.stream;
      silentFor = bytesRead === bytes ? silentFor + LOOK_MS : 0;
      bytes = bytesRead;
      if (rowsSoFar() !== rows) [rows, bytesAtLastRow] = [rowsSoFar(), bytesRead];
      if (silentFor >= this.readTimeout * SECOND) {
        giveUp(codedError("SILENT", `the server has sent nothing for ${this.readTimeout} s`));
      } else if (bytesRead - bytesAtLastRow > MOST_BYTES_WITHOUT_ROW) {
        giveUp(tooMuch("bytes without a row"));
      }
    }, LOOK_MS);
  }

  async close(): Promise<void> {
    await atMost(SECOND, (done) => this.connection.end(done));
    await this.destroy();
  }

  /** Ends the connection; the server then gives up its locks. */
  async destroy(): Promise<void> {
    const { stream } = this.driver;
    await atMost(SECOND, (done) => {
      if (stream.closed) done();
      else stream.once("close", done);
      this.connection.destroy();
    });
  }
}

async function atMost(milliseconds: number, work: (done: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    work(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function tooMuch(what: string): Error {
  return codedError("TOO_MUCH", `the server sends more ${what} than were asked for`);
}

interface DriverInside {
  handlePacket: (packet?: { sequenceId: number }) => void;
  sequenceId: number;
  _command?: { _fieldCount?: number };
  stream: Socket;
}

/** Refuses packets out of order and too many columns: the driver would go on. */
function refuseDisorder(driver: DriverInside): void {
  const handle = driver.handlePacket.bind(driver);
  driver.handlePacket = (packet) => {
    if (packet !== undefined && packet.sequenceId !== driver.sequenceId) {
      const words = "the server's packets came out of order, or were changed on the way";
      driver.stream.destroy(codedError("DISORDER", words));
      return;
    }
    handle(packet);
    if ((driver._command?._fieldCount ?? 0) > MOST_COLUMNS)
      driver.stream.destroy(tooMuch("columns"));
  };
}

function connectionOptions(settings: ConnectionSettings): ConnectionOptions {
  const { host, port, socket, user, password, database, ssl, sslCa, serverKey } = settings;
  const tls = { verifyIdentity: true, ...(sslCa && { ca: readKeyFile("sslCa", sslCa) }) };
  const key = serverKey === undefined ? undefined : readKeyFile("serverKey", serverKey);
  return {
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    ...{ user, password, database },
    ...(ssl ? { ssl: tls } : {}),
    authPlugins: passwordPlugins(ssl || socket !== undefined, key),
    connectTimeout: settings.connectTimeout * SECOND,
    // no server may ask for a file of ours
    flags: ["-LOCAL_FILES"],
    dateStrings: true,
    supportBigNumbers: true,
  };
}

function readKeyFile(setting: "sslCa" | "serverKey", path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SettingsError(
      `${SETTING_NAMES[setting]} names a file that cannot be read: ${(error as Error).message}. ${WHERE_TO_SET}.`,
    );
  }
}
