import { readLedger } from "../claims/read-ledger";
import { claimHref } from "./claim-rows";
import { letterToHtml } from "./letter";
import { type Mark, markdownToHtml } from "./markdown";
import type { PageContext } from "./page-context";

/** A cell's Markdown, its numbers linked to the list of claims. */
export function proseToHtml(
  text: string,
  metadata: unknown,
  { anchor, tags }: { anchor: string; tags: readonly string[] },
  context: PageContext,
): string {
  const ledger = context.tools ? readLedger(metadata) : null;
  const rows = context.claims.add(ledger?.claims ?? []);
  const marks = (ledger?.spans ?? []).map(
    ([from, to], index): Mark => ({ from, to, href: claimHref(rows[index] ?? 0) }),
  );
  const html = proseHtml(text, marks, tags, context);
  context.claims.place(rows, anchor, context.headings.at(-1)?.text ?? "");
  return html;
}

function proseHtml(
  text: string,
  marks: readonly Mark[],
  tags: readonly string[],
  context: PageContext,
): string {
  if (tags.includes("email")) return letterToHtml(text, marks, context);
  const html = markdownToHtml(text, context, marks);
  if (tags.includes("badge")) {
    const badge = `<div class="badge prose">${html}</div>`;
    if (!context.tools) return badge;
    context.badges.push(badge);
    return "";
  }
  if (tags.includes("single-slide")) {
    return `<section class="output prose single-slide" aria-label="In one slide">${html}</section>`;
  }
  const form = tags.includes("key-figures") ? " tiles" : tags.includes("answer") ? " answer" : "";
  return `<div class="output prose${form}">${html}</div>`;
}
