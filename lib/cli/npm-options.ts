import { realpathSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../keep/paths";
import type { Environment } from "../kernel/kernel-environment";

export interface TakenByNpm {
  flags: string[];
  /** For an option with a value, which may be anywhere. */
  mistake?: string;
}

/** npm hands on options as `npm_config_...`: `--seed=2` whole, `--seed 2` as "true" and a 2. */
export function takenByNpm(
  [command = "run", ...words]: string[],
  options: Record<string, { type: "string" | "boolean" }>,
  environment: Environment,
): TakenByNpm {
  if (!isStartedBy(environment, command === "run" ? "start" : command)) return { flags: [] };
  const given = Object.entries(options).flatMap(([name, { type }]) => {
    const values = (environment[variable(name)] ?? "").split("\n\n").filter(Boolean);
    return values.map((value) => ({ name, type, value: value === "true" ? undefined : value }));
  });
  const isFlag = ({ type, value }: (typeof given)[number]) => type === "boolean" && !value;
  const flags = [...new Set(given.filter(isFlag).map(({ name }) => name))];
  const taken = given.filter(({ type }) => type === "string");
  const [first] = taken;
  if (!first) return { flags };
  const action = command === "db" ? words.splice(0, 1) : [];
  const bare = taken.filter(({ value }) => value === undefined);
  // Whose value a word is can be known of one option alone.
  const only = bare.length === 1 && words.length === 1 ? words[0] : undefined;
  const parts = [
    command === "run" ? "npm start --" : `npm run ${command} --`,
    ...action,
    ...(bare.length === 0 ? words.map(quoted) : []),
    ...flags.map((name) => `--${name}`),
    ...taken.map(({ name, value = only }) => `--${name} ${value ? quoted(value) : "VALUE"}`),
  ];
  const mistake = `npm took --${first.name} for itself (${variable(first.name)} is set); options of ours come after "--": ${parts.join(" ")}`;
  return { flags, mistake };
}

const variable = (option: string): string => `npm_config_${option.replaceAll("-", "_")}`;

function quoted(word: string): string {
  return /^[\w./:=,@+-]+$/.test(word) ? word : JSON.stringify(word);
}

function isStartedBy(environment: Environment, script: string): boolean {
  const { npm_lifecycle_event, npm_package_json } = environment;
  if (npm_lifecycle_event !== script || !npm_package_json) return false;
  try {
    return realpathSync(npm_package_json) === realpathSync(join(PROJECT_ROOT, "package.json"));
  } catch {
    return false;
  }
}
