import MarkdownIt from "markdown-it";
import { WORD_JOINER } from "../../words/escape-markdown";
import { visibleLines, visibleText } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";
import { highlightCode } from "./highlight";
import type { PageContext } from "./page-context";

const SAFE_LINK = /^(?:https?:\/\/|mailto:|#)/i;
const SAFE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;
/** Another notebook in the same folder: its page lies beside this one. */
const SIBLING = /^([\w-]+)\.ipynb(#[^\s]*)?$/;

const markdown = new MarkdownIt({ html: false, linkify: false, highlight: highlightCode });
markdown.validateLink = (url) => SAFE_LINK.test(url) || SAFE_IMAGE.test(url) || SIBLING.test(url);

markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  const token = tokens[index]!;
  const href = String(token.attrGet("href") ?? "");
  const sibling = SIBLING.exec(href);
  if (sibling) token.attrSet("href", `${sibling[1]}.html${sibling[2] ?? ""}`);
  else if (!SAFE_LINK.test(href)) token.attrSet("href", "#");
  else if (!href.startsWith("#")) token.attrSet("rel", "noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

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
 */
export function markdownToHtml(text: string, context: PageContext): string {
  const env = {};
  const tokens = markdown.parse(visibleLines(withoutTexEscapes(text)), env);
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
      context.titleHtml = markdown.renderer.render([inline], markdown.options, env);
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
  return markdown.renderer.render(kept, markdown.options, env);
}

type Token = ReturnType<typeof markdown.parse>[number];

function plainText(inline: Token): string {
  const text = (inline.children ?? []).map((child) =>
    child.type === "softbreak" ? " " : child.content,
  );
  return visibleText(text.join("").trim());
}

/** A small link at a heading's end, for copying its address. */
function anchorLink(heading: Token, id: string, words: string): Token {
  const Token = heading.constructor as new (type: string, tag: string, nesting: 0) => Token;
  const link = new Token("page_anchor", "", 0);
  link.content = `<a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to “${escapeHtml(words)}”">#</a>`;
  return link;
}

markdown.renderer.rules.page_anchor = (tokens, index) => tokens[index]!.content;

/** No TeX here, so what `escapeMarkdown` did against it can go. */
function withoutTexEscapes(text: string): string {
  return text.replaceAll(WORD_JOINER, "").replaceAll("\\\\\\$", "\\$");
}
