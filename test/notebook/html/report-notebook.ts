import pl from "nodejs-polars";
import type { Notebook } from "../../../lib/notebook/nbformat";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { claimsFrom } from "../../../lib/words/claim";
import { formatCount, formatDate } from "../../../lib/words/format-words";
import { joinProse, Prose, prose } from "../../../lib/words/prose";
import { markdownCell, notebookOf } from "../../support/notebook";
import { ranCell } from "../cells";
import { LINE_FIGURE } from "./demo-notebook";

/** Rows that a spreadsheet would take for formulas, and one that needs quotes. */
const FORMULAS = pl.DataFrame({
  path: [
    ...['=HYPERLINK("https://example.org")', "+1+1", "-1+1", "@SUM(A1)", 'a "quoted", path'],
    ...["java-iii/jsp", "-12", null, "toc", "x".repeat(400)],
  ],
  pages: [-3, 1200, 90, null, 10_500, 7, 6, 5, 4, 3],
  share: [-0.25, Number.NEGATIVE_INFINITY, Number.NaN, 1e-9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
});

const QUESTIONS = [
  "Which lesson draws the most readers?",
  "Did one class read a lesson that others skipped?",
  "Who hardly reads, when active?",
  "Is there anything suspicious?",
  "Was the other program's curriculum shut off?",
  "What do graduates keep reading?",
  "Which lessons are least read?",
  "What else?",
];

/** A report like the project's own, with everything that a page makes of tags and of claims. */
export function reportNotebook(): Notebook {
  const claim = claimsFrom("accessLog");
  const rows = claim("requests", 900_223, { as: formatCount, again: () => 900_223 });
  const first = claim("first day", new Date("2018-01-26"), { as: formatDate });
  const numbered = QUESTIONS.map((question, index) => {
    const answer = claimsFrom("answers")(`what answers question ${index + 1}`, 1000 * (index + 3), {
      as: formatCount,
    });
    const link = index === 0 ? "Who-reads,-when?" : "evidence";
    const number = `${index + 1}. `;
    const line = prose`**[${question}](#${link})** In every program it is the one on joins, ${answer} times.`;
    return joinProse([new Prose(number, number), line]);
  });
  const user = claimsFrom("bollingerAnomalies")("user", "341");
  const busiest = claimsFrom("bollingerAnomalies")("pages of the busiest user", 272);
  const mostRead = claimsFrom("topPaths")("pages of the most read lesson", 19_000, {
    as: formatCount,
  });
  const keyFigures = pl.DataFrame({
    figure: ["Requests", "Users", "Cohorts", "Days"],
    value: [900_223, 1_018, 47, 1_182],
    note: ["by students, graduates and staff", null, "in four programs", "without a gap"],
  });
  const title = { text: "On one day in March, user 341 opened 272 pages" };
  const figure = { ...LINE_FIGURE, layout: { ...LINE_FIGURE.layout, title } };
  const about = { title: "Pages by path", total_rows: 2_000, shown_rows: 10 };
  const said = (id: string, tags: string[], words: Prose) =>
    ranCell(id, ["hide-code", ...tags], proseBundle(words));

  const notebook = notebookOf(
    markdownCell(
      "# How the curriculum is used\n\nWhat a school's access log says about who reads its curriculum, what they read, and what stands out, for a board that decides on it.",
      "title",
    ),
    said(
      "source",
      ["badge"],
      prose`> **Synthetic sample.** No real log was found, so these figures describe a synthetic twin of one. Nobody in it is real.`,
    ),
    ranCell(
      "key_figures",
      ["hide-code", "key-figures"],
      tableBundle(keyFigures, { title: "From the first day of the log to its last" }),
    ),
    said(
      "slide",
      ["single-slide"],
      joinProse([prose`## In one slide`, joinProse(numbered, "\n")], "\n\n"),
    ),
    markdownCell("## Who reads, when?", "who"),
    said(
      "answer",
      ["answer"],
      prose`**Answer.** The log holds **${rows}** requests since ${first}; user ${user} made ${busiest} of them on one day. In code: \`pages\`.`,
    ),
    ranCell("figure", ["hide-code"], figureBundle(figure)),
    said(
      "tiles_of_prose",
      ["key-figures"],
      prose`
      - **${rows}** requests
      - **${first}** is the first day`,
    ),
    markdownCell("## Evidence", "evidence"),
    ranCell("table", ["hide-code"], {
      ...tableBundle(FORMULAS, { title: "Pages by path", limit: 10 }),
      metadata: { "application/vnd.dataresource+json": about },
    }),
    said(
      "again",
      [],
      prose`All ${rows} of them, [the other user](https://example.org/) and ${mostRead}.`,
    ),
    markdownCell("## The e-mail", "mail"),
    said(
      "letter",
      ["email"],
      prose`
        Subject: Answers for the *board* meeting

        Hello,

        here are the answers to your questions. The log holds ${rows} requests
        since ${first}:

        1. **Who reads?** Everyone, see [the report](https://example.org/report).
        2. What else: ${"a <b> & c"}

        Kind regards`,
    ),
  );
  notebook.metadata.curriculum_logs = { claims: "required", layout: "report" };
  return notebook;
}
