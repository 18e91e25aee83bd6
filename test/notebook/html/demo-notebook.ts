import pl from "nodejs-polars";
import type { Notebook } from "../../../lib/notebook/nbformat";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import type { Figure } from "../../../lib/plot/figure";
import { figureText } from "../../../lib/plot/figure-text";
import { prose } from "../../../lib/words/prose";
import { markdownCell, notebookOf } from "../../support/notebook";
import { displayed, ranCell } from "../cells";

/** What a stranger may write into a log, in the hope that it runs somewhere. */
export const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(2)</script>",
  "</title></style></textarea><svg onload=alert(3)>",
  '"><a href="javascript:alert(4)">x</a>',
  "[x](javascript:alert(5)) ![y](https://example.org/y.png) <https://example.org>",
  "<!--<script>alert(6)</script>",
  "$\\href{javascript:alert(7)}{x}$ \\(x\\)",
  `%{x} {{constructor.constructor('alert(8)')()}} $\{alert(8)}`,
  "\u001b[31mred\u001b]8;;https://example.org\u0007link\u0000\u202egnp.exe",
  '=HYPERLINK("https://example.org")',
  "&lt;img src=x onerror=alert(9)&gt; &#60;b&#62;",
  "__proto__",
  "%EE%80%80 %EF%A3%BF &#xe001;<img src=x onerror=alert(16)>&#xe000;",
];
const EVIL = HOSTILE[0] as string;
const ALL = HOSTILE.join(" ");

const days = ["2019-03-01", "2019-03-02", "2019-03-03", "2019-03-04"];
const marker = { color: "#d55e00" };
const busy = { x: days.slice(3), y: [90], name: "unusual", marker };

export const LINE_FIGURE: Figure = {
  data: [
    { type: "scatter", mode: "lines", x: days, y: [3, 4, 2, 90], name: "pages" },
    { type: "scatter", mode: "markers", ...busy },
  ],
  layout: {
    title: {
      text: "On one day in March, user 341 opened ninety pages, thirty times as many as on others",
    },
    yaxis: { title: { text: "pages per day" } },
  },
  description: "Three quiet days, and one with ninety pages.",
};

const HOSTILE_WORDS = HOSTILE.map((text) => figureText(text));
export const HOSTILE_FIGURE: Figure = {
  data: [
    {
      type: "bar",
      orientation: "h",
      y: HOSTILE_WORDS,
      x: HOSTILE.map((_, index) => index + 1),
      text: HOSTILE_WORDS,
      name: figureText(ALL),
      hovertemplate: "%{y}: %{x} %{text}<extra></extra>",
    },
    { type: "scatter", x: [1], y: [figureText(EVIL)], name: figureText(HOSTILE[1]) },
  ],
  layout: {
    title: { text: figureText(ALL, { max: 2_000 }) },
    xaxis: { title: { text: figureText(EVIL) } },
    annotations: [{ x: 1, y: figureText(EVIL), text: figureText(HOSTILE[3]) }],
  },
  description: ALL,
};

/** The same figure, from someone who forgot `figureText` and went past `show`. */
const UNGUARDED: Figure = {
  data: [
    { type: "bar", x: HOSTILE, y: HOSTILE.map((_, index) => index), text: HOSTILE, name: ALL },
  ],
  layout: {
    title: { text: ALL },
    images: [{ source: "https://example.org/x.png", x: 0, y: 0, sizex: 1, sizey: 1 }],
    annotations: [{ x: 1, y: 1, text: '<a href="javascript:alert(10)">x</a>' }],
  },
};

const PAGES_TABLE = pl.DataFrame({
  user_id: [341, 11, 64, 53],
  pages: [1200, 90, null, 10_500],
  pct_b: [0.5, Number.NaN, 1.25, -3],
  path: ["b", "a10", "a9", null],
});

const HOSTILE_TABLE = pl.DataFrame({
  [EVIL]: HOSTILE,
  path: HOSTILE.map((text) => text.repeat(40)),
});

const OWN_HTML = `${ALL}<h1 onclick="alert(11)">Own</h1><iframe src="https://example.org"></iframe>
<img src="https://example.org/t.png"><img srcset="https://example.org/t.png 1x"><p style="background:url(https://example.org/t.png);color:red" id="page-main">styled</p>
<style>body { display: none }</style><link rel="stylesheet" href="https://example.org/t.css"><meta http-equiv="refresh" content="0;url=https://example.org">
<form action="https://example.org"><button>go</button></form><base href="https://example.org"><math><mtext><script>alert(12)</script></mtext></math>
<object data="https://example.org"></object><video src="https://example.org/v.mp4" autoplay></video><table><tr><td>kept</td></tr></table>`;

const OWN_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20" onload="alert(13)"><script>alert(14)</script><image href="https://example.org/t.png"/><text y="15">picture</text></svg>`;

const INTRO =
  "# What the log says\n\nWords with **weight**, `code`, [a page](https://example.org/), [the next](02-next.ipynb) and a table:\n\n| a | b |\n|---|--:|\n| x | 1 |\n";

/** A notebook with everything in it that a notebook may show, and every place filled by strangers. */
export function demoNotebook(): Notebook {
  const printed = ["read 10 rows\n", "\u001b[32mdone\u001b[0m\n"];
  return notebookOf(
    markdownCell(INTRO, "intro"),
    { ...ranCell("parameters", ["parameters"]), source: "const k = 2;" },
    markdownCell("## Pages per user\n\n```ts\nconst answer: number = 42;\n```\n", "pages"),
    ranCell("table", [], tableBundle(PAGES_TABLE, { title: "Pages per user", limit: 4 })),
    markdownCell("### One user", "user"),
    ranCell("figure", ["hide-code"], figureBundle(LINE_FIGURE)),
    ranCell(
      "streams",
      [],
      { output_type: "stream", name: "stdout", text: printed },
      { output_type: "stream", name: "stderr", text: "10%\r100%\nwarning\n" },
    ),
    markdownCell(`## ${ALL}\n\n${ALL}\n`, "hostile"),
    ranCell(
      "hostile-prose",
      [],
      displayed({ "text/markdown": prose`### Answer: ${ALL}\n\n${HOSTILE}`.markdown }),
      displayed({ "text/markdown": HOSTILE }),
    ),
    ranCell(
      ALL,
      [],
      tableBundle(HOSTILE_TABLE, { title: ALL, limit: 3 }),
      figureBundle(HOSTILE_FIGURE),
      displayed({ "application/vnd.plotly.v1+json": UNGUARDED, "image/svg+xml": OWN_SVG }),
      { output_type: "stream", name: "stdout", text: `${ALL}\n${"x".repeat(5_000)}` },
      displayed({ "text/html": OWN_HTML }),
      displayed({ "image/svg+xml": OWN_SVG, "text/plain": ALL }),
      displayed({ "image/png": `x" onerror="alert(15)`, "text/plain": ALL }),
      displayed({ "application/json": { [ALL]: HOSTILE } }),
      { output_type: "error", ename: EVIL, evalue: ALL, traceback: HOSTILE },
    ),
  );
}
