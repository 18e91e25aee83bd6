import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DARK_COLORS, DARK_SEQUENTIAL, FIGURE_CONFIG, figureTemplate } from "../../plot/theme";
import { escapeHtml, scriptJson } from "../show/escape-html";
import { packedPlotly, plotlySource } from "../show/plotly-source";
import { thirdPartyNotice } from "../show/third-party-notice";
import { FORMULA, NUMBER } from "../without-formula";

export interface PageParts {
  title: string;
  navigation: string;
  switches?: string;
  body: string;
  hasFigures?: boolean;
}

export function pageShell({ title, navigation, switches, body, hasFigures }: PageParts): string {
  const rules = `const NUMBER = ${NUMBER};\nconst FORMULA = ${FORMULA};\n`;
  const script = rules + asset("figure-drawing.js") + asset("page.js");
  return documentHtml({
    title,
    styles: pageStyles() + asset("css/print.css"),
    scripts: [script],
    hasFigures,
    body: `<a class="skip" href="#page-main">Skip to content</a>
<header class="bar">
${navigation}
<div class="switches">${switches ?? ""}<button type="button" class="switch" data-switch="dark" aria-pressed="false">Dark</button></div>
</header>
${body}`,
  });
}

export interface DocumentParts {
  title: string;
  attributes?: string;
  styles: string;
  body: string;
  /** Run in this order, after the body. */
  scripts: string[];
  /** Licenses of the scripts. */
  notice?: string;
  hasFigures?: boolean;
}

/** A document. Security: its policy lets only these scripts run (by hash) and fetches nothing. */
export function documentHtml(parts: DocumentParts): string {
  const { title, attributes = "", styles, body, scripts, notice = "", hasFigures = false } = parts;
  const early = asset("early.js");
  const policy = securityPolicy([early, ...scripts, ...(hasFigures ? [plotlySource()] : [])]);
  return `<!DOCTYPE html>
<html lang="en"${attributes}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${styles}</style>
<script>${early}</script>
</head>
<body>
${body}
${hasFigures ? figureBlocks() : ""}
${notice}${scripts.map((text) => `<script>${text}</script>`).join("\n")}
</body>
</html>
`;
}

/** On a screen. */
export function pageStyles(): string {
  const parts = `colors page contents words code-and-outputs tables figures report claims index`;
  return parts
    .split(" ")
    .map((name) => asset(`css/${name}.css`))
    .join("");
}

/** plotly.js and our looks, as data for the page's script. */
function figureBlocks(): string {
  const looks = {
    light: figureTemplate("light"),
    dark: figureTemplate("dark"),
    darkColors: { ...DARK_COLORS, ...DARK_SEQUENTIAL },
    config: FIGURE_CONFIG,
  };
  return (
    `<script type="application/json" id="page-looks">${scriptJson(looks)}</script>\n` +
    thirdPartyNotice("plotly.js-dist-min") +
    `<script type="text/plain" id="page-plotly">${packedPlotly()}</script>`
  );
}

function securityPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map((text) => `'${scriptHash(text)}'`).join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** For an inline script in the content security policy. */
export function scriptHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

export function asset(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
