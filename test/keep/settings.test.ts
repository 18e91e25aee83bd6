import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { readSettings, SETTING_NAMES, SettingsError } from "../../lib/keep/settings";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
/** The settings of an environment; names are given without what all begin with. */
const read = (variables: Record<string, string> = {}) => {
  const named = Object.entries(variables).map(([name, value]) => [
    `CURRICULUM_LOGS_${name}`,
    value,
  ]);
  return readSettings({ root: folder.path(), environment: Object.fromEntries(named) });
};
const REACH = { USER: "reader", HOST: "db.example" };

it("works with nothing set, and says what MySQL would need", () => {
  expect(read()).toEqual({
    dataDir: join(folder.path(), "data"),
    mysql: undefined,
    missing: ["CURRICULUM_LOGS_USER", "CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET)"],
  });
  expect(read({ DATA: "elsewhere" }).dataDir).toBe(join(folder.path(), "elsewhere"));
  expect(read({ DATA: "/logs" }).dataDir).toBe("/logs");
});

it("takes MySQL for configured with a user and a host, or a user and a socket", () => {
  const { USER, HOST } = REACH;
  expect(read({ USER }).missing).toEqual(["CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET)"]);
  expect(read({ HOST }).missing).toEqual(["CURRICULUM_LOGS_USER"]);
  expect(read(REACH).mysql).toEqual({
    ...{ host: "db.example", port: 3306, user: "reader", database: "curriculum_logs" },
    ...{ ssl: true, connectTimeout: 10, readTimeout: 60, names: {} },
  });
  const socket = "/run/db.sock";
  expect(read({ USER, SOCKET: socket }).mysql).toMatchObject({ socket, ssl: false });
});

it("encrypts unless told not to, except on a socket", () => {
  const socket = { USER: "reader", SOCKET: "/run/db.sock" };
  expect(read({ ...REACH, SSL_CA: "ca.pem" }).mysql).toMatchObject({ ssl: true, sslCa: "ca.pem" });
  expect(read({ ...REACH, SSL: "false" }).mysql?.ssl).toBe(false);
  expect(read({ ...socket, SSL: "true" }).mysql?.ssl).toBe(true);
});

it("takes other names of tables and columns from text and from env.ts", () => {
  const names = { logs: "access", user_id: "student" };
  const NAMES = " logs = access, user_id=student,";
  expect(read({ ...REACH, NAMES }).mysql?.names).toEqual(names);
  folder.put("env.ts", `export default { names: ${JSON.stringify(names)} };\n`);
  expect(read(REACH).mysql?.names).toEqual(names);
});

it("prefers the environment to env.ts and that to .env, and takes empty text for not set", () => {
  folder.put(
    ".env",
    "CURRICULUM_LOGS_SEED=1\n# a comment\nCURRICULUM_LOGS_ROWS=1\nCURRICULUM_LOGS_SOURCE='mysql'\n",
  );
  expect(read()).toMatchObject({ seed: 1, rows: 1, source: "mysql" });
  folder.put(
    "env.ts",
    'const s: { seed: number; rows: string; source?: string } = { seed: 2, rows: "2" };\nexport default s;\n',
  );
  expect(read({ SEED: "3", ROWS: "" })).toMatchObject({ seed: 3, rows: 2, source: "mysql" });
  expect(process.env.CURRICULUM_LOGS_SEED).toBeUndefined();
});

it("works with env.example.ts copied to env.ts, which names every setting", () => {
  const example = readFileSync(join(PROJECT_ROOT, "env.example.ts"), "utf8");
  for (const name of Object.values(SETTING_NAMES)) expect(example).toContain(`env.${name},`);
  const copy = example
    .replace("./lib/keep/settings", join(PROJECT_ROOT, "lib/keep/settings"))
    .replace('"dotenv"', JSON.stringify(join(PROJECT_ROOT, "node_modules/dotenv")));
  writeFileSync(join(folder.path(), "env.ts"), copy);
  const lines = ["ROWS=10", "USER=reader", "HOST=db.example", "SSL_CA=ca.pem", "READ_TIMEOUT=7"];
  folder.put(".env", lines.map((line) => `CURRICULUM_LOGS_${line}\n`).join(""));
  const mysql = { user: "reader", host: "db.example", sslCa: "ca.pem", readTimeout: 7 };
  expect(read()).toMatchObject({ rows: 10, mysql });
});

it.each([
  [
    { SOURCE: "csv" },
    'SOURCE must be mysql, files or sample; found "csv". Set it in .env, or in env.ts',
  ],
  [{ ROWS: "0" }, "ROWS must be an integer from 1 to"],
  [{ SEED: "1.5" }, "SEED must be an integer from 0 to"],
  [{ ...REACH, PORT: "70000" }, "PORT must be an integer from 1 to 65535"],
  [{ ...REACH, READ_TIMEOUT: "0" }, "READ_TIMEOUT must be an integer from 1 to 86400"],
  [{ ...REACH, SSL: "yes" }, "SSL must be true or false"],
  [{ ...REACH, NAMES: "access" }, "NAMES must be pairs as logs=access, user_id=student; found"],
  [
    { ...REACH, NAMES: "log=access" },
    'NAMES: there is no table or column "log" to be renamed; there are logs, date, ',
  ],
  [{ ...REACH, NAMES: "logs=" }, 'NAMES: logs cannot be called "": a name has 1 to 64 characters'],
  [{ ...REACH, NAMES: `logs=${"a".repeat(65)}` }, "NAMES: logs cannot be called"],
  [{ ...REACH, NAMES: "logs=a\0b" }, 'NAMES: logs cannot be called "a\\u0000b": a name has'],
  [
    { ...REACH, NAMES: "path=__proto__" },
    'NAMES: path cannot be called "__proto__": make a view that calls it otherwise',
  ],
])("refuses %o", (variables, message) => {
  expect(() => read(variables)).toThrow(SettingsError);
  expect(() => read(variables)).toThrow(`CURRICULUM_LOGS_${message}`);
});

it("says that .env or env.ts cannot be read, or sets what is no setting", () => {
  const path = folder.put(".env", "CURRICULUM_LOGS_HOTS=db.example.org\nOTHER=1\n");
  expect(() => read()).toThrow(
    /^\.env sets CURRICULUM_LOGS_HOTS, which is no setting: correct its name or take it out; there are CURRICULUM_LOGS_HOST, /,
  );
  rmSync(path);
  mkdirSync(path);
  expect(() => read()).toThrow(/^\.env cannot be read: EISDIR/);
  rmSync(path, { recursive: true });
  folder.put("env.ts", "throw new Error('not today');");
  expect(() => read()).toThrow("env.ts cannot be loaded: not today");
});
