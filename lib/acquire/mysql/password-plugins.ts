import { type AuthPlugin, authPlugins } from "mysql2";
import { codedError } from "./database-error";

/**
 * How the password may go to a server: never in plain letters. Two of MySQL's ways encrypt it with
 * a key that the server sends: without TLS anybody between could have it by sending a key of their
 * own. That is refused unless the server's key is given.
 *
 * @param isPrivate whether nobody else can be at the other end: TLS, or a socket of this machine
 * @param key the server's public RSA key in PEM, if there is one
 */
export function passwordPlugins(isPrivate: boolean, key?: Buffer): Record<string, AuthPlugin> {
  const inPlainLetters = { mysql_clear_password: () => () => Promise.reject(refusal()) };
  if (isPrivate) return inPlainLetters;
  const options = {
    serverPublicKey: key,
    onServerPublicKey: () => {
      throw refusal();
    },
  };
  return {
    ...inPlainLetters,
    caching_sha2_password: asynchronous(authPlugins.caching_sha2_password(options)),
    sha256_password: asynchronous(authPlugins.sha256_password(options)),
  };
}

/** The driver waits for what goes wrong in a promise; what is thrown to it ends the process. */
function asynchronous(plugin: AuthPlugin): AuthPlugin {
  return (about) => {
    const answer = plugin(about);
    return async (data) => (await answer(data)) as Buffer;
  };
}

function refusal(): Error {
  return codedError(
    "PASSWORD_ASKED_FOR",
    "the server asks for the password in a way that it, or anybody between, could read",
  );
}
