import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/keep/paths";
import { importsBelow, importsOf } from "./support/imports";
import { lockedPackages, packageJson, readLock } from "./support/lock-file";

// What a newcomer gets from `npm ci`: which packages, from where, exactly which bytes, and that none
// of them runs a program meanwhile.

const { scripts, dependencies, devDependencies, allowScripts } = packageJson();
const packages = lockedPackages();

describe("the lock file", () => {
  it("is of version 3, which npm 7 and newer write", () => {
    expect(readLock().lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(200);
  });

  it("has every package from npm's registry under its own name, with a hash of its bytes", () => {
    for (const { name, version, resolved, integrity, link, inBundle } of packages) {
      const file = `${name.replace(/^@.*\//, "")}-${version}.tgz`;
      expect(resolved, name).toBe(`https://registry.npmjs.org/${name}/-/${file}`);
      expect(integrity, name).toMatch(/^sha512-[\w+/]{86}==$/);
      expect([link, inBundle], name).toEqual([undefined, undefined]);
    }
  });

  it("has the versions of package.json, which are exact", () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      const locked = packages.find(({ path }) => path === `node_modules/${name}`);
      expect(locked?.version, name).toBe(version);
    }
  });
});

describe("scripts that packages run while they are installed", () => {
  it("are of the packages that package.json names, and forbidden to every npm", () => {
    const withScripts = packages.filter(({ hasInstallScript }) => hasInstallScript);
    expect(withScripts.map(({ name }) => name).sort()).toEqual(Object.keys(allowScripts).sort());
    for (const allowed of Object.values(allowScripts)) expect(allowed).toBe(false);
    // Only npm 11.16 and newer look at package.json for it.
    const npmrc = readFileSync(join(PROJECT_ROOT, ".npmrc"), "utf8");
    expect(npmrc.split("\n")).toContain("ignore-scripts=true");
  });

  it("are forbidden to this project too, which has none", () => {
    const hooks = Object.keys(scripts).filter((name) => {
      const [, command = ""] = /^(?:pre|post)(.+)$/.exec(name) ?? [];
      return command in scripts || /^(?:pre|post)?(?:install|prepare)$/.test(name);
    });
    expect(hooks).toEqual([]);
  });
});

describe("what is imported", () => {
  const lib = importsBelow("lib");
  const test = importsBelow("test");
  const typesFor = (name: string) => `@types/${name.replace(/^@(.*)\//, "$1__")}`;
  /** Programs are called by their path, or required before what runs. */
  const called = `${Object.values(scripts).join("\n")}\n${readFileSync(join(PROJECT_ROOT, "test/run.ts"))}`;
  const isCalled = (name: string) => called.includes(`${name}/`);

  it("by lib is a dependency, or types for development that nothing loads", () => {
    expect([...lib.loaded].filter((name) => !(name in dependencies))).toEqual([]);
    const untyped = [...lib.typesOnly].filter(
      (name) => !(name in dependencies) && !(typesFor(name) in devDependencies),
    );
    expect(untyped).toEqual([]);
  });

  it("by lib, or called, is every dependency", () => {
    const unused = Object.keys(dependencies).filter(
      (name) => !lib.loaded.has(name) && !isCalled(name),
    );
    expect(unused).toEqual([]);
  });

  it("by tests is a dependency of either kind", () => {
    const known = { ...dependencies, ...devDependencies };
    const isKnown = (name: string) => name in known || typesFor(name) in known;
    expect([...test.loaded, ...test.typesOnly].filter((name) => !isKnown(name))).toEqual([]);
  });

  it("by tests, or called, or typed, is every dependency for development", () => {
    const typed = new Set(["node", ...lib.loaded, ...lib.typesOnly].map(typesFor));
    const unused = Object.keys(devDependencies).filter(
      (name) => !test.loaded.has(name) && !typed.has(name) && !isCalled(name),
    );
    expect(unused).toEqual([]);
    expect(Object.keys(devDependencies).filter((name) => name in dependencies)).toEqual([]);
  });

  it("by notebooks, beside the library, is only the package whose frames it gives", () => {
    const folder = join(PROJECT_ROOT, "notebooks");
    for (const file of readdirSync(folder)) {
      const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8"));
      for (const { cell_type, source } of cells) {
        const { loaded, typesOnly } = importsOf([source].flat().join(""));
        const others = [...loaded, ...typesOnly].filter((name) => name !== "nodejs-polars");
        if (cell_type === "code") expect(others, file).toEqual([]);
      }
    }
  });
});

it("all packages are listed by one command without a network, those for development marked", () => {
  const [command = "", ...args] = (scripts.sbom ?? "").split(" ");
  const env = { ...process.env, npm_config_offline: "true" };
  const done = spawnSync(command, args, { cwd: PROJECT_ROOT, env, encoding: "utf8" });
  expect(done.status, done.stderr).toBe(0);
  const { bomFormat, components } = JSON.parse(done.stdout) as {
    bomFormat: string;
    components: { purl: string; properties: { name: string }[] }[];
  };
  expect(bomFormat).toBe("CycloneDX");
  const listed = components.map(({ purl, properties }) => {
    const isDev = properties.some(({ name }) => name === "cdx:npm:package:development");
    return `${decodeURIComponent(purl).replace("pkg:npm/", "")} ${isDev}`;
  });
  // Of two copies of one package, one may be for development alone.
  const wanted = packages.map(({ name, version, dev }) => `${name}@${version} ${dev === true}`);
  expect(wanted.filter((one) => !listed.includes(one))).toEqual([]);
});
