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

/** A stranger's text: hidden characters written out, cut after `max`. */
export function shownHtml(text: string, max?: number): string {
  return escapeHtml(visibleText(text, { max }));
}

/** Security: Jupyter reads no TeX in this class; a stranger's TeX link could run a script. */
export const WITHOUT_TEX = "tex2jax_ignore mathjax_ignore";

/** Security: no end tag and no comment can occur in it. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
