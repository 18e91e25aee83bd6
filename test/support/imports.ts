import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";

/** Packages that code names: those it loads when it runs, and those whose types alone it uses. */
export interface Imports {
  loaded: Set<string>;
  typesOnly: Set<string>;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?[^;"]*?\bfrom "([^"]+)"/gm;
const CALL = /(\btypeof\s+)?\b(?:import|require|require\.resolve)\("([^"]+)"/g;
const EFFECT = /^import()\s*"([^"]+)"/gm;

/** What all TypeScript and JavaScript below a folder of the project imports; no folder is its own. */
export function importsBelow(folder: string): Imports {
  const found: Imports = { loaded: new Set(), typesOnly: new Set() };
  for (const name of readdirSync(join(PROJECT_ROOT, folder), { recursive: true })) {
    if (!/\.(?:ts|mts|c?js)$/.test(String(name))) continue;
    const { loaded, typesOnly } = importsOf(
      readFileSync(join(PROJECT_ROOT, folder, String(name)), "utf8"),
    );
    for (const one of loaded) found.loaded.add(one);
    for (const one of typesOnly) found.typesOnly.add(one);
  }
  for (const one of found.loaded) found.typesOnly.delete(one);
  return found;
}

/** What one file's text imports, files of the project and modules of Node.js left out. */
export function importsOf(text: string): Imports {
  const found: Imports = { loaded: new Set(), typesOnly: new Set() };
  for (const pattern of [STATEMENT, CALL, EFFECT]) {
    for (const [, type, id] of text.matchAll(pattern)) {
      const name = packageOf(id as string);
      if (name) (type ? found.typesOnly : found.loaded).add(name);
    }
  }
  return found;
}

function packageOf(id: string): string | undefined {
  if (/^(?:[./]|node:)/.test(id) || builtinModules.includes(id)) return undefined;
  return id.split("/", id.startsWith("@") ? 2 : 1).join("/");
}
