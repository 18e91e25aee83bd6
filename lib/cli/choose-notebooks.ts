import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { shownPath } from "../keep/shown-text";
import { visibleText } from "../words/visible-text";
import { UsageError } from "./arguments";

/**
 * Absolute paths of the notebooks asked for: by number (`4`), name or path from `from`.
 *
 * @throws {UsageError} if one is missing (it lists those there are), or there are none
 */
export function chooseNotebooks(wanted: string[], folder: string, from: string): string[] {
  const all = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
        .sort()
        .map((name) => join(folder, name))
    : [];
  if (wanted.length === 0) {
    if (all.length > 0) return all;
    throw new UsageError(`there are no notebooks in ${shownPath(folder)}`);
  }
  const chosen = wanted.map((text) => {
    const found = all.find((file) => isMeant(basename(file, ".ipynb"), text));
    if (found) return found;
    const path = resolve(from, text);
    if (text.endsWith(".ipynb") && existsSync(path)) return path;
    const names = all.map((file) => `  ${basename(file, ".ipynb")}`).join("\n");
    throw new UsageError(
      `there is no notebook "${visibleText(text)}"; there are:\n${names || "  none"}`,
    );
  });
  const files = [...new Set(chosen)];
  const names = files.map((file) => basename(file));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) throw new UsageError(`two notebooks are named ${twice}; their results would collide`);
  return files;
}

function isMeant(name: string, text: string): boolean {
  if (text === name || text === `${name}.ipynb`) return true;
  const number = /^(\d+)-/.exec(name)?.[1];
  if (number !== undefined && /^\d+$/.test(text)) return Number(number) === Number(text);
  return name.replace(/^\d+-/, "") === text;
}
