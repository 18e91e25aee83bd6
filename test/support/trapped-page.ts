import type { Page } from "playwright-core";
import { drawFigures, type OpenOptions, type OpenPage, openFile } from "./browser";

/** What somebody saved as a file from a page. */
export interface Saved {
  name: string;
  text: string;
}

export interface TrappedPage extends OpenPage {
  /** All that should never happen, so far; empty where strangers' text stayed text. */
  fired(): Promise<string[]>;
}

// Before any script of the page: whatever a script of strangers would call says that it was called.
// Files that the page saves are kept here instead.
const TRAP = `(() => {
  const fired = [];
  const saved = [];
  Object.defineProperty(window, "__fired", { value: fired });
  Object.defineProperty(window, "__saved", { value: saved });
  Object.defineProperty(window, "__pwned", { get() {}, set() { fired.push("__pwned was set"); } });
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    const get = () => () => { fired.push(name + " was called"); };
    Object.defineProperty(window, name, { get, set() {} });
  }
  // What carries data out says so, and goes on: the page's policy must stop it too.
  const watch = (owner, name) => {
    const given = owner[name];
    owner[name] = function (...args) {
      fired.push(name + " was called: " + String(args[0]?.url ?? args[0]).slice(0, 100));
      return new.target ? new given(...args) : given.apply(this, args);
    };
  };
  for (const name of ["fetch", "postMessage", "WebSocket", "EventSource"]) watch(window, name);
  watch(navigator, "sendBeacon");
  watch(XMLHttpRequest.prototype, "open");
  for (const name of ["submit", "requestSubmit"]) watch(HTMLFormElement.prototype, name);
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    fired.push(["policy", violatedDirective, blockedURI, sample].join(" "));
  });
  let last;
  const address = URL.createObjectURL;
  URL.createObjectURL = (blob) => { last = blob; return address.call(URL, blob); };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) {
      if (!this.getAttribute("href")?.startsWith("#")) fired.push("click on a link: " + this.href);
      return click.call(this);
    }
    const entry = { name: this.download };
    saved.push(last.text().then((text) => ({ ...entry, text })));
  };
})();`;

/** Opens a file in which every way out of being text is watched. */
export async function openTrapped(file: string, options: OpenOptions = {}): Promise<TrappedPage> {
  const { page, problems } = await openFile(file, { ...options, before: TRAP });
  const address = page.url();
  page.on("framenavigated", (frame) => {
    if (frame.url().split("#")[0] !== address) problems.push(`went to ${frame.url()}`);
  });
  const fired = async () => [
    ...problems,
    ...(await page.evaluate<string[]>("window.__fired")),
    ...page
      .frames()
      .slice(1)
      .map((frame) => `frame: ${frame.url()}`),
    ...(await page.evaluate<string[]>(STRANGE_ELEMENTS)),
  ];
  return { page, problems, fired };
}

/** Elements that no page of ours has, and links that lead elsewhere than ours do. */
const STRANGE_ELEMENTS = `(() => {
  const ours = /^(#|\\d\\d-[\\w-]+\\.(slides\\.)?(html|ipynb)(#|$)|every-string\\.(slides\\.)?(html|ipynb)(#|$)|index\\.html$|mailto:\\?(subject=[^&]*&)?body=[^&]*$)/;
  const links = [...document.querySelectorAll("a, area")]
    .map((link) => link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "")
    .filter((href) => !ours.test(href));
  const others = document.querySelectorAll(
    "iframe, frame, object, embed, applet, form:not([method=dialog]), base, video, audio, marquee, math, template, noscript, portal, link:not([rel=icon]), meta[http-equiv=refresh]",
  );
  const handlers = [...document.querySelectorAll("*")].filter((element) =>
    element.getAttributeNames().some((name) => name.startsWith("on")),
  );
  const images = [...document.images].filter(({ src }) => !src.startsWith("data:image/"));
  return [
    ...links.map((href) => "link to " + href),
    ...[...others, ...handlers, ...images].map((element) => element.outerHTML.slice(0, 100)),
  ];
})()`;

/** Does what a curious reader does: draws and hovers, sorts, filters, opens and saves. */
export async function useEverything(page: Page): Promise<{ states: string[]; saved: Saved[] }> {
  await page.evaluate(
    "for (const details of document.querySelectorAll('details')) details.open = true",
  );
  const states = await drawFigures(page);
  await page.evaluate(USE);
  states.push(...(await page.evaluate<string[]>(BROKEN_IMAGES)));
  const saved = await page.evaluate<Saved[]>("Promise.all(window.__saved)");
  return { states, saved };
}

/** What each table that can be saved holds, names of columns first; nothing for null. */
export function savableTables(page: Page): Promise<string[][][]> {
  return page.evaluate<string[][][]>(`[...document.querySelectorAll(".csv")].map((button) => {
    const table = button.closest(".output.table").querySelector("table");
    const value = (cell) => cell.classList.contains("null") ? "" : cell.dataset.v ?? cell.textContent;
    return [
      [...table.querySelectorAll("thead .name")].map((name) => name.textContent),
      ...[...table.tBodies[0].rows].map((row) => [...row.cells].map(value)),
    ];
  })`);
}

/** Puts in what a page's policy has to stop. */
export const INJECT = `(() => {
  const script = document.createElement("script");
  script.textContent = "window.__pwned = 1";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src='https://evil.example/x' onerror='window.__pwned = 2'>" +
    "<iframe srcdoc='<script>parent.__pwned = 3</script>'></iframe><a id='inject' href='javascript:window.__pwned = 4'>x</a>");
  document.getElementById("inject").click();
  fetch("https://evil.example/injected").catch(() => {});
})()`;

/** Pictures that the browser cannot read. */
const BROKEN_IMAGES = `Promise.all(
  [...document.images].map((image) => image.decode().then(() => "", () => "broken: " + image.alt.slice(0, 80))),
).then((all) => all.filter(Boolean))`;

const USE = `(async () => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  for (const plot of all(".js-plotly-plot")) {
    const traces = plot._fullData.filter(({ visible }) => visible === true);
    for (const trace of new Set([traces[0], traces.at(-1)])) {
      // Traces of other types take a place, not a point.
      const points = plot.calcdata[trace?.index]?.length ?? 0;
      if (points === 0 || !["bar", "scatter"].includes(trace.type)) continue;
      const subplot = (trace.xaxis ?? "x") + (trace.yaxis ?? "y");
      Plotly.Fx.hover(plot, [{ curveNumber: trace.index, pointNumber: points - 1 }], subplot);
      await pause(60);
    }
  }
  for (const select of all(".figure-menu select")) {
    select.selectedIndex = select.options.length - 1;
    select.dispatchEvent(new Event("change"));
  }
  for (const field of all(".table-filter input")) {
    for (const words of ["<img onerror", "__proto__ (.*", ""]) {
      field.value = words;
      field.dispatchEvent(new Event("input"));
    }
  }
  for (const button of all(".csv, thead th:first-child button, thead th:last-child button, .copy, [data-switch=code]"))
    button.click();
  for (const link of all("a.claim").slice(0, 3)) link.click();
  await pause(300);
})()`;
