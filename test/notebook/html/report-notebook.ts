import pl from "nodejs-polars";
import type { Cell, Notebook } from "../../../lib/notebook/nbformat";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import type { DisplayBundle } from "../../../lib/tell/display";
import { claimsFrom } from "../../../lib/words/claim";
import { formatCount, formatDate } from "../../../lib/words/format-words";
import { joinProse, Prose, prose } from "../../../lib/words/prose";
import { codeCell, markdownCell, notebookOf } from "../../support/notebook";
import { LINE_FIGURE } from "./demo-notebook";

function cell(id: string, tags: string[], ...bundles: DisplayBundle[]): Cell {
  const outputs = bundles.map((bundle) => ({ output_type: "display_data" as const, ...bundle }));
  return { ...codeCell(`show(${id});`, ["hide-code", ...tags], id), execution_count: 1, outputs };
}

/** Rows that a spreadsheet would take for formulas, and one that needs quotes. */
export const FORMULAS = pl.DataFrame({
  path: [
    '=HYPERLINK("https://example.org")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    'a "quoted", path',
    "java-iii/jsp",
    "-12",
    null,
    "toc",
    "x".repeat(400),
  ],
  pages: [-3, 1200, 90, null, 10_500, 7, 6, 5, 4, 3],
  share: [-0.25, Number.NEGATIVE_INFINITY, Number.NaN, 1e-9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
});

const QUESTIONS: [string, string, string][] = [
  [
    "Which lesson draws the most readers?",
    "In every program it is the one on joins",
    "lessonsByProgram",
  ],
  [
    "Did one class read a lesson that others skipped?",
    "Darden opened “search” far more than others",
    "cohortAgainstOthers",
  ],
  [
    "Who hardly reads, when active?",
    "Thirty-odd students, most of whom left early",
    "quietStudents",
  ],
  ["Is there anything suspicious?", "Four users copied pages by the hundred", "scrapers"],
  [
    "Was the other program's curriculum shut off?",
    "Yes, in the fall, and it has held since",
    "crossProgramByMonth",
  ],
  ["What do graduates keep reading?", "Spring, and SQL joins", "pagesByMonthsAfterEnd"],
  ["Which lessons are least read?", "Those at the end of each module", "leastRead"],
  ["What else?", "Most reading happens before noon", "readingByHour"],
];

/** A report like the project's own, with everything that a page makes of tags and of claims. */
export function reportNotebook(): Notebook {
  const claim = claimsFrom("accessLog");
  const rows = claim("requests", 900_223, { as: formatCount, again: () => 900_223 });
  const first = claim("first day", new Date("2018-01-26"), { as: formatDate });
  const lines = QUESTIONS.map(([question, headline, from], index) => {
    const count = claimsFrom(from)(`what answers question ${index + 1}`, 1000 * (index + 3), {
      as: formatCount,
    });
    return prose`**[${question}](#${index === 0 ? "Who-reads,-when?" : "evidence"})** ${headline}, ${count} times.`;
  });
  const numbered = lines.flatMap((line, index) => {
    const number = `${index + 1}. `;
    return [joinProse([new Prose(number, number), line])];
  });
  const user = claimsFrom("bollingerAnomalies")("user", "341");
  const notebook = notebookOf(
    markdownCell(
      "# How the curriculum is used\n\nWhat a school's access log says about who reads its curriculum, what they read, and what stands out, for a board that decides on it.",
      "title",
    ),
    cell(
      "source",
      ["badge"],
      proseBundle(
        prose`> **Synthetic sample.** No real log was found, so these figures describe a synthetic twin of one. Nobody in it is real.`,
      ),
    ),
    cell(
      "key_figures",
      ["key-figures"],
      tableBundle(
        pl.DataFrame({
          figure: ["Requests", "Users", "Cohorts", "Days"],
          value: [900_223, 1_018, 47, 1_182],
          note: ["by students, graduates and staff", null, "in four programs", "without a gap"],
        }),
        { title: "From the first day of the log to its last" },
      ),
    ),
    cell(
      "slide",
      ["single-slide"],
      proseBundle(joinProse([prose`## In one slide`, joinProse(numbered, "\n")], "\n\n")),
    ),
    markdownCell("## Who reads, when?", "who"),
    cell(
      "answer",
      ["answer"],
      proseBundle(
        prose`**Answer.** The log holds **${rows}** requests since ${first}; user ${user} made ${claimsFrom("bollingerAnomalies")("pages of the busiest user", 272)} of them on one day. In code: \`pages\`.`,
      ),
    ),
    cell(
      "figure",
      [],
      figureBundle({
        ...LINE_FIGURE,
        layout: {
          ...LINE_FIGURE.layout,
          title: { text: "On one day in March, user 341 opened 272 pages" },
        },
      }),
    ),
    cell(
      "tiles_of_prose",
      ["key-figures"],
      proseBundle(prose`
      - **${rows}** requests
      - **${first}** is the first day`),
    ),
    markdownCell("## Evidence", "evidence"),
    cell("table", [], {
      ...tableBundle(FORMULAS, { title: "Pages by path", limit: 10 }),
      metadata: {
        "application/vnd.dataresource+json": {
          title: "Pages by path",
          total_rows: 2_000,
          shown_rows: 10,
        },
      },
    }),
    cell(
      "again",
      [],
      proseBundle(
        prose`All ${rows} of them, [the other user](https://example.org/) and ${claimsFrom("topPaths")("pages of the most read lesson", 19_000, { as: formatCount })}.`,
      ),
    ),
    markdownCell("## The e-mail", "mail"),
    cell(
      "letter",
      ["email"],
      proseBundle(prose`
        Subject: Answers for the *board* meeting

        Hello,

        here are the answers to your questions. The log holds ${rows} requests
        since ${first}:

        1. **Who reads?** Everyone, see [the report](https://example.org/report).
        2. What else: ${"a <b> & c"}

        Kind regards`),
    ),
  );
  notebook.metadata.curriculum_logs = { claims: "required", layout: "report" };
  return notebook;
}
