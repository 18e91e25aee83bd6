import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import { indexPage } from "../../../lib/notebook/html/index-page";
import { sanitizeHtml } from "../../../lib/notebook/html/sanitize";
import { terminalText } from "../../../lib/notebook/html/terminal-text";
import type { Cell, Output } from "../../../lib/notebook/nbformat";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import type { DisplayBundle } from "../../../lib/tell/display";
import { claimsFrom } from "../../../lib/words/claim";
import { prose } from "../../../lib/words/prose";
import { codeCell, markdownCell, notebookOf } from "../../support/notebook";
import { displayed, ranCell } from "../cells";
import { demoNotebook, HOSTILE } from "./demo-notebook";

const options = { fileName: "03-explore.ipynb" };
const pageOf = (...cells: Cell[]) => notebookToHtml(notebookOf(...cells), options);
const pageWith = (...outputs: Output[]) => pageOf(ranCell("x", [], ...outputs));

describe("notebookToHtml", () => {
  it("takes the title from the first heading, and lists all others", () => {
    const text = "# The *log*\n\n## One\n\n## One\n\n### Page & two\n";
    const page = pageOf(markdownCell(text), markdownCell("# Late"));
    expect(page).toContain("<title>The log</title>");
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain("<h1>The <em>log</em></h1>");
    for (const id of ["one", "one-2", "section-page-two", "late"]) {
      expect(page).toContain(`<a href="#${id}">`);
      expect(page).toMatch(new RegExp(`<h[23] id="${id}"`));
    }
  });

  it("uses the title and the neighbors that it is given", () => {
    const pages = [
      { href: "02-prepare.html", title: "Prepare" },
      { href: "03-explore.html", title: "Explore" },
    ];
    const given = { title: "Given <b>", homeHref: "index.html", generatedAt: "today", pages };
    const page = notebookToHtml(notebookOf(markdownCell("# Own")), { ...options, ...given });
    expect(page).toContain("<h1>Given &lt;b&gt;</h1>");
    expect(page).toContain('rel="prev" href="02-prepare.html"');
    expect(page).not.toContain('class="sibling" rel="next"');
    expect(page).toContain('href="index.html"');
    expect(page).toContain("· today");
  });

  it("carries plotly.js once, and only where there is a figure", () => {
    const figure = displayed({ "application/vnd.plotly.v1+json": { data: [], layout: {} } });
    expect(pageWith(figure, figure).match(/id="page-plotly"/g)).toHaveLength(1);
    const plain = pageWith(displayed({ "text/plain": "1" }));
    expect(plain).not.toContain('id="page-plotly"');
    expect(plain.length).toBeLessThan(60_000);
  });

  it("is the same for the same notebook, and allows only its own scripts and no network", () => {
    const page = notebookToHtml(demoNotebook(), options);
    expect(notebookToHtml(demoNotebook(), options)).toBe(page);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(/^default-src 'none'; script-src( 'sha256-[\w+/=]{44}'){3}; /);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
  });

  it("shows the code of parameters, and keeps hidden code folded", () => {
    const page = pageOf(
      codeCell("const k = 2;", ["parameters"], "a"),
      codeCell("secret()", ["hide-code"], "b"),
      codeCell("plain()"),
    );
    for (const start of [" open data-keep><summary>Parameters", " data-keep><summary>Code"])
      expect(page).toContain(`<details class="code"${start}`);
    expect(page).toContain('<details class="code"><summary>Code');
  });

  it("joins a stream's pieces, takes terminal codes away, and marks stderr", () => {
    const page = pageWith(
      { output_type: "stream", name: "stdout", text: "one\n" },
      { output_type: "stream", name: "stdout", text: ["\u001b[31mtwo", "\u001b[0m\n"] },
      { output_type: "stream", name: "stderr", text: "careful" },
    );
    expect(page).toContain(">one\ntwo</pre>");
    expect(page).toMatch(/class="output stream stderr"><p class="label">stderr<\/p>/);
  });

  it("marks an error where it happened, and at the top of the page", () => {
    const error = { ename: "RangeError", evalue: "got <0>", traceback: ["at cell:1"] };
    const page = pageWith({ output_type: "error", ...error });
    const words = ["RangeError: got &lt;0&gt;", "stopped at an error", 'href="#cell-x"'];
    for (const text of words) expect(page).toContain(text);
    expect(pageWith()).not.toContain("stopped at an error");
  });

  it("falls back to what it can read where structured data is broken", () => {
    const [figure, table] = ["application/vnd.plotly.v1+json", "application/vnd.dataresource+json"];
    const broken = [null, 1, "x", [], { data: "x" }, { data: [null], layout: {} }];
    const map = { data: [{ type: "scattergeo" }], layout: {} };
    for (const value of [...broken, { schema: {}, data: [] }, map]) {
      for (const type of [figure, table]) {
        const page = pageWith(displayed({ [type]: value, "text/plain": "in words" }));
        expect(page).toContain(">in words</pre>");
      }
    }
  });

  it("leads from one notebook's page to another's, to its sections in Jupyter's way, and nowhere unsafe", () => {
    const text =
      "## 1. Who reads, when?\n\n[n](02-prepare.ipynb#2.-A-b) [a](#1.-Who-reads,-when?) [w](https://a.org/) [m](mailto:a@b.c) [j](javascript:a) [f](file:///etc) [d](data:text/html,x) [p](//a.org)";
    const page = pageOf(markdownCell(text));
    const article = page.slice(page.indexOf("<article"));
    expect([...article.matchAll(/<a href="([^"]*)"/g)].map((found) => found[1])).toEqual([
      "02-prepare.html#2-a-b",
      "#1-who-reads-when",
      "https://a.org/",
      "mailto:a@b.c",
    ]);
  });

  it("shows strangers' text without a tag, an attribute or an address of theirs", () => {
    const page = notebookToHtml(demoNotebook(), { fileName: HOSTILE.join(" ") });
    const outside = page.replace(/<script[^>]*>[\s\S]*?<\/script>/g, "");
    const tags = outside.replace(/"[^"]*"/g, '""');
    const finds = (pattern: RegExp, text: string) => pattern.exec(text)?.[0].slice(-200);
    expect(finds(/<[^>]*\son\w+\s*=/i, tags)).toBeUndefined();
    for (const pattern of [
      /<(?:iframe|object|embed|form|base|link rel="stylesheet"|video|math)/i,
      /(?:href|src|srcset|action)="?(?:javascript|https:\/\/example\.org\/[ty]\.)/i,
      /.{0,80}[\p{Cc}\u202e](?<!\n)/u,
    ])
      expect(finds(pattern, outside)).toBeUndefined();
  });
});

describe("tags and claims on a page", () => {
  const tagged = (tag: string, bundle: DisplayBundle) =>
    pageOf(markdownCell("# Title\n\n## Part"), ranCell("tagged", [tag], bundle));
  const claim = claimsFrom("topPaths");

  it("links a claim wherever it is plain text, and none where it is not", () => {
    const pages = claim("pages", 12);
    const link = '<a class="claim" href="#page-claim-1">12</a>';
    const page = tagged("", proseBundle(prose`**${pages}**, [${pages}](#part) and ${pages}%`));
    expect(page).toContain(`<strong>${link}</strong>, <a href="#part">12</a> and ${link}%`);
    expect(page.match(/<tr id="page-claim-/g)).toHaveLength(1);
    expect(page).toContain('<a href="#cell-tagged">Part</a>');
    expect(tagged("", proseBundle(prose`## Heading ${pages}`))).toContain(
      `<h2 id="heading-12">Heading ${link}<a class="anchor"`,
    );
    const inCode = tagged("", proseBundle(prose`\`${pages}\` and ${pages}`));
    expect(inCode).toContain("<p><code>12</code> and 12</p>");
    expect(inCode).toContain("1 value in the text is taken from");
    expect(tagged("", proseBundle(prose`nothing`))).not.toContain('id="page-claims"');
  });

  it.each(HOSTILE)("takes no claim at its word that would be more than text: %j", (text) => {
    const evil = claimsFrom(text)(text, text);
    const page = tagged("badge", proseBundle(prose`${evil} &#xe000;x&#xe001;x&#xe000;`));
    expect(page).not.toContain('<a class="claim"');
    const whole = tagged("single-slide", proseBundle(prose`1. ${evil}`));
    const article = whole.slice(whole.indexOf("<article"), whole.indexOf("</article"));
    expect(article.replace(/"[^"]*"/g, '""')).not.toMatch(/<(?:img|script|svg)/);
    expect(article).not.toContain('href="javascript');
  });

  it("makes tiles of a table of names and values, and leaves other tables tables", () => {
    const tiles = (columns: Record<string, unknown[]>) =>
      tagged("key-figures", tableBundle(pl.DataFrame(columns)));
    expect(tiles({ figure: ["Users <b>"], value: [1018], note: ["all"] })).toContain(
      '<div><dt>Users &lt;b&gt;</dt><dd>1,018</dd><dd class="note">all</dd></div>',
    );
    expect(tiles({ figure: ["Users"] })).toContain("<table>");
    expect(tiles({ a: ["x"], b: [1], c: [1], d: [1] })).toContain("<table>");
  });

  it("moves a badge below the title, and says which numbers are no claims", () => {
    const page = tagged("badge", proseBundle(prose`> **Sample.** ${"a"}`));
    expect(page).toMatch(/<div class="badge prose"><blockquote>[\s\S]*<\/header>/);
    const notebook = notebookOf(markdownCell("In 2019 <b>"));
    expect(notebookToHtml(notebook, options)).not.toContain('class="notice"');
    notebook.metadata.curriculum_logs = { claims: "required" };
    expect(notebookToHtml(notebook, options)).toContain("<li>Cell 1: “2019” is typed");
  });

  it("offers a short letter to mail programs, and a long one for copying only", () => {
    const short = tagged("email", proseBundle(prose`Subject: A & b\n\nHello\n\n- x\n- y`));
    expect(short).toContain('href="mailto:?subject=A%20%26%20b&amp;body=Hello%0D%0A%0D%0A-%20x');
    const words = prose`${"word ".repeat(59)}\n\n${Array(9).fill("x".repeat(290))}`;
    const long = tagged("email", proseBundle(words));
    expect(long).not.toContain("mailto:");
    expect(long).toContain("Copy</button>");
  });
});

it("keeps of HTML what is harmless, and drops all that runs, loads, posts or styles the page", () => {
  const html =
    '<table><tr><th scope="col">a</th></tr></table><em>b</em><img src="data:image/png;base64,AAAA" alt="c" />';
  expect(sanitizeHtml(html)).toBe(html);
  expect(sanitizeHtml('<a href="https://a.org">x</a>')).toContain('href="https://a.org"');
  for (const text of HOSTILE)
    expect(sanitizeHtml(text)).not.toMatch(/<(?:img|script|svg|a href="javascript)/);
  const styled = '<p style="position:fixed;color:red" class="bar" id="page-main">x</p>';
  expect(sanitizeHtml(styled)).toBe('<p style="color:red">x</p>');
  const pictures = '<img src="data:image/svg+xml;base64,AAAA"><img src="//a.org/x.png">';
  expect(sanitizeHtml(pictures)).toBe("");
});

it("leaves of printed text what a terminal would be left showing", () => {
  expect(terminalText("\u001b[2K10%\r100%\n\tok\u0007")).toBe("100%\n    ok\\u0007");
  expect(terminalText("long line\rab")).toBe("abng line");
  expect(terminalText("\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007")).toBe("link");
});

it("makes an index that leads to every page and marks what failed", () => {
  const first = { fileName: "01-a.html", title: "First <b>", summary: "Reads & counts." };
  const second = { fileName: "02-b.html", title: "Second", summary: "", failed: true };
  const page = indexPage([
    { ...first, cells: 1, seconds: 1.234 },
    { ...second, cells: 7, seconds: 10 },
  ]);
  expect(page).toContain('<a class="entry" href="01-a.html">First &lt;b&gt;</a>');
  expect(page).toContain("1 code cell · 1.2 s");
  expect(page.match(/stopped at an error/g)).toHaveLength(1);
  expect(page).toContain("<p>Reads &amp; counts.</p>");
});
