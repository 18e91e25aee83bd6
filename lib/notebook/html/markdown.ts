import MarkdownIt from "markdown-it";
import { DOLLAR, WORD_JOINER } from "../../words/escape-markdown";
import { visibleLines, visibleText } from "../../words/visible-text";
import { escapeHtml, shownHtml } from "../show/escape-html";
import { highlightCode } from "./highlight";
import { type PageContext, slug } from "./page-context";

const SAFE_LINK = /^(?:https?:\/\/|mailto:|#)/i;
const SAFE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;
/** Another notebook in the folder, whose page lies beside. */
const SIBLING = /^([\w-]+)\.ipynb(#[^\s]*)?$/;

export interface Mark {
  from: number;
  to: number;
  href: string;
}

export type Token = ReturnType<typeof markdown.parse>[number];
type Env = { marks?: readonly Mark[]; placed?: number[] };

const markdown = new MarkdownIt({ html: false, linkify: false, highlight: highlightCode });
const { rules } = markdown.renderer;
markdown.validateLink = (url) => SAFE_LINK.test(url) || SAFE_IMAGE.test(url) || SIBLING.test(url);

rules.link_open = (tokens, index, options, _env, renderer) => {
  const token = tokens[index]!;
  const href = String(token.attrGet("href") ?? "");
  const sibling = SIBLING.exec(href);
  if (sibling) token.attrSet("href", `${sibling[1]}.html${pageAnchor(sibling[2] ?? "")}`);
  else if (!SAFE_LINK.test(href)) token.attrSet("href", "#");
  else if (href.startsWith("#")) token.attrSet("href", pageAnchor(href));
  else token.attrSet("rel", "noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** Jupyter's anchors as ours. */
function pageAnchor(hash: string): string {
  if (hash.length < 2) return hash;
  try {
    return `#${slug(decodeURIComponent(hash.slice(1)))}`;
  } catch {
    return "#";
  }
}

rules.image = (tokens, index) => {
  const token = tokens[index]!;
  const source = String(token.attrGet("src") ?? "");
  const words = escapeHtml(token.content || "picture");
  return SAFE_IMAGE.test(source)
    ? `<img src="${escapeHtml(source)}" alt="${words}">`
    : `<span class="left-out">[${words}]</span>`;
};

rules.table_open = () =>
  '<div class="table-box" role="group" tabindex="0" aria-label="Table"><table class="plain">\n';
rules.table_close = () => "</table></div>\n";

// With a small link at the end, for copying its address.
rules.heading_close = (tokens, index) => {
  const { tag, meta } = tokens[index]!;
  const { id = "", words = "" } = (meta ?? {}) as { id?: string; words?: string };
  return `<a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to “${escapeHtml(words)}”">#</a></${tag}>\n`;
};

rules.fence = (tokens, index) => {
  const { content, info } = tokens[index]!;
  return `<pre tabindex="0"><code>${highlightCode(content, info.trim() || "text")}</code></pre>\n`;
};

// While parsed, a marked part stands between private characters: the first says which it is. Those
// of the text have been written out before.
const MARK_END = "\ue000";
const FIRST_MARK = 0xe001;
const MOST_MARKS = 6_000;
const MARKED = /([\ue001-\uf8ff])([^\ue000-\uf8ff]*)\ue000/;

rules.text = (tokens, index, _options, env) => {
  const { marks, placed } = (env ?? {}) as Env;
  const { content } = tokens[index]!;
  // Character references may hide what the source did not show.
  if (!marks) return shownHtml(content);
  const links = tokens.slice(0, index).reduce((sum, { type }) => {
    return sum + Number(type === "link_open") - Number(type === "link_close");
  }, 0);
  const parts = content.split(MARKED);
  return parts
    .map((words, place) => {
      if (place % 3 === 1) return "";
      if (place % 3 === 0) return shownHtml(words);
      const number = (parts[place - 1]?.charCodeAt(0) ?? 0) - FIRST_MARK;
      placed?.push(number);
      const href = escapeHtml(marks[number]?.href ?? "#");
      return links > 0
        ? shownHtml(words)
        : `<a class="claim" href="${href}">${shownHtml(words)}</a>`;
    })
    .join("");
};

/**
 * Security: HTML in Markdown stays text, links lead to web pages, mail, this page or another
 * notebook's, and only embedded pictures are shown. Headings are collected in `context`; the first
 * of level 1 becomes the page's title.
 *
 * @param marks parts that become links; none does if one is in code or an address
 */
export function markdownToHtml(
  text: string,
  context: PageContext,
  marks: readonly Mark[] = [],
  { breaks = false }: { breaks?: boolean } = {},
): string {
  const options = { ...markdown.options, breaks };
  const env: Env = canPlace(text, marks) ? { marks } : {};
  const tokens = markdown.parse(markedText(text, env.marks ?? []), {});
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.type !== "heading_open") {
      kept.push(token);
      continue;
    }
    const inline = tokens[index + 1]!;
    const close = tokens[index + 2]!;
    const words = plainText(inline);
    if (token.tag === "h1" && context.titleText === "") {
      context.titleText = words;
      context.titleHtml = markdown.renderer.render([inline], options, env);
    } else {
      const level = Math.max(2, Number(token.tag.slice(1)));
      const id = context.anchor(words);
      context.headings.push({ id, level, text: words });
      token.tag = close.tag = `h${level}`;
      token.attrSet("id", id);
      close.meta = { id, words };
      kept.push(token, inline, close);
    }
    index += 2;
  }
  return markdown.renderer.render(kept, options, env);
}

export function parseMarkdown(text: string): Token[] {
  return markdown.parse(shownText(text), {});
}

function markedText(text: string, marks: readonly Mark[]): string {
  let marked = "";
  let at = 0;
  for (const [index, { from, to }] of marks.entries()) {
    const start = String.fromCharCode(FIRST_MARK + index);
    marked += `${shownText(text.slice(at, from))}${start}${shownText(text.slice(from, to))}${MARK_END}`;
    at = to;
  }
  return marked + shownText(text.slice(at));
}

/** Whether each marked part is found once, as plain text. */
function canPlace(text: string, marks: readonly Mark[]): boolean {
  if (marks.length === 0 || marks.length > MOST_MARKS) return false;
  const placed: number[] = [];
  markdown.render(markedText(text, marks), { marks, placed });
  return placed.length === marks.length && placed.every((number, index) => number === index);
}

function plainText(inline: Token): string {
  const text = (inline.children ?? []).map(({ type, content }) =>
    type === "softbreak" ? " " : content.replace(/[\ue000-\uf8ff]/g, ""),
  );
  return visibleText(text.join("").trim());
}

/** Undoes what `escapeMarkdown` did against TeX: here is none. */
function shownText(text: string): string {
  return visibleLines(text.replaceAll(WORD_JOINER, "").replaceAll(DOLLAR, "&#36;"));
}
