import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

// What could make an expression slow: text that one of its repetitions takes, again and again, after
// what has to come before it, and before what makes the whole fail.

/** One of each kind of character that expressions tell apart. */
const CHARACTERS = [
  ..." \t\n\r\0/\\.-_+*?!@#$%&=~|^:;,<>(){}[]\"'`0179aAfnxuzTéλ中\u0301\u200b\u202e\ue000",
];
/** Such a repetition is not worth an attack. */
const SHORT = 20;

type Part = AST.Element | AST.Alternative;

/** Texts of about so many characters that a given expression could take long for. */
export function* attackStrings(expression: RegExp, length: number): Generator<string> {
  const { source, flags } = expression;
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, flags.includes("u"));
  const fitting = fits(flags);
  const kinds = kindsOf(pattern, fitting);
  const starts = new Set([""]);
  const bodies = new Set(kinds);
  const attacks = new Set<string>();
  const fill = (start: string, body: string) => {
    if (body === "") return;
    attacks.add(start + body.repeat(Math.ceil(length / body.length)));
    if (start !== "") attacks.add((start + body).repeat(Math.ceil(length / (start + body).length)));
  };
  visitRegExpAST(pattern, {
    onQuantifierEnter(node) {
      const before = sampleBefore(node, fitting);
      starts.add(before);
      if (node.max < SHORT) return;
      const own = sample(node.element, fitting);
      bodies.add(own);
      for (const body of [own, ...kinds]) fill(before, body);
    },
    onAssertionEnter(node) {
      starts.add(sampleBefore(node, fitting));
    },
  });
  const whole = sample(pattern.alternatives[0] as AST.Alternative, fitting);
  starts.add(whole);
  for (const start of starts) for (const body of bodies) fill(start, body);
  for (const attack of attacks) {
    yield attack;
    for (const end of ["\0", "\n", "!", "x", whole]) yield attack + end;
  }
}

/** Whether a part's text, as an expression of its own, takes a character. */
function fits(flags: string) {
  const known = new Map<string, RegExp>();
  return (raw: string, character: string): boolean => {
    const own = known.get(raw) ?? new RegExp(`^(?:${raw})$`, flags.replace(/[gmy]/g, ""));
    known.set(raw, own);
    return own.test(character);
  };
}

type Fits = ReturnType<typeof fits>;

/** Of characters that the expression cannot tell apart, one. */
function kindsOf(pattern: AST.Pattern, fitting: Fits): string[] {
  const parts = new Set<string>();
  const collect = (node: AST.Character | AST.CharacterSet | AST.CharacterClass) => {
    if (!/^CharacterClass/.test(node.parent.type)) parts.add(node.raw);
  };
  visitRegExpAST(pattern, {
    onCharacterEnter: collect,
    onCharacterClassEnter: collect,
    onCharacterSetEnter: collect,
  });
  const kinds = new Map<string, string>();
  for (const character of CHARACTERS) {
    const kind = [...parts].map((raw) => Number(fitting(raw, character))).join("");
    if (!kinds.has(kind)) kinds.set(kind, character);
  }
  return [...kinds.values()];
}

/** A text that a part takes. */
function sample(part: Part, fitting: Fits): string {
  switch (part.type) {
    case "Alternative":
      return part.elements.map((element) => sample(element, fitting)).join("");
    case "Group":
    case "CapturingGroup":
      return sample(part.alternatives[0] as AST.Alternative, fitting);
    case "Quantifier":
      return sample(part.element, fitting).repeat(part.min);
    case "Character":
      return String.fromCodePoint(part.value);
    case "CharacterSet":
    case "CharacterClass":
      return CHARACTERS.filter((character) => fitting(part.raw, character)).at(-1) ?? "";
    case "Backreference":
      return sample([part.resolved].flat()[0] as AST.CapturingGroup, fitting);
    default:
      return "";
  }
}

/** A text that all takes what stands before a part. */
function sampleBefore(part: AST.Element, fitting: Fits): string {
  let text = "";
  for (let node: AST.Node = part; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type !== "Alternative") continue;
    const before = parent.elements.slice(0, parent.elements.indexOf(node as AST.Element));
    text = before.map((element) => sample(element, fitting)).join("") + text;
  }
  return text;
}
