import { existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeEach } from "vitest";
import { newFolder } from "./new-folder";

/** Chromium without any window at all goes first: it needs two thirds of the time. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** Chromium on this machine, or null: then the tests that want it skip. `CHROMIUM_PATH` goes first. */
export const chromiumPath: string | null = findChromium();

function findChromium(): string | null {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = [
    ...(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []),
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** One for all files of tests in this process; it ends with the process. */
let launched: Promise<Browser> | undefined;

/** A browser without a window, and without traffic of its own. */
function browser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: chromiumPath ?? undefined,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  return launched;
}

/**
 * A folder for a block's pages. What a test opens is closed after it, as pages that nobody needs slow
 * the others down; what is opened before the tests, after the last one.
 */
export function usePages(): { folder: string; saved: (name: string, html: string) => string } {
  const contexts = async () => (await launched)?.contexts() ?? [];
  const close = (some: BrowserContext[]) => Promise.all(some.map((context) => context.close()));
  let before: BrowserContext[] = [];
  beforeEach(async () => {
    before = await contexts();
  });
  afterEach(async () => {
    await close((await contexts()).filter((context) => !before.includes(context)));
  });
  afterAll(async () => {
    await close(await contexts());
  });
  const folder = newFolder();
  const saved = (name: string, html: string) => {
    writeFileSync(join(folder, name), html);
    return join(folder, name);
  };
  return { folder, saved };
}

export interface OpenOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  /** False opens the page as a browser without scripts does. */
  scripts?: boolean;
  /** A script that runs before any of the page's own. */
  before?: string;
}

export interface OpenPage {
  page: Page;
  /** What should never happen: console errors, exceptions, dialogs, requests past the file itself. */
  problems: string[];
}

/** Opens a file as a reader does, and notes everything that a page here must not do. */
export async function openFile(
  file: string,
  { width = 1280, height = 900, dark = false, scripts = true, before = "" }: OpenOptions = {},
): Promise<OpenPage> {
  const address = pathToFileURL(file).href;
  const context = await (await browser()).newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", () => problems.push("popup"));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !/^(?:data|blob):/.test(url)) problems.push(`request: ${url}`);
  });
  if (before !== "") await page.addInitScript(before);
  await page.goto(address);
  return { page, problems };
}

/** Scrolls to the end, as a reader does, until every figure on the page is drawn or has failed. */
export async function drawFigures(page: Page): Promise<string[]> {
  const figures = page.locator("figure.figure");
  const count = await figures.count();
  const states: string[] = [];
  for (let index = 0; index < count; index++) {
    const figure = figures.nth(index);
    await figure.scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (element) => (element as unknown as { dataset: { state?: string } }).dataset.state,
      await figure.elementHandle(),
    );
    states.push((await figure.getAttribute("data-state")) ?? "");
  }
  return states;
}
