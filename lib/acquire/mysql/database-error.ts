import { SETTING_NAMES } from "../../keep/settings";
import { counted, formatCount } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";

/** The database cannot be reached, read or filled; the message never has the password. */
export class DatabaseError extends Error {
  override name = "DatabaseError";

  constructor(
    message: string,
    /** The driver's or the system's, as `ECONNREFUSED`. */
    readonly code = "",
  ) {
    super(message);
  }
}

export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const { host, port, socket, user, password, database, ssl, sslCa, serverKey } = SETTING_NAMES;
const { connectTimeout, readTimeout } = SETTING_NAMES;

const ADVICE_OF_CODES: Record<string, string> = {
  ECONNREFUSED: `No server answers there: check ${host} and ${port}, and whether it runs.`,
  "ECONNRESET EPIPE PROTOCOL_CONNECTION_LOST":
    "The connection broke: see whether the server runs, then try again.",
  ENOENT: `Check ${socket}: there is no such file.`,
  EACCES: `Check ${socket}: this user may not open it.`,
  ENOTFOUND: `Check ${host}: there is no such name.`,
  EAI_AGAIN: `Check ${host} and the network: the name cannot be looked up now.`,
  "EHOSTUNREACH ENETUNREACH": `Check ${host} and the network: there is no way to it.`,
  ETIMEDOUT: `The server does not answer: check ${host}, the network and any firewall, or allow more time in ${connectTimeout}.`,
  NO_GREETING: `It may be busy or stopped, or no MySQL server: check ${host} and ${port}, or allow more time in ${connectTimeout}.`,
  NOT_MYSQL: `Check ${host} and ${port}.`,
  PASSWORD_ASKED_FOR: `Encrypt the connection (${ssl} not false), or name a file with the server's public key in ${serverKey}.`,
  "DISORDER TLS_BROKEN":
    "Bytes were lost or changed on the way: try again; where it happens often, look at the network.",
  "TOO_MUCH NO_ORDER NO_DAY":
    "A server would not do that: check the server, and what lies between.",
  SILENT: `It may be busy or stopped: try again, or allow more time in ${readTimeout}.`,
  HANDSHAKE_NO_SSL_SUPPORT: `The server cannot encrypt. Let its administrator turn TLS on; where nobody can listen, as on this machine, set ${ssl} to false.`,
  ERR_TLS_CERT_ALTNAME_INVALID: `The server's certificate is for another name: set ${host} to the name that it is for, and check that this is the right server.`,
  CERT_HAS_EXPIRED: "The server's certificate has expired: its administrator must renew it.",
  "SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_GET_ISSUER_CERT": `Name the file of the authority that signed it in ${sslCa}.`,
  ER_ACCESS_DENIED_ERROR: `Check ${user} and ${password}.`,
  ER_HOST_NOT_PRIVILEGED: "The server takes no connections from here: ask its administrator.",
  ER_DBACCESS_DENIED_ERROR: `The user may not use it: check ${database} and the user's rights.`,
  "ER_TABLEACCESS_DENIED_ERROR ER_COLUMNACCESS_DENIED_ERROR":
    "The user lacks the right: ask the server's administrator for it.",
  ER_BAD_DB_ERROR: `Check ${database}.`,
  ER_CON_COUNT_ERROR: "Too many are connected: try again later.",
  ER_TOO_MANY_USER_CONNECTIONS: "Too many are connected as this user: try again later.",
  ER_USER_LIMIT_REACHED:
    "The server limits this user: end other programs that use it, try again later, or ask its administrator for more.",
  ER_QUERY_INTERRUPTED: "Somebody stopped the query: ask the server's administrator.",
  "ER_STATEMENT_TIMEOUT ER_QUERY_TIMEOUT":
    "The server allows no query to take that long: ask its administrator for more time.",
  ER_NET_PACKET_TOO_LARGE: "Raise max_allowed_packet on the server.",
  "ER_RECORD_FILE_FULL ER_DISK_FULL": "The server's disk is full.",
};
const ADVICE = new Map(
  Object.entries(ADVICE_OF_CODES).flatMap(([codes, advice]) =>
    codes.split(" ").map((code) => [code, advice]),
  ),
);

/** MariaDB's numbers that the driver, which knows MySQL's, names otherwise. */
const CODE_OF_NUMBER: Record<number, string> = { 1969: "ER_STATEMENT_TIMEOUT" };

const CODE_OF_MESSAGE: [RegExp, string][] = [
  [/^the server asks for the password/, "PASSWORD_ASKED_FOR"],
  [/does not support secure connection/i, "HANDSHAKE_NO_SSL_SUPPORT"],
  [/altname|does not match certificate/i, "ERR_TLS_CERT_ALTNAME_INVALID"],
  [/self[- ]signed certificate/i, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  [/unable to verify the first|unable to get (local )?issuer/i, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  [/certificate has expired/i, "CERT_HAS_EXPIRED"],
];

/** An error as one line: what failed, why (without the password), what to do. */
export function databaseError(
  error: unknown,
  what: string,
  secret: string | undefined,
  otherwise = "",
): DatabaseError {
  const code = errorCode(error);
  const advice = [ADVICE.get(code) ?? "", otherwise].filter(Boolean).join(" ");
  return new DatabaseError(`${what}: ${reasonOf(error, secret)}. ${advice}`.trim(), code);
}

/** A part of a table must not pass for the whole. */
export function tooFewRows(
  place: string,
  table: string,
  read: number,
  there: number,
): DatabaseError {
  return new DatabaseError(
    `${place} cannot be read: of ${counted(there, "row")} in table ${visibleText(table)} only ${formatCount(read)} came. Something cuts answers short: a view, a limit or a proxy. Nothing was kept; ask the server's administrator.`,
    "TOO_FEW_ROWS",
  );
}

const LONGEST_REASON = 300;

export function reasonOf(error: unknown, secret: string | undefined): string {
  const { message = "", code = "" } = error as { message?: string; code?: string };
  const words = (error as { sqlMessage?: string }).sqlMessage ?? message;
  // a server's words are a stranger's text
  return visibleText(without(secret, words) || code, { max: LONGEST_REASON }).replace(/\.$/, "");
}

/** A shorter password is part of many words: striking it out would tell it. */
const SHORTEST_STRUCK_OUT = 4;
/** A longer one is struck out within words too. */
const LONGEST_WORD = 8;

function without(secret: string | undefined, words: string): string {
  if (secret === undefined || secret.length < SHORTEST_STRUCK_OUT) return words;
  if (secret.length > LONGEST_WORD) return words.replaceAll(secret, "***");
  const parts = words.split(secret);
  return parts.reduce((told, part) => {
    const isInWord = /[\p{L}\p{N}]$/u.test(told) || /^[\p{L}\p{N}]/u.test(part);
    return `${told}${isInWord ? secret : "***"}${part}`;
  });
}

export function errorCode(error: unknown): string {
  const { code = "", message = "", errno = 0 } = error as NodeJS.ErrnoException;
  const known = CODE_OF_NUMBER[errno] ?? code;
  if (ADVICE.has(known)) return known;
  if (known.startsWith("ERR_SSL_")) return "TLS_BROKEN";
  return CODE_OF_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? known;
}
