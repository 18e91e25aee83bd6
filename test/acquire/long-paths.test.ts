import { expect, it } from "vitest";
import { AccessRows } from "../../lib/acquire/access-rows";
import { logRowReader } from "../../lib/acquire/mysql/log-row-reader";
import { csvField, JOINED_HEADER, useFolder } from "../support/tiny-logs";
import { readJoinedCsv } from "./frames";

const folder = useFolder();
const KEPT = 8192;
const whole = "a".repeat(KEPT);
const cut = (count: string) => `${whole}… (${count} cut)`;
// two of them are the same once they are cut
const NOTE = "5 paths of more than 8,192 bytes cut to that, and marked.";

/** Each path, and what becomes of it. */
const PATHS: [path: string, read: string][] = [
  [whole, whole],
  [`${whole}b`, cut("1 character")],
  [`${whole}c`, cut("1 character")],
  [`${whole}${"/".repeat(100_000)}`, cut("100,000 characters")],
  // a character of several bytes is never cut in two
  [`${"a".repeat(KEPT - 1)}é/x`, `${"a".repeat(KEPT - 1)}… (3 characters cut)`],
  [`${"a".repeat(KEPT - 3)}\u{1f600}/x`, `${"a".repeat(KEPT - 3)}… (4 characters cut)`],
  [`${"a".repeat(KEPT - 2)}éx`, `${"a".repeat(KEPT - 2)}é… (1 character cut)`],
];
const expected = PATHS.map(([, read]) => read);

it("a path that is too long is cut in a joined file by what it holds without its quotes", async () => {
  const quoted: [string, string] = ['"'.repeat(KEPT), '"'.repeat(KEPT)];
  const lines = [...PATHS, quoted].map(
    ([path], i) => `2020-01-01,00:00:0${i},${csvField(path)},1,,198.18.0.1,,,,,,,,,\n`,
  );
  const file = folder.put("joined.csv", `${JOINED_HEADER}\n${lines.join("")}`);
  const { logs, notes } = await readJoinedCsv(file);
  expect(logs.getColumn("path").toArray()).toEqual([...expected, quoted[1]]);
  expect(notes).toEqual([expect.stringMatching(`joined.csv: ${NOTE}`)]);
});

it("a path that is too long is cut as a database gives it", () => {
  const rows = new AccessRows();
  const take = logRowReader(rows);
  for (const [place, [path]] of PATHS.entries()) {
    const row = ["2020-01-01", `00:00:0${place}`, Buffer.from(path), 1, 8, "198.18.0.1"];
    expect(take(row)).toBeUndefined();
  }
  expect(rows.toFrame().getColumn("path").toArray()).toEqual(expected);
  expect(rows.notes("school, table logs")).toEqual([`school, table logs: ${NOTE}`]);
});
