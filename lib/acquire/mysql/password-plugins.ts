import type { AuthPlugin } from "mysql2";
import { codedError } from "./database-error";

/**
 * How the password may be sent: never plain; without TLS or a local socket (`isPrivate`) encrypted
 * with `key` (PEM) only, never with a key that the server sends.
 */
export function passwordPlugins(isPrivate: boolean, key?: Buffer): Record<string, AuthPlugin> {
  const inPlainLetters = { mysql_clear_password: () => () => Promise.reject(refusal()) };
  if (isPrivate) return inPlainLetters;
  const { authPlugins } = require("mysql2") as typeof import("mysql2");
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

/** The driver waits for failed promises; what is thrown to it ends the process. */
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
