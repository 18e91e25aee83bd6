import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { type Connection, type ConnectionOptions, createConnection } from "mysql2";
import { type MysqlSettings, SETTING_NAMES, SettingsError, WHERE_TO_SET } from "../settings";

/** A row as the driver gives it: text, numbers (text beyond 2^53), bytes of binary columns, null. */
export type DatabaseRow = (string | number | Buffer | null)[];

/** What a connection takes; without a database none is chosen. */
export type ConnectionSettings = Omit<MysqlSettings, "database"> & { database?: string };

/** How often a connection that must not fall silent is looked at. */
const LOOK_MS = 200;
const SECOND = 1000;

/**
 * A connection through which statements go one after another. A server that falls silent for
 * longer than the settings allow is an error of code `SILENT`.
 */
export class DatabaseConnection {
  private constructor(
    private readonly connection: Connection,
    private readonly readTimeout: number,
  ) {}

  /**
   * Connects, with TLS unless it is turned off: the server's certificate must then be signed by a
   * known authority, and be for the host that was asked for.
   *
   * @throws {SettingsError} where the authority's file cannot be read
   * @throws the driver's or the system's error
   */
  static async open(settings: ConnectionSettings): Promise<DatabaseConnection> {
    const connection = createConnection(connectionOptions(settings));
    // without a listener of its own an error between queries would end the process
    connection.on("error", () => {});
    await new Promise<void>((done, fail) => {
      connection.connect((error) => (error ? fail(error) : done()));
    });
    return new DatabaseConnection(connection, settings.readTimeout);
  }

  /** Sends a statement whose answer is not wanted. */
  async run(sql: string): Promise<void> {
    await this.stream(sql, () => {});
  }

  /** All rows of a short answer. */
  async rows(sql: string): Promise<DatabaseRow[]> {
    const rows: DatabaseRow[] = [];
    await this.stream(sql, (row) => rows.push(row));
    return rows;
  }

  /**
   * Hands over an answer's rows as they arrive; none is kept here. Where `onRow` throws, that is
   * the answer, and the connection is ended.
   */
  stream(sql: string, onRow: (row: DatabaseRow) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let silentFor = 0;
      let bytes = -1;
      let hasEnded = false;
      // Looks are counted, not hours: after a pause of this process itself nobody was silent.
      const timer = setInterval(() => {
        const { bytesRead } = (this.connection as unknown as { stream: Socket }).stream;
        silentFor = bytesRead === bytes ? silentFor + LOOK_MS : 0;
        bytes = bytesRead;
        if (silentFor < this.readTimeout * SECOND) return;
        end(() => reject(silence(this.readTimeout)));
        this.connection.destroy();
      }, LOOK_MS);
      const end = (settle: () => void) => {
        hasEnded = true;
        clearInterval(timer);
        this.connection.off("error", fail);
        settle();
      };
      const fail = (error: Error) => end(() => reject(error));
      // a connection lost while rows arrive is told here, not to the query
      this.connection.on("error", fail);
      this.connection
        .query({ sql, rowsAsArray: true })
        .on("error", fail)
        .on("result", (row: unknown) => {
          // the driver hands over what it has, also of a connection that is ended
          if (hasEnded || !Array.isArray(row)) return;
          try {
            onRow(row as DatabaseRow);
          } catch (error) {
            // thrown on, it would end the process from within the driver
            fail(error as Error);
            this.connection.destroy();
          }
        })
        .on("end", () => end(resolve));
    });
  }

  /** Says good-bye to the server, and ends the connection in any case. */
  async close(): Promise<void> {
    await atMost(SECOND, (done) => this.connection.end(done));
    await this.destroy();
  }

  /** Ends the connection; the server then lets go of what it had locked for it. */
  async destroy(): Promise<void> {
    const { stream } = this.connection as unknown as { stream: Socket };
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

function silence(seconds: number): Error {
  return Object.assign(new Error(`the server has sent nothing for ${seconds} s`), {
    code: "SILENT",
  });
}

function connectionOptions(settings: ConnectionSettings): ConnectionOptions {
  const { host, port, socket, user, password, database, ssl, sslCa, connectTimeout } = settings;
  return {
    ...(socket === undefined
      ? { host, port, stream: () => openSocket(host as string, port) }
      : { socketPath: socket }),
    user,
    password,
    database,
    ...(ssl ? { ssl: { verifyIdentity: true, ...(sslCa && { ca: readCertificate(sslCa) }) } } : {}),
    connectTimeout: connectTimeout * SECOND,
    // no server may ask for a file of ours
    flags: ["-LOCAL_FILES"],
    // dates and times as the database writes them, and big numbers to the last digit
    dateStrings: true,
    supportBigNumbers: true,
  };
}

/**
 * The driver's own socket, but one that knows its host also where that is an address: TLS
 * otherwise compares such a server's certificate with the name `localhost`.
 */
function openSocket(host: string, port: number): Socket {
  const socket = connect(port, host);
  socket.setKeepAlive(true);
  socket.setNoDelay(true);
  return Object.assign(socket, { _host: host });
}

function readCertificate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SettingsError(
      `${SETTING_NAMES.sslCa} names a file that cannot be read: ${(error as Error).message}. ${WHERE_TO_SET}.`,
    );
  }
}
