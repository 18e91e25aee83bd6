import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { passwordsOthersRead } from "../../lib/keep/open-passwords";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { readSettings, SETTING_NAMES, SettingsError } from "../../lib/keep/settings";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const read = (environment: Record<string, string> = {}) =>
  readSettings({ root: folder.path(), environment });

describe("readSettings", () => {
  it("works with nothing set, and says what MySQL would need", () => {
    expect(read()).toEqual({
      dataDir: join(folder.path(), "data"),
      mysql: undefined,
      missing: ["CURRICULUM_LOGS_USER", "CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET)"],
    });
  });

  it("looks for files in another folder, as seen from the project", () => {
    expect(read({ CURRICULUM_LOGS_DATA: "elsewhere" }).dataDir).toBe(
      join(folder.path(), "elsewhere"),
    );
    expect(read({ CURRICULUM_LOGS_DATA: "/logs" }).dataDir).toBe("/logs");
  });

  it("takes MySQL for configured with a user and a host, or a user and a socket", () => {
    const user = { CURRICULUM_LOGS_USER: "reader" };
    expect(read(user).missing).toEqual(["CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET)"]);
    expect(read({ CURRICULUM_LOGS_HOST: "db.example" }).missing).toEqual(["CURRICULUM_LOGS_USER"]);
    expect(read({ ...user, CURRICULUM_LOGS_HOST: "db.example" }).mysql).toEqual({
      host: "db.example",
      port: 3306,
      user: "reader",
      database: "curriculum_logs",
      ssl: true,
      connectTimeout: 10,
      readTimeout: 60,
      names: {},
    });
    expect(read({ ...user, CURRICULUM_LOGS_SOCKET: "/run/db.sock" }).mysql?.socket).toBe(
      "/run/db.sock",
    );
  });

  it("encrypts unless told not to, except on a socket", () => {
    const user = { CURRICULUM_LOGS_USER: "reader" };
    const host = { ...user, CURRICULUM_LOGS_HOST: "db.example" };
    expect(read({ ...host, CURRICULUM_LOGS_SSL_CA: "ca.pem" }).mysql).toMatchObject({
      ssl: true,
      sslCa: "ca.pem",
    });
    expect(read({ ...host, CURRICULUM_LOGS_SSL: "false" }).mysql?.ssl).toBe(false);
    const socket = { ...user, CURRICULUM_LOGS_SOCKET: "/run/db.sock" };
    expect(read(socket).mysql?.ssl).toBe(false);
    expect(read({ ...socket, CURRICULUM_LOGS_SSL: "true" }).mysql?.ssl).toBe(true);
  });

  it("takes other names of tables and columns from text and from env.ts", () => {
    const reach = { CURRICULUM_LOGS_USER: "reader", CURRICULUM_LOGS_HOST: "db.example" };
    const names = { logs: "access", user_id: "student" };
    const text = " logs = access, user_id=student,";
    expect(read({ ...reach, CURRICULUM_LOGS_NAMES: text }).mysql?.names).toEqual(names);
    folder.put("env.ts", `export default { names: ${JSON.stringify(names)} };\n`);
    expect(read(reach).mysql?.names).toEqual(names);
    const refused = (names: string) => () => read({ ...reach, CURRICULUM_LOGS_NAMES: names });
    expect(refused("access")).toThrow("must be pairs as logs=access, user_id=student");
    expect(refused("log=access")).toThrow(
      /^CURRICULUM_LOGS_NAMES: there is no table or column "log" to be renamed; there are logs, date, /,
    );
    expect(refused("logs=")).toThrow('logs cannot be called "": a name has 1 to 64 characters');
    expect(refused(`logs=${"a".repeat(65)}`)).toThrow("a name has 1 to 64 characters");
    expect(refused("logs=a\0b")).toThrow("no NUL");
    expect(refused("path=__proto__")).toThrow(
      'path cannot be called "__proto__": make a view that calls it otherwise',
    );
  });

  it("reads .env where there is no env.ts", () => {
    folder.put(".env", "CURRICULUM_LOGS_SEED=7\n# a comment\nCURRICULUM_LOGS_SOURCE='sample'\n");
    expect(read()).toMatchObject({ seed: 7, source: "sample" });
  });

  it("prefers the environment to env.ts and that to .env, and takes empty text for not set", () => {
    folder.put(
      ".env",
      "CURRICULUM_LOGS_SEED=1\nCURRICULUM_LOGS_ROWS=1\nCURRICULUM_LOGS_SOURCE=mysql\n",
    );
    folder.put(
      "env.ts",
      'const s: { seed: number; rows: string; source?: string } = { seed: 2, rows: "2" };\nexport default s;\n',
    );
    expect(read({ CURRICULUM_LOGS_SEED: "3", CURRICULUM_LOGS_ROWS: "" })).toMatchObject({
      seed: 3,
      rows: 2,
      source: "mysql",
    });
  });

  it("leaves the environment as it is", () => {
    folder.put(".env", "CURRICULUM_LOGS_SEED=1\n");
    const environment = {};
    readSettings({ root: folder.path(), environment });
    expect(environment).toEqual({});
    expect(process.env.CURRICULUM_LOGS_SEED).toBeUndefined();
  });

  it("works with env.example.ts copied to env.ts, which names every setting", () => {
    const example = readFileSync(join(PROJECT_ROOT, "env.example.ts"), "utf8");
    for (const name of Object.values(SETTING_NAMES)) expect(example).toContain(`env.${name},`);
    const copy = example
      .replace("./lib/keep/settings", join(PROJECT_ROOT, "lib/keep/settings"))
      .replace('"dotenv"', JSON.stringify(join(PROJECT_ROOT, "node_modules/dotenv")));
    writeFileSync(join(folder.path(), "env.ts"), copy);
    folder.put(
      ".env",
      "CURRICULUM_LOGS_ROWS=10\nCURRICULUM_LOGS_USER=reader\nCURRICULUM_LOGS_HOST=db.example\n",
    );
    expect(read()).toMatchObject({ rows: 10, mysql: { user: "reader", host: "db.example" } });
  });

  it.each([
    [
      { CURRICULUM_LOGS_SOURCE: "csv" },
      'CURRICULUM_LOGS_SOURCE must be mysql, files or sample; found "csv". Set it in .env, or in env.ts',
    ],
    [{ CURRICULUM_LOGS_ROWS: "0" }, "CURRICULUM_LOGS_ROWS must be an integer from 1 to"],
    [{ CURRICULUM_LOGS_SEED: "1.5" }, "CURRICULUM_LOGS_SEED must be an integer from 0 to"],
    [
      { CURRICULUM_LOGS_HOST: "h", CURRICULUM_LOGS_USER: "u", CURRICULUM_LOGS_PORT: "70000" },
      "CURRICULUM_LOGS_PORT must be an integer from 1 to 65535",
    ],
    [
      { CURRICULUM_LOGS_HOST: "h", CURRICULUM_LOGS_USER: "u", CURRICULUM_LOGS_READ_TIMEOUT: "0" },
      "CURRICULUM_LOGS_READ_TIMEOUT must be an integer from 1 to 86400",
    ],
    [
      { CURRICULUM_LOGS_HOST: "h", CURRICULUM_LOGS_USER: "u", CURRICULUM_LOGS_SSL: "yes" },
      "CURRICULUM_LOGS_SSL must be true or false",
    ],
  ])("refuses %o", (environment, message) => {
    expect(() => read(environment)).toThrow(SettingsError);
    expect(() => read(environment)).toThrow(message);
  });

  it("says that .env cannot be read, or sets what is no setting", () => {
    const path = join(folder.path(), ".env");
    folder.put(".env", "CURRICULUM_LOGS_HOTS=db.example.org\nOTHER=1\n");
    expect(() => read()).toThrow(
      /^\.env sets CURRICULUM_LOGS_HOTS, which is no setting: correct its name or take it out; there are CURRICULUM_LOGS_HOST, /,
    );
    rmSync(path);
    mkdirSync(path);
    expect(() => read()).toThrow(SettingsError);
    expect(() => read()).toThrow(/^\.env cannot be read: EISDIR/);
  });

  it("says that env.ts cannot be loaded, and why", () => {
    folder.put("env.ts", "throw new Error('not today');");
    expect(() => read()).toThrow("env.ts cannot be loaded: not today");
  });
});

describe.skipIf(process.platform === "win32")("a password in a file (not on Windows)", () => {
  const line = (name: string) =>
    `${name} can be read by other users of this machine: chmod 600 ${name}`;
  const put = (name: string, text: string, mode: number) => chmodSync(folder.put(name, text), mode);
  const said = () => passwordsOthersRead(folder.path());
  const IN_FILE = "CURRICULUM_LOGS_PASSWORD=hunter2\n";
  const IN_MODULE = 'export default { password: "hunter3" };';
  /** As env.example.ts does. */
  const HANDED_ON = `import { readFileSync } from "node:fs";
export default { password: /=(.*)/.exec(readFileSync(__dirname + "/.env", "utf8"))![1] };`;

  it.each([
    [0o644, [line(".env")]],
    [0o640, [line(".env")]],
    [0o604, [line(".env")]],
    [0o600, []],
    [0o400, []],
  ])("of mode %i is warned of where others may read it", (mode, lines) => {
    put(".env", IN_FILE, mode);
    expect(said()).toEqual(lines);
  });

  it("may be in env.ts too, which is no holder where it hands on that of .env", () => {
    put("env.ts", IN_MODULE, 0o644);
    expect(said()).toEqual([line("env.ts")]);
    put(".env", IN_FILE, 0o644);
    expect(said()).toEqual([line(".env"), line("env.ts")]);
  });

  it("that env.ts takes from .env, under whatever name, is in .env alone", () => {
    put("env.ts", HANDED_ON, 0o644);
    put(".env", "DB_PASSWORD=hunter2\n", 0o644);
    expect(said()).toEqual([line(".env")]);
    put(".env", "DB_PASSWORD=hunter2\n", 0o600);
    expect(said()).toEqual([]);
  });

  it("is none where no password is set, and another file's fault hides none", () => {
    expect(said()).toEqual([]);
    put(".env", "CURRICULUM_LOGS_HOST=db.example\nCURRICULUM_LOGS_PASSWORD=\n", 0o644);
    expect(said()).toEqual([]);
    put(".env", IN_FILE, 0o644);
    put("env.ts", "throw new Error('not today');", 0o644);
    expect(said()).toEqual([line(".env")]);
  });
});
