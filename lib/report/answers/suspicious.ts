import type pl from "nodejs-polars";
import { SUSPICIONS, type Suspicion } from "../../detect/compare/suspects";
import type { Row } from "../../log/first-row";
import { type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";
import { claimsOf, inOne, rowsOf, verb } from "./phrases";

const IN_HEADLINE = 3;
/** The gravest kinds, each with the words before its strangest case. */
const GRAVE: Partial<Record<Suspicion, string>> = {
  copying: "The strangest case of copying:",
  probing: "Looking for a way in:",
  outsider: "Reading without any class:",
  "other program": "Reading what should be closed:",
};
/** What one of them did, and what several did. */
const DEEDS: Record<Suspicion, [one: string, several: string]> = {
  copying: ["copied the site", "copied the site"],
  probing: ["looked for a way in", "looked for a way in"],
  outsider: ["read without any class", "read without any class"],
  "other program": ["read the other program's lessons", "read the other program's lessons"],
  "many addresses": [
    "was used from many places within a fortnight",
    "were used from many places within a fortnight",
  ],
  "shared address": ["serves many accounts", "serve many accounts"],
  "class without a label": ["belongs to classes never entered", "belong to classes never entered"],
};
const UNLABELLED = "class without a label";

const { claim, count } = claimsOf("suspects");

/**
 * The answer to question 4, from `suspects`: who and what is suspicious, the gravest kinds first. A
 * user counts for each kind against them; addresses are counted apart.
 */
export function suspiciousAnswer(suspects: pl.DataFrame): Answer {
  const columns = ["rank", "what", "who", "kind", "kinds", "score", "finding"] as const;
  const rows = rowsOf("suspiciousAnswer", suspects, ...columns);
  const named = SUSPICIONS.filter((kind) => suspectsOf(rows, kind).length > 0);
  return {
    number: 4,
    question: "Is anything suspicious?",
    headline: headline(rows, named),
    details: details(rows, named),
    measure: prose`Each kind of suspicion has a detector of its own that looks for pages opened faster or more broadly than people read, for requests that intruders make, for accounts that never had a cohort, for the other program's lessons, and for unusual numbers of addresses or accounts; suspects are ranked by the harm that the kind does if it is what it looks like, and then by how far they go.`,
    changes: prose`A list of who was allowed in, among them the classes without a label and anybody who works for the school, and the names of the programs that asked (user agents) would clear some of them and convict others.`,
    sure: sure(named),
  };
}

const isGrave = (kind: Suspicion) => kind in GRAVE;
const whatOf = (kind: Suspicion) => (kind === "shared address" ? "address" : "user");

/** Users, or addresses where the kind names only those: both would count the same acts twice. */
const suspectsOf = (rows: readonly Row[], kind: Suspicion) =>
  rows.filter((row) => row.what === whatOf(kind) && row.kinds.split(", ").includes(kind));

function accounts(rows: readonly Row[], kind: Suspicion): Prose {
  const what = whatOf(kind);
  const [noun, nouns] = what === "user" ? ["account", "accounts"] : ["address", "addresses"];
  const own = suspectsOf(rows, kind);
  const again = () => new Set(own.map(({ who }) => who)).size;
  return count(`${nouns} under suspicion: ${kind}`, own.length, noun!, nouns, { again });
}

const deed = (rows: readonly Row[], kind: Suspicion) =>
  prose`${accounts(rows, kind)} ${verb(suspectsOf(rows, kind).length, ...DEEDS[kind])}`;

function headline(rows: readonly Row[], named: readonly Suspicion[]): Prose {
  const [gravest] = named;
  if (!gravest) return prose`No, nothing suspicious stands out`;
  const parts = named.slice(0, IN_HEADLINE).map((kind) => deed(rows, kind));
  return isGrave(gravest) ? prose`Yes: ${parts}` : prose`Nothing grave: ${parts}`;
}

function details(rows: readonly Row[], named: readonly Suspicion[]): Prose {
  const agents = prose`The log keeps no user agents, so programs are told from people by speed, breadth and order alone.`;
  if (named.length === 0)
    return prose`No user or address is flagged by any of the detectors. ${agents}`;
  // A finding is of the gravest kind: of those whom nothing graver is said of.
  const strangest = named.filter(isGrave).flatMap((kind) => {
    const row = rows.find((row) => row.kind === kind);
    const what = `the strangest case of ${kind}`;
    return row ? [prose`${GRAVE[kind]} ${claim(what, visibleText(String(row.finding)))}`] : [];
  });
  const lesser = named
    .filter((kind) => !isGrave(kind) && kind !== UNLABELLED)
    .map((kind) => deed(rows, kind));
  return inOne([
    ...strangest,
    lesser.length > 0
      ? prose`Less grave, and often a phone, a carrier or a proxy: ${lesser}.`
      : prose``,
    unlabelled(rows),
    copiedFrom(rows),
    agents,
  ]);
}

function unlabelled(rows: readonly Row[]): Prose {
  const own = rows.filter(({ kind }) => kind === UNLABELLED);
  const n = own.length;
  if (n === 0) return prose``;
  return prose`A further ${accounts(own, UNLABELLED)} without a cohort began together with others, as a class does: most likely ${verb(n, "it was", "they were")} never entered, and ${verb(n, "is", "are")} no ${verb(n, "intruder", "intruders")}.`;
}

/** Addresses of a campus are not among the suspects. */
function copiedFrom(rows: readonly Row[]): Prose {
  if (suspectsOf(rows, "copying").length === 0) return prose`No web scraping is found.`;
  const n = rows.filter(({ kind, what }) => kind === "copying" && what === "address").length;
  if (n === 0) return prose`So there is web scraping, from the campus.`;
  const what = "addresses that the site was copied from";
  return prose`So there is web scraping, from ${count(what, n, "address", "addresses")} outside the campus.`;
}

function sure(named: readonly Suspicion[]): Prose {
  if (named.length === 0) {
    return prose`Fairly: a copy that keeps to the pace of a reader or is spread over many accounts would not be seen.`;
  }
  return named.includes("copying")
    ? prose`That somebody took these pages so fast is certain, the intention is not: a student who saves the lessons at the end of class looks the same, and a copy at the pace of a reader would not be seen.`
    : prose`The requests are certain, the intention is not, and a copy at the pace of a reader would not be seen.`;
}
