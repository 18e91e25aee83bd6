import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/keep/paths";
import { type LockedPackage, lockedPackages } from "./support/lock-file";

// Whose work comes with this project, and on which terms. `npm run licenses` writes the list anew.

const LIST = ".github/third-party-licenses.md";

/** Terms that let anybody use, change and pass on, by name: https://spdx.org/licenses. */
const PERMITTED = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "PSF-2.0"],
  "MPL-2.0", // only for changes to its own files: libzmq, in zeromq's binary
]);

/** Packages whose code is put into what a run writes. */
const IN_PAGES: Record<string, string> = {
  "plotly.js-dist-min": "pages, slides and executed notebooks with figures",
  "reveal.js": "slides",
};

const shipped = lockedPackages().filter(({ dev }) => !dev);

/** Its license as the package names it; those for one kind of machine are parts of another. */
function licenseOf({ name, license }: LockedPackage): string {
  const isPart = /^nodejs-polars-/.test(name) && license === "SEE LICENSE IN LICENSE";
  return (
    (isPart ? shipped.find((one) => one.name === "nodejs-polars")?.license : license) ?? "none"
  );
}

it("every package that is installed to run may be used and passed on", () => {
  for (const one of shipped) {
    const all = licenseOf(one).split(" AND ");
    expect(all.filter((license) => !PERMITTED.has(license))).toEqual([]);
  }
});

it("the lock file names the licenses that the installed packages name", () => {
  for (const { path, license } of shipped) {
    const file = join(PROJECT_ROOT, path, "package.json");
    // Not those for other machines.
    if (!existsSync(file)) continue;
    expect(license, path).toBe(JSON.parse(readFileSync(file, "utf8")).license);
  }
});

it("they are listed, with what becomes of their code", async () => {
  const rows = shipped.map((one) => [one.name, one.version, licenseOf(one), IN_PAGES[one.name]]);
  const lines = [
    ...new Set(rows.map(([name, ...rest]) => `| ${[`${name}`, ...rest].join(" | ")} |`)),
  ];
  const text = [
    "# Licenses of others",
    "",
    "What `npm ci --omit=dev` installs, from the lock file; packages for other kinds of machines are",
    "listed too. Where code is put into what a run writes, its license stands there with it.",
    "`npm run licenses` writes this list.",
    "",
    "| package | version | license | its code is in |",
    "| --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
  await expect(text).toMatchFileSnapshot(join(PROJECT_ROOT, LIST));
});
