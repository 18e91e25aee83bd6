/** A heading that the table of contents lists. */
export interface Heading {
  id: string;
  level: number;
  /** Plain text, not yet escaped. */
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
  /** Anchor of the first cell that failed. */
  firstError = "";
  private readonly ids = new Set<string>();

  /** An anchor for a text, as on GitHub, and different from all others on the page. */
  anchor(text: string): string {
    const words = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "");
    const base = words.slice(0, 80) || "section";
    // The page's own parts are named with "page-" in front.
    const start = base.startsWith("page") ? `section-${base}` : base;
    let id = start;
    for (let number = 2; this.ids.has(id); number++) id = `${start}-${number}`;
    this.ids.add(id);
    return id;
  }
}
