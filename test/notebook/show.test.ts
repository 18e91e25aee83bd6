import pl from "nodejs-polars";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../lib/notebook/show";
import { describeColumns, estimatedBytes } from "../../lib/notebook/show/describe-columns";
import { figureBundle } from "../../lib/notebook/show/figure-bundle";
import { formatColumn } from "../../lib/notebook/show/format-column";
import { tableBundle } from "../../lib/notebook/show/table-bundle";
import { dtypeName, type TableData, type TableField } from "../../lib/notebook/show/table-data";
import type { Figure } from "../../lib/plot/figure";
import { formatCount, formatDate, formatNumber, formatPercent } from "../../lib/words/format-words";
import { prose } from "../../lib/words/prose";

const TABLE = "application/vnd.dataresource+json";
const EVIL = "<img src=x onerror=alert(1)>";

const frame = pl.DataFrame({
  user_id: pl.Series("user_id", ["9007199254740993", null, "11"], pl.Utf8).cast(pl.Int64),
  path: ["/", EVIL, null],
  date: pl.Series("date", [17557, null, 17559], pl.Int32).cast(pl.Date),
  timestamp: [new Date("2018-01-26T09:55:03Z"), null, new Date("2018-01-28T00:00:00Z")],
  pct_b: [Number.NaN, Number.POSITIVE_INFINITY, 0.5],
  flagged: [true, false, null],
});
const shownOf = (shown: pl.DataFrame) => tableBundle(shown).data;
const rowsOf = (shown: pl.DataFrame) => (shownOf(shown)[TABLE] as TableData).data;

describe("a shown frame", () => {
  const { data, metadata } = tableBundle(frame, { title: "Three rows", limit: 2 });

  it("carries types, dates, exact integers, nulls, NaN and infinity", () => {
    const table = data[TABLE] as TableData;
    const types = table.schema.fields.map(({ type, dtype }) => `${type} ${dtype}`);
    expect(types.join(", ")).toBe(
      "integer Int64, string String, date Date, datetime Datetime(ms), number Float64, boolean Bool",
    );
    const [date, timestamp] = ["2018-01-26", "2018-01-26 09:55:03"];
    const first = { user_id: "9007199254740993", path: "/", date, timestamp };
    expect(table.data).toEqual([
      { ...first, pct_b: "NaN", flagged: true },
      { user_id: null, path: EVIL, date: null, timestamp: null, pct_b: "inf", flagged: false },
    ]);
    expect(metadata[TABLE]).toEqual({ title: "Three rows", total_rows: 3, shown_rows: 2 });
  });

  it("says in HTML and in text how much it leaves out", () => {
    for (const form of ["text/html", "text/plain"]) {
      for (const words of ["3 rows, 6 columns", "1 more row is not shown.", "Datetime(ms)"])
        expect(data[form]).toContain(words);
    }
    expect(shownOf(frame)["text/html"]).not.toContain("not shown");
    expect(shownOf(frame.head(0))["text/plain"]).toContain("0 rows, 6 columns");
    expect(shownOf(pl.DataFrame())["text/plain"]).toContain("0 rows, 0 columns");
    expect(() => tableBundle(frame, { limit: -1 })).toThrow("limit of 0 rows or more, got -1");
  });

  it("shows what a stranger wrote as text, and long text cut", () => {
    expect(data["text/html"]).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(data["text/html"]).not.toContain("<img");
    const long = pl.DataFrame({ "<b>": ["x".repeat(1_000_000), "a\u001b[31m\u202e"] });
    const shown = shownOf(long);
    expect(String(shown["text/html"]).length).toBeLessThan(2_000);
    expect(shown["text/html"]).toContain("&lt;b&gt;");
    expect(shown["text/html"]).toMatch(/>x{300}… \(1,000,000 characters\)</);
    expect(JSON.stringify(shown[TABLE]).length).toBeLessThan(3_000);
    expect(shown["text/plain"]).toContain("a\\u001b[31m\\u202e");
  });

  it("cuts no character in two, and lets nobody claim another length for their text", () => {
    const [faces, forged] = ["\u{1f600}".repeat(1_200), `${"x".repeat(500)}… (7 characters)`];
    const texts = pl.DataFrame({ path: [faces, `x${faces}`, forged] });
    expect(rowsOf(texts).map(({ path }) => path)).toEqual([faces, `x${faces}`, forged]);
    const shown = shownOf(texts);
    expect(shown["text/html"]).toContain(`${"\u{1f600}".repeat(300)}… (2,400 characters)`);
    expect(shown["text/html"]).toContain(`${"x".repeat(300)}… (516 characters)`);
    // Half a character would be no UTF-8.
    expect(Buffer.from(String(shown["text/plain"])).toString()).toBe(shown["text/plain"]);
  });

  it("keeps columns that are called as what JavaScript's objects and frames have", () => {
    const odd = shownOf(pl.DataFrame({ ["__proto__"]: ["a"], constructor: ["b"] }));
    expect(odd["text/html"]).toContain(">a</td>");
    expect(JSON.stringify(odd[TABLE])).toContain('[{"__proto__":"a","constructor":"b"}]');
    const names = { rows: [1.5], select: ["a"], filter: [true] };
    expect(rowsOf(pl.DataFrame(names))).toEqual([{ rows: 1.5, select: "a", filter: true }]);
  });

  it("says of days and times what Polars says, also of years that JavaScript's text has no place for", () => {
    const days = pl.Series("date", [-719529, -1, 0, 17557, 2932896, 2932897], pl.Int32);
    const times = pl.Series("ms", [-1, 0, 1, 1516960503000, 253402300800000, 5]).cast(pl.Int64);
    for (const dtype of [pl.Datetime("ms"), pl.Datetime("us"), pl.Datetime("ns")]) {
      for (const rows of [2, 4, 5, 6]) {
        const one = pl.DataFrame([days.cast(pl.Date), times.cast(dtype)]).head(rows);
        const texts = (name: string) => one.getColumn(name).cast(pl.Utf8).toArray() as string[];
        const whole = texts("ms").every((text) => /\.0+$/.test(text));
        const asShown = texts("ms").map((text) => (whole ? text.replace(/\.0+$/, "") : text));
        expect(rowsOf(one).map((row) => row.date)).toEqual(texts("date"));
        expect(rowsOf(one).map((row) => row.ms)).toEqual(asShown);
      }
    }
  });

  it("names nested types, and shows their values as JSON", () => {
    const nested = pl.DataFrame({ list: [[1, 2], [3]] });
    expect(dtypeName(nested.getColumn("list").dtype)).toBe("List(Float64)");
    expect(shownOf(nested)["text/plain"]).toContain("[1,2]");
  });
});

describe("formatColumn", () => {
  it.each<[TableField["type"], string, (number | string | null)[], string]>([
    ["integer", "pages", [1234, -56789, null], "1,234 -56,789 null"],
    ["integer", "user_id", [12345], "12345"],
    ["integer", "year", [2019], "2019"],
    ["integer", "pages", ["9007199254740993"], "9,007,199,254,740,993"],
    ["number", "share", [0.123456, 2, "NaN"], "0.123 2.000 NaN"],
    ["number", "share", [1234.56, 1], "1,234.6 1.0"],
    ["number", "share", [3, 4], "3 4"],
    ["number", "share", [0.5, 1e-9], "0.5000 1.00e-9"],
  ])("writes a column one way throughout: %s %s %j", (type, name, values, texts) => {
    expect(formatColumn({ name, type, dtype: "" }, values).join(" ")).toBe(texts);
  });
});

it("writes numbers and days as people do", () => {
  expect([formatCount(1234), formatCount(900223n)]).toEqual(["1,234", "900,223"]);
  expect([formatPercent(0.12345), formatNumber(1234.5678)]).toEqual(["12.3%", "1,234.57"]);
  expect(formatNumber(Number.NaN)).toBe("not a number");
  for (const day of ["2019-03-04", new Date("2019-03-04")])
    expect(formatDate(day)).toBe("March 4, 2019");
});

describe("describeColumns", () => {
  it("counts what a column holds, and what it needs in memory", () => {
    // bytes: 3 × 8 + 1 for nulls; 3 × 16 + 28 (the long text) + 1; 3 × 4 + 1; 3 × 8 + 1; 3 × 8; 1 + 1
    const distinct = 3;
    expect(describeColumns(frame).toRecords()).toEqual([
      { column: "user_id", type: "Int64", non_null: 2, nulls: 1, distinct, bytes: 25 },
      { column: "path", type: "String", non_null: 2, nulls: 1, distinct, bytes: 77 },
      { column: "date", type: "Date", non_null: 2, nulls: 1, distinct, bytes: 13 },
      { column: "timestamp", type: "Datetime(ms)", non_null: 2, nulls: 1, distinct, bytes: 25 },
      { column: "pct_b", type: "Float64", non_null: 3, nulls: 0, distinct, bytes: 24 },
      { column: "flagged", type: "Bool", non_null: 2, nulls: 1, distinct, bytes: 2 },
    ]);
    expect(estimatedBytes(frame)).toBe(25 + 77 + 13 + 25 + 24 + 2);
    // 2 × 16, and 5 characters of 3 bytes each do not fit in 12
    expect(estimatedBytes(pl.DataFrame({ path: ["日本語日本", "é"] }))).toBe(32 + 15);
  });
});

describe("a shown figure", () => {
  const figure: Figure = {
    data: [{ type: "scatter", x: [EVIL], y: [1] }],
    layout: { title: { text: "A finding" } },
    description: "One point.",
  };

  it("carries data with a look, a picture, and words", () => {
    const { data, metadata } = figureBundle(figure);
    const live = data["application/vnd.plotly.v1+json"] as Figure;
    expect(live.layout.template).toBeDefined();
    expect(live.config?.responsive).toBe(true);
    expect(JSON.stringify(live)).not.toContain("<img");
    expect(data["image/svg+xml"]).toMatch(/^<svg/);
    expect(data["text/plain"]).toBe("A finding\nOne point.");
    const words = { title: "A finding", description: "One point." };
    expect(metadata["application/vnd.plotly.v1+json"]).toEqual(words);
  });
});

describe("show", () => {
  afterEach(() => vi.restoreAllMocks());

  it("prints plain text where no notebook runs, and refuses what it cannot show", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    show(prose`Busiest: ${EVIL}`);
    show(frame, { limit: 1 });
    const table = tableBundle(frame, { limit: 1 }).data["text/plain"];
    expect(log.mock.calls.map(([text]) => text)).toEqual([`Busiest: ${EVIL}`, table]);
    const refused = "show takes a DataFrame, a figure, a flag card or prose, got 42";
    expect(() => show(42 as never)).toThrow(refused);
    expect(() => show(frame.lazy() as never)).toThrow("collect a lazy frame first");
  });
});
