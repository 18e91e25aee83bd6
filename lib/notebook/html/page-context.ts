import { ClaimRows } from "./claim-rows";

export interface Heading {
  id: string;
  level: number;
  text: string;
}

/** Collected while a page's cells are written. */
export class PageContext {
  /** The first heading of level 1, as safe HTML. */
  titleHtml = "";
  titleText = "";
  readonly headings: Heading[] = [];
  figures = 0;
  tables = 0;
  letters = 0;
  readonly badges: string[] = [];
  readonly claims = new ClaimRows();
  /** Whether script and claims will be there, for tables' controls and links of numbers. */
  readonly tools: boolean;
  firstError = "";
  private readonly ids = new Set<string>();

  constructor({ tools = false } = {}) {
    this.tools = tools;
  }

  /** As on GitHub, and unique on the page. */
  anchor(text: string): string {
    const start = slug(text);
    let id = start;
    for (let number = 2; this.ids.has(id); number++) id = `${start}-${number}`;
    this.ids.add(id);
    return id;
  }
}

/** From a heading's text, or Jupyter's anchor (`1.-Who-reads?`). */
export function slug(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const base = words.slice(0, 80) || "section";
  // "page-" is kept for the page's own parts.
  return base.startsWith("page") ? `section-${base}` : base;
}
