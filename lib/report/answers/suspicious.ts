import type pl from "nodejs-polars";
import { SUSPICIONS, type Suspicion } from "../../detect/compare/suspects";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";

/** Kinds that the headline has room for. */
const IN_HEADLINE = 3;
/** Kinds of which a sentence of evidence is given. */
const GRAVE: readonly Suspicion[] = ["copying", "probing", "outsider", "other program"];

/**
 * Who and what is suspicious, in words: the gravest kinds first, as `suspects` ranks them.
 *
 * A user counts for the gravest kind against them; addresses of kinds that name users as well are
 * counted apart, as they are the same acts.
 *
 * @param suspects what `suspects` gives
 * @throws {Error} if a column is missing or of another type
 */
export function suspiciousAnswer(suspects: pl.DataFrame): Answer {
  requireColumns(
    "suspiciousAnswer",
    suspects,
    "rank",
    "what",
    "who",
    "kind",
    "kinds",
    "score",
    "finding",
  );
  const rows = rowsOf(suspects);
  const users = new Map(
    SUSPICIONS.map((kind) => [
      kind,
      rows.filter((row) => row.kind === kind && row.what === "user").length,
    ]),
  );
  const named = SUSPICIONS.filter((kind) => countOf(rows, kind) > 0);
  return {
    number: 4,
    question: "Is anything suspicious?",
    headline: headline(rows, named),
    details: details(rows, named, users),
    measure: prose`Each kind of suspicion has a detector of its own that looks for pages opened faster or more broadly than people read, for requests that intruders make, for accounts that never had a cohort, for the other program's lessons, and for unusual numbers of addresses or accounts; suspects are ranked by the harm that the kind does if it is what it looks like, and then by how far they go.`,
    changes: prose`A list of who was allowed in, among them the classes without a label and anybody who works for the school, and the names of the programs that asked (user agents) would clear some of them and convict others.`,
    sure: sure(named),
  };
}

interface Row {
  what: string;
  who: string;
  kind: string;
  kinds: string;
  finding: string;
}

function rowsOf(suspects: pl.DataFrame): Row[] {
  const [what, who, kind, kinds, finding] = ["what", "who", "kind", "kinds", "finding"].map(
    (name) => suspects.getColumn(name).toArray().map(String),
  ) as [string[], string[], string[], string[], string[]];
  return what.map((_, i) => ({
    what: what[i]!,
    who: who[i]!,
    kind: kind[i]!,
    kinds: kinds[i]!,
    finding: finding[i]!,
  }));
}

/** Of kinds that name users and addresses of the same acts, the users; else all. */
function countOf(rows: readonly Row[], kind: Suspicion): number {
  const what = kind === "shared address" ? "address" : "user";
  return rows.filter((row) => row.kind === kind && row.what === what).length;
}

function accounts(rows: readonly Row[], kind: Suspicion): Prose {
  const what = kind === "shared address" ? "address" : "user";
  const noun = what === "user" ? ["account", "accounts"] : ["address", "addresses"];
  return claimsFrom("suspects")(`${noun[1]} under suspicion: ${kind}`, countOf(rows, kind), {
    as: (count) => counted(count, noun[0]!, noun[1]!),
    again: () =>
      new Set(
        rows
          .filter((row) => row.what === what && row.kinds.split(", ")[0] === kind)
          .map(({ who }) => who),
      ).size,
  });
}

/** What a number of accounts or addresses did. */
const DEEDS: Record<Suspicion, (isOne: boolean) => string> = {
  copying: () => "copied the site",
  probing: () => "looked for a way in",
  outsider: () => "read without any class",
  "other program": () => "read the other program's lessons",
  "many addresses": (isOne) => `${isOne ? "was" : "were"} used from many places`,
  "shared address": (isOne) => `${isOne ? "serves" : "serve"} many accounts`,
  "class without a label": (isOne) => `${isOne ? "belongs" : "belong"} to classes never entered`,
};

function headline(rows: readonly Row[], named: readonly Suspicion[]): Prose {
  const parts = named
    .slice(0, IN_HEADLINE)
    .map((kind) => prose`${accounts(rows, kind)} ${DEEDS[kind](countOf(rows, kind) === 1)}`);
  if (parts.length === 0) return prose`No, nothing suspicious stands out`;
  return GRAVE.includes(named[0]!) ? prose`Yes: ${parts}` : prose`Nothing grave: ${parts}`;
}

function details(
  rows: readonly Row[],
  named: readonly Suspicion[],
  users: ReadonlyMap<Suspicion, number>,
): Prose {
  const claim = claimsFrom("suspects");
  const agents = prose`The log keeps no user agents, so programs are told from people by speed, breadth and order alone.`;
  if (named.length === 0)
    return prose`No user or address is flagged by any of the detectors. ${agents}`;
  const sentences: Prose[] = [];
  for (const kind of named.filter((one) => GRAVE.includes(one))) {
    const first = rows.find((row) => row.kind === kind)!;
    sentences.push(
      prose`${LEADS[kind] ?? ""} ${claim(`the strangest case of ${kind}`, visibleText(first.finding))}`,
    );
  }
  const lesser = named.filter((kind) => !GRAVE.includes(kind) && kind !== "class without a label");
  if (lesser.length > 0) {
    const each = lesser.map(
      (kind) => prose`${accounts(rows, kind)} ${DEEDS[kind](countOf(rows, kind) === 1)}`,
    );
    sentences.push(prose`Less grave, and often a phone, a carrier or a proxy: ${each}.`);
  }
  if ((users.get("class without a label") ?? 0) > 0) {
    const isOne = users.get("class without a label") === 1;
    sentences.push(
      prose`A further ${accounts(rows, "class without a label")} without a cohort began together with others, as a class does: most likely ${isOne ? "it was" : "they were"} never entered, and ${isOne ? "is" : "are"} no ${isOne ? "intruder" : "intruders"}.`,
    );
  }
  const copied = countOf(rows, "copying") > 0 ? copiedFrom(rows) : prose`No web scraping is found.`;
  return [...sentences, copied, agents].reduce((text, next) => prose`${text} ${next}`);
}

/** From where: addresses of a campus are no suspects. */
function copiedFrom(rows: readonly Row[]): Prose {
  const count = rows.filter(({ kind, what }) => kind === "copying" && what === "address").length;
  if (count === 0) return prose`So there is web scraping, from the campus.`;
  const addresses = claimsFrom("suspects")("addresses that the site was copied from", count, {
    as: (found) => counted(found, "address", "addresses"),
  });
  return prose`So there is web scraping, from ${addresses} that ${count === 1 ? "is" : "are"} no campus.`;
}

const LEADS: Partial<Record<Suspicion, string>> = {
  copying: "The strangest case of copying:",
  probing: "Of looking for a way in:",
  outsider: "Of reading without any class:",
  "other program": "Of reading what should be closed:",
};

function sure(named: readonly Suspicion[]): Prose {
  if (named.length === 0) {
    return prose`Fairly: a copy that keeps to the pace of a reader or is spread over many accounts would not be seen.`;
  }
  return named.includes("copying")
    ? prose`That somebody took these pages so fast is certain, the intention is not: a student who saves the lessons at the end of class looks the same, and a copy at the pace of a reader would not be seen.`
    : prose`The requests are certain, the intention is not, and a copy at the pace of a reader would not be seen.`;
}
