import { HEADERS, type Shape } from "./slow-tables";

/** Integers from `least` to `most`. */
export type Random = (least: number, most: number) => number;

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random(0, choices.length - 1)] as T;
}

const PATHS = [
  ..."/|index.html|java-ii|content/php_ii/command-line.html|a%20b|'|#|null|NaN|\\xe9|..".split("|"),
  ...'é|文|😀|\u202e|\u0000|\u001b[31m|\t|\r|\ufffd|\ufeff|"|"quoted"|half"|a""b|a,b|=1+1'.split(
    "|",
  ),
];
/** Only in CSV, where fields may be quoted. */
const QUOTED_PATHS = ["a b", "a\nb", "a\r\nb", '"\n"', ",,,", '","', " ", "\n"];
const ADDRESSES = ["198.18.0.1", "198.18.255.255", "2001:db8::1", "::", "0.0.0.0"];
const COHORTS = [
  "8,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1",
  "28,Staff,#,2014-02-04,2014-02-04,2018-12-06 17:04:19,2018-12-06T17:04:19.123456,,2",
  "55,Curie,#curie,2020-02-03,2020-07-07,2020-02-03,2020-02-03 19:31:51,2021-01-01 00:00:00.5,3",
  "136,,,,,,,,",
  "7,Größe,#ü,2000-02-29,1999-12-31,1969-12-31 23:59:59.999,,,",
].map((line) => line.split(","));
const NO_COHORT = Array(9).fill("") as string[];

/** A file as the readers want it, one character a byte. */
export function wholeFile(random: Random, shape: Shape): string {
  const count = random(0, 9) === 0 ? random(0, 200) : random(0, 8);
  const rows = Array.from({ length: count }, (_, at) => fieldsOf(random, shape, at));
  const isQuoted = random(0, 5) === 0;
  const names = ["", "Unnamed: 0"].slice(0, random(0, 2));
  const lines =
    shape === "text"
      ? rows.map((fields) => fields.join(" "))
      : [
          [...names, ...HEADERS[shape]],
          ...rows.map((fields, at) => [...names.map(() => String(at)), ...fields]),
        ].map((fields) => fields.map((field) => csvField(field, isQuoted)).join());
  const text = lines.join("\n") + (random(0, 3) === 0 ? "" : "\n");
  return Buffer.from(text).toString("latin1");
}

/** Quoted where RFC 4180 wants it, or always. */
function csvField(text: string, isAlways: boolean): string {
  return isAlways || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fieldsOf(random: Random, shape: Shape, at: number): string[] {
  const cohort = random(0, 3) === 0 ? NO_COHORT : oneOf(random, COHORTS);
  const [id = "", ...others] = cohort;
  if (shape === "cohorts") return [random(0, 9) === 0 ? id : String(1000 + at), ...others];
  const year = random(0, 4) === 0 ? random(1, 9999) : random(2018, 2021);
  const day = `${String(year).padStart(4, "0")}-${two(random(1, 12))}-${two(random(1, 28))}`;
  const user = String(random(0, 3) === 0 ? random(-5, 5) : random(1, 1000));
  if (shape === "usage") {
    const calls = oneOf(random, ["0", "7", "1.0", "9007199254740991", String(random(0, 9999))]);
    return [day, user, oneOf(random, ["gnql", "riot", "quick", "é", 'a"b', "a,b"]), calls];
  }
  const clock = `${two(random(0, 23))}:${two(random(0, 59))}:${two(random(0, 59))}`;
  const paths = shape === "text" ? PATHS : [...PATHS, ...QUOTED_PATHS];
  const path = random(0, 9) === 0 ? "" : oneOf(random, paths);
  const address = oneOf(random, ADDRESSES);
  if (shape === "text") return [day, clock, path, user, id, address];
  // as pandas writes it, or not
  const [span, dot] = random(0, 3) === 0 ? ["0 days ", id && ".0"] : ["", ""];
  return [day, span + clock, path, user, id + dot, address, id + dot, ...others];
}

const two = (number: number) => String(number).padStart(2, "0");
