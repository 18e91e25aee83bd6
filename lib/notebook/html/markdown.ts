import MarkdownIt from "markdown-it";
import { DOLLAR, WORD_JOINER } from "../../words/escape-markdown";
import { visibleLines, visibleText } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";
import { highlightCode } from "./highlight";
import { type PageContext, slug } from "./page-context";

const SAFE_LINK = /^(?:https?:\/\/|mailto:|#)/i;
const SAFE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;
/** Another notebook in the same folder: its page lies beside this one. */
const SIBLING = /^([\w-]+)\.ipynb(#[^\s]*)?$/;

/** A part of a text that links to where it comes from. */
export interface Mark {
  from: number;
  to: number;
  href: string;
}

const markdown = new MarkdownIt({ html: false, linkify: false, highlight: highlightCode });
markdown.validateLink = (url) => SAFE_LINK.test(url) || SAFE_IMAGE.test(url) || SIBLING.test(url);

markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  const token = tokens[index]!;
  const href = String(token.attrGet("href") ?? "");
  const sibling = SIBLING.exec(href);
  if (sibling) token.attrSet("href", `${sibling[1]}.html${pageAnchor(sibling[2] ?? "")}`);
  else if (!SAFE_LINK.test(href)) token.attrSet("href", "#");
  else if (href.startsWith("#")) token.attrSet("href", pageAnchor(href));
  else token.attrSet("rel", "noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** Headings' anchors as Jupyter makes them lead to ours. */
function pageAnchor(hash: string): string {
  if (hash.length < 2) return hash;
  try {
    return `#${slug(decodeURIComponent(hash.slice(1)))}`;
  } catch {
    return "#";
  }
}

markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index]!;
  const source = String(token.attrGet("src") ?? "");
  const words = escapeHtml(token.content || "picture");
  return SAFE_IMAGE.test(source)
    ? `<img src="${escapeHtml(source)}" alt="${words}">`
    : `<span class="left-out">[${words}]</span>`;
};

// Character references may hide what the source did not show.
markdown.renderer.rules.text = (tokens, index) => escapeHtml(visibleText(tokens[index]!.content));

markdown.renderer.rules.table_open = () =>
  '<div class="table-box" role="group" tabindex="0" aria-label="Table"><table class="plain">\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";

markdown.renderer.rules.fence = (tokens, index) => {
  const { content, info } = tokens[index]!;
  return `<pre tabindex="0"><code>${highlightCode(content, info.trim() || "text")}</code></pre>\n`;
};

/**
 * Markdown as HTML. HTML in it is text, links lead to web pages, mail addresses, this page or
 * another notebook's page, and pictures are part of the text itself or left out. Headings get
 * anchors and are collected in `context`; the first one of level 1 is taken out as the page's title.
 *
 * @param marks parts of the text that become links, in order; none does where one of them is not
 *   plain text (in code, in an address)
 * @param breaks whether line breaks stay
 */
export function markdownToHtml(
  text: string,
  context: PageContext,
  marks: readonly Mark[] = [],
  { breaks = false }: { breaks?: boolean } = {},
): string {
  const env = {};
  const options = { ...markdown.options, breaks };
  const tokens = parseMarked(text, marks);
  const kept: typeof tokens = [];
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
      kept.push(token, inline, anchorLink(token, id, words), close);
    }
    index += 2;
  }
  return markdown.renderer.render(kept, options, env);
}

export type Token = ReturnType<typeof markdown.parse>[number];

/** Markdown's parts, invisible characters written out. */
export function parseMarkdown(text: string): Token[] {
  return markdown.parse(shownText(text), {});
}

// Around a marked part, while Markdown is parsed: private characters, which are written out
// wherever the text itself has them.
const MARK_START = "\ue000";
const MARK_END = "\ue001";
const MARKED = /\ue000([^\ue000\ue001]*)\ue001/;

function parseMarked(text: string, marks: readonly Mark[]): Token[] {
  if (marks.length === 0) return parseMarkdown(text);
  let marked = "";
  let at = 0;
  for (const { from, to } of marks) {
    marked += `${shownText(text.slice(at, from))}${MARK_START}${shownText(text.slice(from, to))}${MARK_END}`;
    at = to;
  }
  const tokens = markdown.parse(marked + shownText(text.slice(at)), {});
  return placeMarks(tokens, marks) ? tokens : parseMarkdown(text);
}

/** Makes links of the marked parts; false where not each of them is found once, as plain text. */
function placeMarks(tokens: Token[], marks: readonly Mark[]): boolean {
  let found = 0;
  for (const token of tokens) {
    if (token.type !== "inline") {
      if (hasMark(token)) return false;
      continue;
    }
    let links = 0;
    token.children = (token.children ?? []).flatMap((child) => {
      if (child.type === "link_open") links++;
      if (child.type === "link_close") links--;
      if (child.type !== "text") return [child];
      // Before, marked, between, marked, after.
      return child.content.split(MARKED).flatMap((words, place) => {
        const part = new (child.constructor as TokenClass)("text", "", 0);
        part.content = words;
        if (place % 2 === 1) {
          const href = marks[found++]?.href ?? "#";
          if (links === 0) {
            part.type = "page_mark";
            part.meta = { href };
          }
        }
        return words === "" ? [] : [part];
      });
    });
    if (token.children.some(hasMark)) return false;
  }
  return found === marks.length;
}

function hasMark({ type, content, attrs, children }: Token): boolean {
  const values = (attrs ?? []).map(([, value]) => String(value));
  const texts = [type === "inline" ? "" : content, ...values];
  return (
    texts.some((text) => /[\ue000\ue001]|%EE%80%8[01]/i.test(text)) ||
    (children ?? []).some(hasMark)
  );
}

markdown.renderer.rules.page_mark = (tokens, index) => {
  const { content, meta } = tokens[index]!;
  return `<a class="claim" href="${escapeHtml(String(meta?.href))}">${escapeHtml(visibleText(content))}</a>`;
};

type TokenClass = new (type: string, tag: string, nesting: 0) => Token;

function plainText(inline: Token): string {
  const text = (inline.children ?? []).map((child) =>
    child.type === "softbreak" ? " " : child.content,
  );
  return visibleText(text.join("").trim());
}

/** A small link at a heading's end, for copying its address. */
function anchorLink(heading: Token, id: string, words: string): Token {
  const link = new (heading.constructor as TokenClass)("page_anchor", "", 0);
  link.content = `<a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to “${escapeHtml(words)}”">#</a>`;
  return link;
}

markdown.renderer.rules.page_anchor = (tokens, index) => tokens[index]!.content;

/** No TeX here, so what `escapeMarkdown` did against it can go. */
function shownText(text: string): string {
  return visibleLines(text.replaceAll(WORD_JOINER, "").replaceAll(DOLLAR, "&#36;"));
}
