import type { Cell, Notebook } from "../nbformat";

/** Values of Jupyter's `slideshow`; `-` continues. */
const SLIDE_TYPES = ["slide", "subslide", "fragment", "skip", "notes", "-"] as const;
export type SlideType = (typeof SLIDE_TYPES)[number];

export interface Slide {
  isSub: boolean;
  /** Each appears at once, a fragment at the next step. */
  parts: { isFragment: boolean; cells: Cell[] }[];
  notes: Cell[];
}

/** Missing or unknown ones continue. */
function slideTypeOf({ metadata }: Cell): SlideType {
  const { slide_type } = (metadata?.slideshow ?? {}) as { slide_type?: unknown };
  return SLIDE_TYPES.find((type) => type === slide_type) ?? "-";
}

/** Whether a cell begins a slide or a fragment. */
export function hasSlides({ cells }: Notebook): boolean {
  return cells.some((cell) => ["slide", "subslide", "fragment"].includes(slideTypeOf(cell)));
}

/** By nbconvert's rules. Cells before the first slide make one; raw cells are left out. */
export function slidesOf({ cells }: Notebook): Slide[] {
  const slides: Slide[] = [];
  for (const cell of cells) {
    const type = slideTypeOf(cell);
    if (type === "skip" || cell.cell_type === "raw") continue;
    if (type === "slide" || type === "subslide" || slides.length === 0) {
      slides.push({ isSub: type === "subslide" && slides.length > 0, parts: [], notes: [] });
    }
    const { parts, notes } = slides.at(-1)!;
    const isFragment = type === "fragment";
    if (type === "notes") notes.push(cell);
    else if (isFragment || parts.length === 0) parts.push({ isFragment, cells: [cell] });
    else parts.at(-1)!.cells.push(cell);
  }
  return slides;
}
