import { describe, expect, it } from "vitest";
import { claimsFrom } from "../../lib/words/claim";
import { joinProse, Prose, prose, typedNumbers } from "../../lib/words/prose";

const EVIL = "<img src=x onerror=alert(1)>";

describe("prose", () => {
  it("formats values, and keeps ids and years as they are", () => {
    const { markdown, text } =
      prose`**${900223}** rows in ${2019}, ${0.123456} and ${new Date("2019-03-04")}; ${null}.`;
    expect(text).toBe("**900,223** rows in 2019, 0.12 and 2019-03-04; none.");
    expect(markdown).toBe(text);
  });

  it("makes a stranger's text neither Markdown nor HTML nor TeX", () => {
    const { markdown, text } = prose`Path: ${`${EVIL} [x](javascript:a) *b* $x$ \\(y\\)`}`;
    expect(text).toBe(`Path: ${EVIL} [x](javascript:a) *b* $x$ \\(y\\)`);
    expect(markdown).toBe(
      "Path: &lt;img src&#61;x onerror&#61;alert\\(1\\)&gt; \\[x\\]\\(javascript&#58;a\\) \\*b\\* " +
        "&#92;&#36;x&#92;&#36; \\\\\u2060\\(y\\\\\u2060\\)",
    );
  });

  it("lists, nests, cuts and takes away the code's indentation", () => {
    const part = prose`*${"a_b"}*`;
    const all = prose`
      # Title

      ${part}: ${["x", "y", "z"]}, ${[]}
        ${"l".repeat(400)}
    `;
    expect(all.markdown).toBe(
      `# Title\n\n*a\\_b*: x, y and z, none\n  ${"l".repeat(300)}… \\(400 characters\\)`,
    );
  });
});

describe("claims in prose", () => {
  const claim = claimsFrom("topPaths");

  it("are kept through nesting and lists, each with its place in the Markdown", () => {
    const first = claim("pages", 90_000);
    const inner = prose`**${first}** pages`;
    const { markdown, claims, spans, unbound } = prose`

      All: ${[inner, claim("paths", 2.5), claim("the path", "a_b")]}.`;
    expect(markdown).toBe("All: **90,000** pages, 2.5 and a\\_b.");
    expect(claims.map(({ what }) => what)).toEqual(["pages", "paths", "the path"]);
    expect(spans.map(([from, to]) => markdown.slice(from, to))).toEqual(["90,000", "2.5", "a\\_b"]);
    expect(unbound).toEqual([]);
  });

  it("leave no number unnoticed that was typed, or put in as it is", () => {
    const { unbound } = prose`In 2019, top-10 of ${3}, ${"4,5"}, ${"a1"} and ${prose`5%`}.`;
    expect(unbound).toEqual(["2019", "top-10", "3", "4,5", "5%"]);
  });

  it("have no place where one of the joined pieces has none", () => {
    const placed = claim("pages", 1);
    const elsewhere = new Prose("2", "2", { claims: claim("paths", 2).claims });
    expect(joinProse([placed, elsewhere], ", ")).toMatchObject({ markdown: "1, 2", spans: [] });
    expect(joinProse([placed, placed], ", ").spans).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });
});

describe("typedNumbers", () => {
  it("finds numbers among words, not in names, addresses and numbering", () => {
    expect(typedNumbers("In 2019 some 38% of 1,018 users, v2")).toEqual([
      "2019",
      "38%",
      "1,018",
      "v2",
    ]);
    const names = [
      "## 3. Who reads?",
      "1. first\n2) second\n\n   10. inner",
      "> 1. quoted",
      "`span = 30` and\n```ts\nconst k = 2;\n```",
      "[Notebook 03](03-explore.ipynb#4) and [rows](https://a.org/2019) https://a.org/1",
    ];
    for (const text of names) expect(typedNumbers(text)).toEqual([]);
    expect(typedNumbers("[2,500 users](03-explore.ipynb)\n\n2019. was a year")).toEqual([
      "2,500",
      "2019",
    ]);
  });
});
