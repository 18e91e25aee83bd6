import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { checkClaims } from "../../../lib/notebook/claims/check-claims";
import { ClaimsError } from "../../../lib/notebook/claims/claims-error";
import { readLedger } from "../../../lib/notebook/claims/read-ledger";
import type { Cell } from "../../../lib/notebook/nbformat";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { claimsFrom } from "../../../lib/words/claim";
import { formatDate, formatPercent } from "../../../lib/words/format-words";
import { type Prose, prose } from "../../../lib/words/prose";
import { markdownCell, notebookOf } from "../../support/notebook";
import { displayed, ranCell } from "../cells";
import { reportNotebook } from "../html/report-notebook";

const claim = claimsFrom("topPaths");
const march = (day: number) => claim("day", new Date(Date.UTC(2019, 2, day)));
const said = (...texts: Prose[]): Cell => ranCell("said", [], ...texts.map(proseBundle));
const figure = (text: string): Cell =>
  ranCell(
    "figure",
    [],
    figureBundle({ data: [], layout: { title: { text } }, description: "30 bars." }),
  );

/** What is wrong with a notebook that asks for claims, as `cell: message`. */
function problemsOf(...cells: Cell[]): string[] {
  const notebook = notebookOf(...cells);
  notebook.metadata.curriculum_logs = { claims: "required" };
  return checkClaims(notebook).map(({ cell, message }) => `${cell}: ${message}`);
}

describe("checkClaims", () => {
  it("finds nothing wrong with a report whose numbers are claims, or that does not ask for it", () => {
    expect(checkClaims(reportNotebook())).toEqual([]);
    expect(checkClaims(notebookOf(markdownCell("In 2019"), said(prose`${1}`)))).toEqual([]);
  });

  it("names the cell and each number that is typed, or put in as it is", () => {
    const problems = problemsOf(
      markdownCell("## 1. Since 2019\n\nSee [03](03-explore.ipynb) and `k = 2`."),
      said(prose`${claim("pages", 12)} of ${99} in 2020`),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^1: “2019” is typed in a Markdown cell: compute it/),
      expect.stringMatching(/^2: “2020” in prose is no claim: put in claim\(/),
      expect.stringMatching(/^2: “99” in prose is no claim/),
    ]);
  });

  it("finds numbers in what is printed, or in Markdown that is not prose", () => {
    const problems = problemsOf(
      ranCell(
        "printed",
        [],
        { output_type: "stream", name: "stdout", text: "12 rows\n" },
        { output_type: "stream", name: "stderr", text: "99%" },
        displayed({ "text/plain": "13" }),
      ),
      ranCell("markdown", [], displayed({ "text/markdown": "14 rows" })),
      ranCell("html", [], displayed({ "text/html": "<b>15</b>", "text/plain": "15" })),
    );
    expect(problems.map((text) => text.slice(0, 31))).toEqual([
      "1: “12” is in text that is not ",
      "1: “13” is in text that is not ",
      "2: “14” is in text that is not ",
    ]);
  });

  it("finds one claim with two values, but lets ids and names differ", () => {
    const other = claimsFrom("other")("pages", 13);
    const fine = problemsOf(
      said(prose`${claim("pages", 12)} ${claim("user", "1")} ${march(4)}`),
      said(prose`${claim("pages", 12)} ${claim("user", "2")} ${other}`),
    );
    expect(fine).toEqual([]);
    const problems = problemsOf(
      said(prose`${claim("pages", 12)} ${march(4)}`),
      said(prose`${claim("pages", 13)}`, prose`${march(5)}`),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^2: “pages” \(topPaths\) is 13 here, but 12 in cell 1: /),
      expect.stringMatching(/is 2019-03-05 here, but 2019-03-04 in cell 1: /),
    ]);
  });

  it("finds a claim that the text does not show as it says", () => {
    const bundle = proseBundle(prose`${claim("pages", 12)}`);
    bundle.data["text/plain"] = "13";
    expect(problemsOf(ranCell("x", [], bundle))).toEqual([
      "1: the claim “pages” says that it is shown as “12”, which the text does not hold",
    ]);
  });

  it("finds numbers in titles that no claim shows, whether it stands before or after", () => {
    const share = claim("share", 0.378, { as: (value) => formatPercent(value) });
    const day = claim("day", new Date("2019-03-04"), { as: formatDate });
    const top = tableBundle(pl.DataFrame({ a: [1] }), { title: "Top 10 of 12345" });
    const problems = problemsOf(
      figure("37.8% of 12,345 pages on 4 March 2019, in 1-fundamentals/1.1-intro (span 30)"),
      figure("38%, twice"),
      said(prose`${share} on ${day}; ${claim("pages", 12345)}, span ${claim("span", 30)}.`),
      ranCell("top", [], top),
    );
    expect(problems.map((text) => text.slice(0, 33))).toEqual([
      "2: “38%” in a figure's title is s",
      "4: “10” in a table's title is sho",
    ]);
  });

  it("says it all in lines that point, and not more of them than can be read", () => {
    const message = "“1” is typed";
    const problems = Array.from({ length: 22 }, (_, index) => {
      return { cell: index + 1, id: "x", message };
    });
    const error = new ClaimsError("notebooks/06.ipynb", problems);
    expect(error.message).toBe("22 problems with claims, first in cell 1");
    const lines = error.format().split("\n");
    expect(lines[0]).toBe("notebooks/06.ipynb cell 1 - “1” is typed");
    expect(lines.slice(20)).toEqual(["2 more in notebooks/06.ipynb"]);
  });
});

it("takes for a ledger nothing that is not what it should be", () => {
  const [good] = claim("pages", 1).claims;
  for (const claims of [[{ ...good, value: {} }], [null], "x"])
    expect(readLedger({ claims, unbound: [] })).toBeNull();
  for (const metadata of [null, { claims: [good] }]) expect(readLedger(metadata)).toBeNull();
  const spansOf = (spans: unknown) => readLedger({ claims: [good], unbound: [], spans })?.spans;
  for (const spans of [undefined, [], [[1, 1]], [[2, 1]], [[-1, 1]], [[0, 0.5]], [["0", "1"]]])
    expect(spansOf(spans)).toEqual([]);
  expect(spansOf([[0, 1]])).toEqual([[0, 1]]);
});
