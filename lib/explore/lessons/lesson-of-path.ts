import { probeOf } from "../../log/probe-of";
import { isAsset } from "../../log/site-order";

/** What a path can be besides a lesson, judged by its name alone. */
export type OtherPage =
  | "home"
  | "search"
  | "table of contents"
  | "asset"
  | "embedded example"
  | "probing"
  | "page of another application"
  | "broken link"
  | "no page";

/** What a path's name says. */
export interface PathName {
  /** What it is instead of a lesson; null where its name could be a lesson's. */
  other: OtherPage | null;
  /** The name without what only a layout added; empty where it is no lesson. */
  name: string;
  /** Parts of the name as they are compared: letters and digits only. */
  key: readonly string[];
  /** Number of the section in front of a name that stands in no folder (`4.6.3_pandas`: `4`); null without. */
  section: string | null;
  /** Whether the path is one of slides. */
  isSlides: boolean;
}

/**
 * What a path's name alone says: no lesson, and what instead; or a lesson's name without what only
 * a layout added. That is a leading `content/` or `slides/`, numbers before a name
 * (`6-regression/1-overview`, `3.5.1-where`), an ending such as `.html` or `.md`, `index.html`,
 * doubled slashes, capitals and underscores.
 *
 * Names are compared by letters and digits only, `introduction` as `intro`, and a part that ends
 * in `-i` or `-1` like one without: sections were split into `javascript-i` and `javascript-ii`
 * after the first had been `javascript`.
 */
export function lessonOfPath(path: string): PathName {
  const none = (other: OtherPage): PathName => ({
    other,
    name: "",
    key: [],
    section: null,
    isSlides: false,
  });
  if (HOME.test(path.replace(/^\/+/, ""))) return none("home");
  if (/^\/*search\/*$|search_index\.json$/i.test(path)) return none("search");
  if (/^\/*(content\/+)?toc(\.html?)?\/*$/i.test(path)) return none("table of contents");
  if (probeOf(path)) return none("probing");
  if (EXAMPLE.test(path)) return none("embedded example");
  if (isAsset(path) || FILE.test(path)) return none("asset");
  if (APPLICATION.test(path)) return none("page of another application");
  if (BROKEN.test(path)) return none("broken link");
  const parts = path
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1-$2") // SocialNetworkAnalysis
    .toLowerCase()
    .replace(/^\/*(content\/+)?/, "")
    .split("/")
    .filter((part) => part !== "");
  const isSlides = parts.length > 1 && parts[0] === "slides";
  const named = (isSlides ? parts.slice(1) : parts).map(withoutLayout);
  const kept = named.filter((part, place) => part !== "" && (place === 0 || part !== "index"));
  const key = kept.map(keyOf);
  if (kept[0] === "index") return none("table of contents");
  if (!kept.every((part) => NAME.test(part)) || !key.some((part) => /\p{L}{2}/u.test(part))) {
    return none("no page");
  }
  const section = parts.length === 1 ? (/^[1-9]\d*/.exec(parts[0]!)?.[0] ?? null) : null;
  return { other: null, name: kept.join("/"), key, section, isSlides };
}

const HOME = /^(content\/+)?((index(\.html?)?|home)\/*)?$/i;
/** Pages that a lesson loads into itself: each view of the lesson asks for them too. */
const EXAMPLE = /^\/*(content\/+)?examples?(\/|$)/i;
/** What a lesson offers for download, or a script reads. */
const FILE = /\.(json|csv|tsv|pdf|zip|ipynb|mp4|xlsx?|txt|py|java|sql|dat|tex|yml|pn)$/i;
/** Accounts, grades and forms of applications that share the site's address, by the first part. */
const APPLICATION =
  /^\/*(users?|students?|cohorts?|grades?|quiz(zes)?|teams?|accounts?|profiles?|admin|uploads|log-?(in|out)s?|sign-?(in|up|out)|regist(er|ration)\w*)([./%]|$)/i;
/** What a link without a target or without its scheme asks for: a script's nothing, or a host. */
const BROKEN =
  /(^|\/)(null|undefined|nan)\/*$|https?(:|%)|(^|\/)www\.|(^|\/)[\w-]+\.(com|org|net|edu|gov|io)(\/|$)/i;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}.&+-]*$/u;

const ENDINGS = new Set(["html", "htm", "md", "ipynb", "php"]);

/** A part of a path without its number and endings. */
function withoutLayout(part: string): string {
  const pieces = part.split(".");
  while (pieces.length > 1 && ENDINGS.has(pieces.at(-1)!)) pieces.pop();
  return pieces
    .join(".")
    .replace(/^\d+(\.\d+)*[._-]+(?=\D)/, "")
    .replace(/_/g, "-");
}

/** A part of a name as it is compared. */
export function keyOf(part: string): string {
  return part
    .replace(/-(i|1)$/, "")
    .replace(/introduction/g, "intro")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
