import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { sourceBadge } from "../../lib/report/source-badge";

const tables = { logs: pl.DataFrame({ a: [1, 2] }), cohorts: pl.DataFrame({ a: [1] }) };

it("says what the figures describe, from where and how old, and each warning", () => {
  const badge = sourceBadge({
    ...tables,
    source: "mysql",
    origin: "MySQL db:3306, database d (cached, read on 2026-12-01 03:12 UTC)",
    warnings: ["a <b> [c](d)\n# e", "2020"],
  });
  expect(badge.text.split("\n>\n")).toEqual([
    "> **MySQL.** These figures describe the log that was read.",
    "> Access log: 2 rows and 1 cohort from MySQL db:3306, database d (cached, read on 2026-12-01 03:12 UTC).",
    "> **Warning.** a <b> [c](d)\\n# e",
    "> **Warning.** 2020",
  ]);
  // a stranger's text is no Markdown, and none of it a number of the report
  expect(badge.markdown).not.toMatch(/<b>|\]\(|\n#/);
  expect(badge.unbound).toEqual([]);
});

it("says of the sample that it is made up", () => {
  const origin = "the sample, seed 1";
  const { text } = sourceBadge({ ...tables, source: "sample", origin, warnings: [] });
  expect(text).toMatch(/^> \*\*Synthetic sample\.\*\* No real log was found: .* is real\.\n>\n/);
  expect(text.split("\n")).toHaveLength(3);
});
