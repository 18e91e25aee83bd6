import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";

interface PackageJson {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

export interface LockedPackage {
  /** Where it is installed, `node_modules/a/node_modules/b`. */
  path: string;
  name: string;
  version: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  /** Needed for development alone. */
  dev?: boolean;
  /** For other machines than this one, maybe. */
  optional?: boolean;
}

interface Lock {
  lockfileVersion: number;
  packages: Record<string, Omit<LockedPackage, "path" | "name">>;
}

const read = (name: string) => JSON.parse(readFileSync(join(PROJECT_ROOT, name), "utf8"));

export const packageJson = (): PackageJson => read("package.json");
export const readLock = (): Lock => read("package-lock.json");

/** All packages that `npm ci` may install, whatever the machine. */
export function lockedPackages(): LockedPackage[] {
  return Object.entries(readLock().packages)
    .filter(([path]) => path !== "") // the project itself
    .map(([path, entry]) => ({ ...entry, path, name: path.replace(/^.*node_modules\//, "") }));
}
