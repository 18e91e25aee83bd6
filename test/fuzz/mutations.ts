import { oneOf, type Random } from "./whole-files";

/** Changes a file's bytes, one character each. */
type Mutation = (text: string, random: Random) => string;

const ODD_PIECES = [
  ...",|\n|\r| |\0|\t|-|.|:|0|9|\xff|\x80|\xc3|\xed|\xf0".split("|"),
  ...'\r\n|\n\n|\n\r|\r\r\n|"|""|"""|","|"\n|,"\n"|,,|  |\0'.split("|"),
  ..."\xef\xbb\xbf|\xff\xfe|\xc3\xa9|\xe9|\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80|\xe2\x82".split(
    "|",
  ),
  ..."\xf0\x9f\x98\x80|\xef\xbf\xbd|\\xe9|\x1f\x8b\x08".split("|"),
];
const ODD_FIELDS = [
  "- . -0 -0.0 0 .0 8. 8.0 8.00 08 1e3 0x10 +1 1,5 NaN nan inf null None NULL \\N",
  "9007199254740991 9007199254740992 -9007199254740991 -9007199254740992 9007199254740993",
  "99999999999999999999 9999999999999999 0000000000000008 00000000000000008 0000000000000001.0",
  "2019-02-29 2020-02-29 1900-02-29 2000-02-29 0000-01-01 0001-01-01 9999-12-31 2019-13-01",
  "2019-00-10 2019-2-1 2019/02/01 2019-02-01T00:00:00 -001-01-01 24:00:00 23:59:60 23:59:59",
  "1:02:03 00:00:00.5 2016-06-14T24:00:00 2016-06-14\u00a019:52:26 soon 256.1.1.1 1.2.3 01.2.3.4",
  "1.2.3.4.5 ::1 fe80::1%eth0 [::1] 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:8:9 localhost",
]
  .flatMap((line) => line.split(" "))
  .concat("", "0 days 09:55:03", "1 days 09:55:03", "0 days 9:55:03", "2016-06-14 19:52")
  .concat(["26.", "26.0005", "26.9999999999"].map((second) => `2016-06-14 19:52:${second}`))
  .map((text) => Buffer.from(text).toString("latin1"));
const SEPARATORS = [" ", ","];

const cut = (text: string, random: Random) => random(0, text.length);

/** A piece of at most `longest` bytes: where it begins and ends. */
function piece(text: string, random: Random, longest = 60): [number, number] {
  const start = cut(text, random);
  return [start, Math.min(text.length, start + random(0, longest))];
}

const replaced = (text: string, start: number, end: number, by: string) =>
  text.slice(0, start) + by + text.slice(end);

/** Changes one line, its fields split by whatever the file uses. */
function inLine(text: string, random: Random, change: (fields: string[]) => string[]): string {
  const lines = text.split("\n");
  const at = random(0, lines.length - 1);
  const line = lines[at] as string;
  const separator = line.includes(",") && random(0, 9) > 0 ? "," : oneOf(random, SEPARATORS);
  lines[at] = change(line.split(separator)).join(separator);
  return lines.join("\n");
}

export const MUTATIONS: Record<string, Mutation> = {
  bitFlip: (text, random) => {
    const at = cut(text, random);
    const turned = text.charCodeAt(at) ^ (1 << random(0, 7));
    return at < text.length ? replaced(text, at, at + 1, String.fromCharCode(turned)) : text;
  },
  oddPiece: (text, random) => {
    const at = cut(text, random);
    return replaced(text, at, at + random(0, 2), oneOf(random, ODD_PIECES));
  },
  remove: (text, random) => replaced(text, ...piece(text, random), ""),
  duplicate: (text, random) => {
    const [start, end] = piece(text, random);
    return replaced(text, start, start, text.slice(start, end).repeat(random(1, 3)));
  },
  truncate: (text, random) => text.slice(0, cut(text, random)),
  oddField: (text, random) =>
    inLine(text, random, (fields) => {
      const at = random(0, fields.length - 1);
      return fields.map((field, index) => (index === at ? oneOf(random, ODD_FIELDS) : field));
    }),
  addField: (text, random) =>
    inLine(text, random, (fields) => {
      const at = random(0, fields.length);
      const added = Array(oneOf(random, [1, 1, 1, 2, 20, 40])).fill(oneOf(random, ODD_FIELDS));
      return [...fields.slice(0, at), ...added, ...fields.slice(at)];
    }),
  repeatLine: (text, random) =>
    text
      .split("\n")
      .flatMap((line) => (random(0, 5) ? line : Array(random(0, 3)).fill(line)))
      .join("\n"),
  carriageReturns: (text, random) => {
    const rarity = oneOf(random, [0, 0, 1, 5]);
    return text.replaceAll("\n", () => (random(0, rarity) ? "\n" : "\r\n"));
  },
  utf16: (text, random) => {
    const wide = Buffer.from(`\ufeff${text}`, "utf16le");
    const bytes = random(0, 1) ? wide : wide.swap16();
    return bytes.subarray(random(0, 9) ? 0 : 2).toString("latin1");
  },
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);
