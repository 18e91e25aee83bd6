import { ClaimRows } from "./claim-rows";

export interface Heading {
  id: string;
  level: number;
  text: string;
}

/** What a page collects while its cells are written, from top to bottom. */
export class PageContext {
  /** The first heading of level 1, as safe HTML; it moves to the page's head. */
  titleHtml = "";
  titleText = "";
  readonly headings: Heading[] = [];
  figures = 0;
  tables = 0;
  letters = 0;
  readonly badges: string[] = [];
  readonly claims = new ClaimRows();
  /**
   * Whether the page's script and its list of claims will be there: then tables get their controls,
   * and numbers in prose link to where they come from.
   */
  readonly tools: boolean;
  firstError = "";
  private readonly ids = new Set<string>();

  constructor({ tools = false } = {}) {
    this.tools = tools;
  }

  /** An anchor for a text, as on GitHub, and different from all others on the page. */
  anchor(text: string): string {
    const start = slug(text);
    let id = start;
    for (let number = 2; this.ids.has(id); number++) id = `${start}-${number}`;
    this.ids.add(id);
    return id;
  }
}

/** A heading's anchor from its text, or from an anchor as Jupyter makes it (`1.-Who-reads?`). */
export function slug(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const base = words.slice(0, 80) || "section";
  // The page's own parts are named with "page-" in front.
  return base.startsWith("page") ? `section-${base}` : base;
}
