import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { passwordsOthersRead } from "../../lib/keep/open-passwords";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();

describe.skipIf(process.platform === "win32")("a password in a file (not on Windows)", () => {
  const line = (name: string) =>
    `${name} can be read by other users of this machine: chmod 600 ${name}`;
  const put = (name: string, text: string, mode = 0o644) => chmodSync(folder.put(name, text), mode);
  const said = () => passwordsOthersRead(folder.path());
  const IN_FILE = "CURRICULUM_LOGS_PASSWORD=hunter2\n";
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
    put("env.ts", 'export default { password: "hunter3" };');
    expect(said()).toEqual([line("env.ts")]);
    put(".env", IN_FILE);
    expect(said()).toEqual([line(".env"), line("env.ts")]);
  });

  it("that env.ts takes from .env, under whatever name, is in .env alone", () => {
    put("env.ts", HANDED_ON);
    put(".env", "DB_PASSWORD=hunter2\n");
    expect(said()).toEqual([line(".env")]);
    put(".env", "DB_PASSWORD=hunter2\n", 0o600);
    expect(said()).toEqual([]);
  });

  it("is none where no password is set, and another file's fault hides none", () => {
    put(".env", "CURRICULUM_LOGS_HOST=db.example\nCURRICULUM_LOGS_PASSWORD=\n");
    expect(said()).toEqual([]);
    put(".env", IN_FILE);
    put("env.ts", "throw new Error('not today');");
    expect(said()).toEqual([line(".env")]);
  });
});
