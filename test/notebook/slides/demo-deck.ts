import type { Cell, Notebook } from "../../../lib/notebook/nbformat";
import type { SlideType } from "../../../lib/notebook/slides/slides-of";
import { markdownCell, notebookOf } from "../../support/notebook";
import { demoNotebook } from "../html/demo-notebook";

export function typed(type: SlideType, cell: Cell): Cell {
  return { ...cell, metadata: { ...cell.metadata, slideshow: { slide_type: type } } };
}

const TYPES = "slide skip slide - subslide - - slide - subslide".split(" ") as SlideType[];

/** The notebook with everything in it, as slides; and slides with steps, notes and too much text. */
export function demoDeck(): Notebook {
  const cells = demoNotebook().cells.map((cell, place) => typed(TYPES[place] ?? "-", cell));
  cells.splice(1, 0, typed("notes", markdownCell("Say **hello** to <i>all</i>.", "notes")));
  return notebookOf(
    ...cells,
    typed("slide", markdownCell("## Steps\n\nFirst. [Back](#pages-per-user)", "steps")),
    typed("fragment", markdownCell("Second.", "second")),
    typed("fragment", markdownCell("Third.", "third")),
    typed("slide", markdownCell(`## Much\n\n${"Rather many words. ".repeat(70)}`, "much")),
    typed("slide", markdownCell(`## Too much\n\n${"A line.\n\n".repeat(60)}`, "too-much")),
  );
}
