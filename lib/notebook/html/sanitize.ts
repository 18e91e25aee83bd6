import sanitize from "sanitize-html";
import { visibleLines } from "../../words/visible-text";

const LENGTH = /^-?\d+(?:\.\d+)?(?:px|em|rem|%|ch)$/;
const COLOR = /^(?:#[\da-f]{3,8}|rgba?\([\d\s.,%]+\)|[a-z]+)$/i;

const TAGS = `h2 h3 h4 h5 h6 p div span br hr blockquote pre code
  ul ol li dl dt dd a img figure figcaption details summary
  b i em strong small sub sup s u mark abbr time kbd
  table caption colgroup col thead tbody tfoot tr th td`;
const NON_TEXT_TAGS = "script style textarea option noscript iframe svg math title template";

const OPTIONS: sanitize.IOptions = {
  allowedTags: TAGS.split(/\s+/),
  nonTextTags: NON_TEXT_TAGS.split(" "),
  allowedAttributes: {
    "*": ["style", "title", "lang", "dir"],
    a: ["href", "rel"],
    img: ["src", "alt", "width", "height"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    col: ["span"],
    details: ["open"],
  },
  allowedStyles: {
    "*": {
      color: [COLOR],
      "background-color": [COLOR],
      "text-align": [/^(?:left|right|center|justify)$/],
      "font-weight": [/^(?:normal|bold|\d{3})$/],
      "font-style": [/^(?:normal|italic)$/],
      opacity: [/^[\d.]+$/],
      width: [LENGTH],
      "max-width": [LENGTH],
      "white-space": [/^(?:nowrap|pre-wrap|normal)$/],
      "overflow-x": [/^auto$/],
    },
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
  transformTags: {
    h1: "h2",
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: "noopener noreferrer" } }),
  },
  exclusiveFilter: ({ tag, attribs }) =>
    tag === "img" &&
    !/^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/.test(attribs.src ?? ""),
};

/**
 * Security: of a cell's HTML stay text, tables, lists, links and embedded pictures; no scripts,
 * forms, frames, ids or classes; styles may color, align or size.
 */
export function sanitizeHtml(html: string): string {
  return visibleLines(sanitize(html, OPTIONS));
}
