import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { checkClaims } from "../../../lib/notebook/claims/check-claims";
import { ClaimsError } from "../../../lib/notebook/claims/claims-error";
import { readLedger } from "../../../lib/notebook/claims/read-ledger";
import type { Cell, Output } from "../../../lib/notebook/nbformat";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import type { DisplayBundle } from "../../../lib/tell/display";
import { claimsFrom } from "../../../lib/words/claim";
import { formatDate, formatPercent } from "../../../lib/words/format-words";
import { type Prose, prose } from "../../../lib/words/prose";
import { codeCell, markdownCell, notebookOf } from "../../support/notebook";
import { reportNotebook } from "../html/report-notebook";

const claim = claimsFrom("topPaths");

const shown = (...bundles: DisplayBundle[]): Cell => ({
  ...codeCell("show()"),
  outputs: bundles.map((bundle): Output => ({ output_type: "display_data", ...bundle })),
});
const said = (...texts: Prose[]): Cell => shown(...texts.map(proseBundle));
const figure = (text: string): Cell =>
  shown(figureBundle({ data: [], layout: { title: { text } }, description: "30 bars." }));

/** What is wrong with a notebook that asks for claims, as `cell: message`. */
function problemsOf(...cells: Cell[]): string[] {
  const notebook = notebookOf(...cells);
  notebook.metadata.curriculum_logs = { claims: "required" };
  return checkClaims(notebook).map(({ cell, message }) => `${cell}: ${message}`);
}

describe("checkClaims", () => {
  it("finds nothing wrong with a report whose numbers are claims", () => {
    expect(checkClaims(reportNotebook())).toEqual([]);
  });

  it("leaves notebooks alone that do not ask for it", () => {
    expect(checkClaims(notebookOf(markdownCell("In 2019"), said(prose`${1}`)))).toEqual([]);
  });

  it("names the cell and each number that is typed, or put in as it is", () => {
    const problems = problemsOf(
      markdownCell("## 1. Since 2019\n\nSee [03](03-explore.ipynb) and `k = 2`."),
      said(prose`${claim("pages", 12)} of ${99} in 2020`),
    );
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^1: “2019” is typed in a Markdown cell: compute it/);
    expect(problems[1]).toMatch(/^2: “2020” in prose is no claim: put in claim\(/);
    expect(problems[2]).toMatch(/^2: “99” in prose is no claim/);
  });

  it("finds numbers in what is printed, or in Markdown that is not prose", () => {
    const printed: Cell = {
      ...codeCell("console.log(12)"),
      outputs: [
        { output_type: "stream", name: "stdout", text: "12 rows\n" },
        { output_type: "stream", name: "stderr", text: "99%" },
        {
          output_type: "execute_result",
          execution_count: 1,
          data: { "text/plain": "13" },
          metadata: {},
        },
      ],
    };
    const problems = problemsOf(
      printed,
      shown({ data: { "text/markdown": "14 rows" }, metadata: {} }),
      shown({ data: { "text/html": "<b>15</b>", "text/plain": "15" }, metadata: {} }),
    );
    expect(problems.map((text) => text.slice(0, 31))).toEqual([
      "1: “12” is in text that is not ",
      "1: “13” is in text that is not ",
      "2: “14” is in text that is not ",
    ]);
  });

  it("finds one claim with two values, but lets ids and names differ", () => {
    expect(
      problemsOf(
        said(
          prose`${claim("pages", 12)} ${claim("user", "1")} ${claim("day", new Date("2019-03-04"))}`,
        ),
        said(
          prose`${claim("pages", 12)} ${claim("user", "2")} ${claimsFrom("other")("pages", 13)}`,
        ),
      ),
    ).toEqual([]);
    const problems = problemsOf(
      said(prose`${claim("pages", 12)} ${claim("day", new Date("2019-03-04"))}`),
      said(prose`${claim("pages", 13)}`, prose`${claim("day", new Date("2019-03-05"))}`),
    );
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^2: “pages” \(topPaths\) is 13 here, but 12 in cell 1: /);
    expect(problems[1]).toMatch(/is 2019-03-05 here, but 2019-03-04 in cell 1: /);
  });

  it("finds a claim that the text does not show as it says", () => {
    const bundle = proseBundle(prose`${claim("pages", 12)}`);
    bundle.data["text/plain"] = "13";
    expect(problemsOf(shown(bundle))).toEqual([
      "1: the claim “pages” says that it is shown as “12”, which the text does not hold",
    ]);
  });

  it("finds numbers in titles that no claim shows, whether it stands before or after", () => {
    const claims = said(
      prose`${claim("share", 0.378, { as: (share) => formatPercent(share) })} on ${claim("day", new Date("2019-03-04"), { as: formatDate })}; ${claim("pages", 12345)}, span ${claim("span", 30)}.`,
    );
    const table = shown(tableBundle(pl.DataFrame({ a: [1] }), { title: "Top 10 of 12345" }));
    const problems = problemsOf(
      figure("37.8% of 12,345 pages on 4 March 2019, in 1-fundamentals/1.1-intro (span 30)"),
      figure("38%, twice"),
      claims,
      table,
    );
    expect(problems.map((text) => text.slice(0, 33))).toEqual([
      "2: “38%” in a figure's title is s",
      "4: “10” in a table's title is sho",
    ]);
  });

  it("says it all in lines that point, and not more of them than can be read", () => {
    const problems = Array.from({ length: 22 }, (_, index) => ({
      cell: index + 1,
      id: "x",
      message: "“1” is typed",
    }));
    const error = new ClaimsError("notebooks/06.ipynb", problems);
    expect(error.message).toBe("22 problems with claims, first in cell 1");
    const lines = error.format().split("\n");
    expect(lines[0]).toBe("notebooks/06.ipynb cell 1 - “1” is typed");
    expect(lines.slice(20)).toEqual(["2 more in notebooks/06.ipynb"]);
  });
});

describe("readLedger", () => {
  it("takes nothing that is not what it should be", () => {
    const [good] = claim("pages", 1).claims;
    for (const metadata of [
      null,
      { claims: [good] },
      { claims: [{ ...good, value: {} }], unbound: [] },
      { claims: [null], unbound: [] },
      { claims: "x", unbound: [] },
    ]) {
      expect(readLedger(metadata)).toBeNull();
    }
    for (const spans of [undefined, [], [[1, 1]], [[2, 1]], [[-1, 1]], [[0, 0.5]], [["0", "1"]]]) {
      expect(readLedger({ claims: [good], unbound: [], spans })?.spans).toEqual([]);
    }
    expect(readLedger({ claims: [good], unbound: [], spans: [[0, 1]] })?.spans).toEqual([[0, 1]]);
  });
});
