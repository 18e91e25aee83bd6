import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { PROJECT_ROOT } from "../keep/paths";
import { visibleText } from "../words/visible-text";
import { UsageError } from "./arguments";

/**
 * The notebooks that were asked for, as absolute paths, in the order of their names unless they are
 * named: by number (`4`), name (with or without number and .ipynb) or path from `from`.
 *
 * @throws {UsageError} if one is not there (it lists those that are), or there are none at all
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

/** A path as messages show it: relative inside the project, whole outside, always with `/`. */
export function shownPath(path: string): string {
  const inside = relative(PROJECT_ROOT, path);
  const isInside = inside !== "" && !inside.startsWith("..") && resolve(inside) !== inside;
  // whoever named a folder may have put a line break into it
  return visibleText((isInside ? inside : path).split(sep).join("/"));
}

function isMeant(name: string, text: string): boolean {
  if (text === name || text === `${name}.ipynb`) return true;
  const number = /^(\d+)-/.exec(name)?.[1];
  if (number !== undefined && /^\d+$/.test(text)) return Number(number) === Number(text);
  return name.replace(/^\d+-/, "") === text;
}
