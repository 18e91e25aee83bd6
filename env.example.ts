// Settings. Without any, everything runs on the sample.
//
// To set some, copy this file to env.ts, which git ignores, and either write values
// here or, better, in a file named .env beside it, one `NAME=value` a line. What is set
// in the environment comes before both.

import { join } from "node:path";
import { config } from "dotenv";
import type { Settings } from "./lib/keep/settings";

const env: Record<string, string> = {};
config({ path: join(__dirname, ".env"), processEnv: env, quiet: true });

const settings: Settings = {
  // The database, MySQL or one that speaks its protocol. It is used as soon as there
  // are a user, and a host or a socket; a user who may only read is enough.

  /** Server's name or address. */
  host: env.CURRICULUM_LOGS_HOST,
  /** Server's port; 3306 where not set. */
  port: env.CURRICULUM_LOGS_PORT,
  /** In place of host and port: the socket file of a server on this machine. */
  socket: env.CURRICULUM_LOGS_SOCKET,
  /** Name to sign in with. */
  user: env.CURRICULUM_LOGS_USER,
  /** Password; no message ever shows it. */
  password: env.CURRICULUM_LOGS_PASSWORD,
  /** Database with tables `logs` and `cohorts`; curriculum_logs where not set. */
  database: env.CURRICULUM_LOGS_DATABASE,
  /**
   * false: do not encrypt the connection. Whoever is between can then read and change the log, and
   * can try out passwords on what they have heard: only for a server on this machine. true where
   * not set, except on a socket: encrypt it and check the server's certificate.
   */
  ssl: env.CURRICULUM_LOGS_SSL,
  /** File with the certificate of the authority that signed the server's, where that is not a public one. */
  sslCa: env.CURRICULUM_LOGS_SSL_CA,
  /** File with the server's public RSA key (PEM). With ssl false, servers that ask for the password encrypted by it are refused unless it is given. */
  serverKey: env.CURRICULUM_LOGS_SERVER_KEY,
  /** Seconds until the server must have let us in; 10 where not set. */
  connectTimeout: env.CURRICULUM_LOGS_CONNECT_TIMEOUT,
  /** Seconds for which the server may be silent while it is read; 60 where not set. */
  readTimeout: env.CURRICULUM_LOGS_READ_TIMEOUT,
  /** Tables and columns that the database calls otherwise: `logs=access, user_id=student` in .env, { logs: "access", user_id: "student" } here. */
  names: env.CURRICULUM_LOGS_NAMES,

  // What to read.

  /** mysql, files or sample. Where not set: MySQL when configured, else files found in data/, else the sample. */
  source: env.CURRICULUM_LOGS_SOURCE,
  /** Rows of the sample; 900223, the real number, where not set. */
  rows: env.CURRICULUM_LOGS_ROWS,
  /** How many stories of each kind are planted in the sample beside the published ones. */
  anomalies: env.CURRICULUM_LOGS_ANOMALIES,
  /** Seed of the sample: the same seed gives the same rows. 1 where not set. */
  seed: env.CURRICULUM_LOGS_SEED,
  /** Folder with your own files, in which cache/ is made; data/ where not set. */
  data: env.CURRICULUM_LOGS_DATA,
  /** error or set-aside: what a line that cannot be read leads to. error where not set; with set-aside the others are read and it is written to out/. */
  onBadRows: env.CURRICULUM_LOGS_ON_BAD_ROWS,
};

export default settings;
