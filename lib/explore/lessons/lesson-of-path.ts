import { probeOf } from "../../log/probe-of";
import { isAsset } from "../../log/site-order";

export interface PathName {
  /** What it is instead of a lesson; null where its name could be a lesson's. */
  other: string | null;
  name: string;
  /** Its parts as they are compared: letters and digits only. */
  key: readonly string[];
  /** Number in front of a name in no folder (`4.6.3_pandas`: `4`). */
  section: string | null;
  isSlides: boolean;
}

const OTHERS: readonly (readonly [other: string, is: (path: string) => boolean])[] = [
  ["home", (path) => /^(content\/+)?((index(\.html?)?|home)\/*)?$/i.test(path.replace(/^\/+/, ""))],
  ["search", (path) => /^\/*search\/*$|search_index\.json$/i.test(path)],
  ["table of contents", (path) => /^\/*(content\/+)?toc(\.html?)?\/*$/i.test(path)],
  ["probing", (path) => Boolean(probeOf(path))],
  // Pages that a lesson loads into itself: each view of the lesson asks for them too.
  ["embedded example", (path) => /^\/*(content\/+)?examples?(\/|$)/i.test(path)],
  ["asset", (path) => isAsset(path) || FILE.test(path)],
  ["page of another application", (path) => APPLICATION.test(path)],
  ["broken link", (path) => BROKEN.test(path)],
];

const FILE = /\.(json|csv|tsv|pdf|zip|ipynb|mp4|xlsx?|txt|py|java|sql|dat|tex|yml|pn)$/i;
const APPLICATION =
  /^\/*(users?|students?|cohorts?|grades?|quiz(zes)?|teams?|accounts?|profiles?|admin|uploads|log-?(in|out)s?|sign-?(in|up|out)|regist(er|ration)\w*)([./%]|$)/i;
const BROKEN =
  /(^|\/)(null|undefined|nan)\/*$|https?(:|%)|(^|\/)www\.|(^|\/)[\w-]+\.(com|org|net|edu|gov|io)(\/|$)/i;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}.&+-]*$/u;

/**
 * What a path's name alone says, without what only a layout added (`content/`, numbers, `.html`).
 */
export function lessonOfPath(path: string): PathName {
  const none = (other: string) => ({ other, name: "", key: [], section: null, isSlides: false });
  const found = OTHERS.find(([, is]) => is(path));
  if (found) return none(found[0]);
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

const ENDINGS = ["html", "htm", "md", "ipynb", "php"];

function withoutLayout(part: string): string {
  const pieces = part.split(".");
  while (pieces.length > 1 && ENDINGS.includes(pieces.at(-1)!)) pieces.pop();
  return pieces
    .join(".")
    .replace(/^\d+(\.\d+)*[._-]+(?=\D)/, "")
    .replace(/_/g, "-");
}

/**
 * A part of a name as it is compared; `javascript-i` is `javascript`, as sections were split later.
 */
export function keyOf(part: string): string {
  return part
    .replace(/-(i|1)$/, "")
    .replace(/introduction/g, "intro")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
