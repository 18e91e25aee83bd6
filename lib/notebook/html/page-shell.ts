import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "../show/escape-html";
import { FORMULA, NUMBER } from "../without-formula";

export interface PageParts {
  title: string;
  /** What stands in the bar at the top, left of the switches. */
  navigation: string;
  /** Switches besides the theme's. */
  switches?: string;
  body: string;
  /** Data that the page's script reads; never run. */
  dataBlocks?: string;
  /** Scripts, besides the page's own, that may run: their exact text. */
  allowedScripts?: string[];
}

/**
 * A whole document that needs nothing but itself. Its policy lets only the page's own scripts run,
 * known by their hashes, and lets nothing be fetched from anywhere.
 */
export function pageShell(parts: PageParts): string {
  const early = asset("early.js");
  const rules = `const NUMBER = ${NUMBER};\nconst FORMULA = ${FORMULA};\n`;
  const script = rules + asset("figure-drawing.js") + asset("page.js");
  const policy = securityPolicy([early, script, ...(parts.allowedScripts ?? [])]);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<style>
${asset("page.css")}${asset("print.css")}</style>
<script>${early}</script>
</head>
<body>
<a class="skip" href="#page-main">Skip to content</a>
<header class="bar">
${parts.navigation}
<div class="switches">${parts.switches ?? ""}<button type="button" class="switch" data-switch="dark" aria-pressed="false">Dark</button></div>
</header>
${parts.body}
${parts.dataBlocks ?? ""}
<script>${script}</script>
</body>
</html>
`;
}

/** Lets only these scripts run, by their exact text, and nothing be fetched from anywhere. */
export function securityPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map((text) => `'${scriptHash(text)}'`).join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The hash by which a content security policy knows an inline script. */
export function scriptHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
