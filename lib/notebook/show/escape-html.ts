import { visibleText } from "../../words/visible-text";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** The same for a stranger's text: hidden characters written out, cut after `max` characters. */
export function shownHtml(text: string, max?: number): string {
  return escapeHtml(visibleText(text, { max }));
}

/**
 * Class of an element in which Jupyter's and nbconvert's pages look for no TeX: no escape stops
 * them, and what strangers wrote between dollar signs could become a link that runs a script.
 */
export const WITHOUT_TEX = "tex2jax_ignore mathjax_ignore";

/** JSON for a `<script>` element: neither its end tag nor a comment can occur in it. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
