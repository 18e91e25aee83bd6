import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "dotenv";
import { PROJECT_ROOT } from "./paths";
import { loadEnvModule, SETTING_NAMES, settingText } from "./settings";

/** Warnings of `.env` and `env.ts` with a password that others may read (not on Windows). */
export function passwordsOthersRead(root = PROJECT_ROOT): string[] {
  if (process.platform === "win32") return [];
  const isOpen = (name: string) => orElse(() => statSync(join(root, name)).mode & 0o044, 0) !== 0;
  const inFile = orElse(() => parse(readFileSync(join(root, ".env"))), {});
  const inModule = orElse(() => settingText(loadEnvModule(join(root, "env.ts")).password), "");
  // env.ts mostly passes on what .env says
  const isFromFile = inModule !== "" && Object.values(inFile).includes(inModule);
  const holders: string[] = [];
  if (inFile[SETTING_NAMES.password] || isFromFile) holders.push(".env");
  if (inModule !== "" && !isFromFile) holders.push("env.ts");
  return holders
    .filter(isOpen)
    .map((name) => `${name} can be read by other users of this machine: chmod 600 ${name}`);
}

function orElse<T>(read: () => T, other: T): T {
  try {
    return read();
  } catch {
    return other;
  }
}
