import { DATABASE_VARIABLES, SETTING_NAMES } from "../keep/settings";

export type Environment = Record<string, string | undefined>;

const NEEDED = `PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TMP TEMP
  TERM COLORTERM NO_COLOR FORCE_COLOR LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH
  NODE_OPTIONS NODE_PATH NODE_ICU_DATA NODE_NO_WARNINGS NODE_V8_COVERAGE NODE_COMPILE_CACHE
  NODE_DISABLE_COMPILE_CACHE NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED SSL_CERT_FILE
  SSL_CERT_DIR OPENSSL_CONF UV_THREADPOOL_SIZE RAYON_NUM_THREADS ESBUILD_BINARY_PATH TSX_DISABLE_CACHE
  SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS USERNAME USERPROFILE HOMEDRIVE HOMEPATH APPDATA
  LOCALAPPDATA PROGRAMDATA PROGRAMFILES NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE`.split(/\s+/);
const NEEDED_KINDS = /^(?:LC|POLARS)_/;

const known = new Set([...NEEDED, ...Object.values(SETTING_NAMES)]);
for (const name of DATABASE_VARIABLES) known.delete(name);

/** Security: cells may be a stranger's, and an environment has keys to databases and clouds. */
export function neededByKernel(environment: Environment): Environment {
  const needed = Object.entries(environment).filter(([name]) => {
    const upper = name.toUpperCase(); // Windows writes names in any case
    return known.has(upper) || NEEDED_KINDS.test(upper);
  });
  return Object.fromEntries(needed);
}
