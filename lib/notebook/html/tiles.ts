import { visibleText } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";
import { formatColumn } from "../show/format-column";
import type { TableData, TableInfo } from "../show/table-data";

/** Most rows that make tiles; more of them are a table. */
const MOST = 12;

/**
 * A table of names and values as tiles, the values large; a third column is a note below each.
 * Empty where the table is no such one.
 */
export function tilesHtml({ schema, data }: TableData, { title }: TableInfo): string {
  const [names, values, notes, ...others] = schema.fields.map((field) => ({
    field,
    cells: formatColumn(
      field,
      data.map((row) => row[field.name] ?? null),
    ),
  }));
  if (!names || !values || others.length > 0 || data.length === 0 || data.length > MOST) return "";
  const hasNote = (row: number) => notes && data[row]?.[notes.field.name] !== null;
  const text = (cells: string[], row: number, max: number) =>
    escapeHtml(visibleText(cells[row] ?? "", { max }));
  const tiles = data.map((_, row) => {
    const note = hasNote(row) ? `<dd class="note">${text(notes?.cells ?? [], row, 120)}</dd>` : "";
    return `<div><dt>${text(names.cells, row, 60)}</dt><dd>${text(values.cells, row, 40)}</dd>${note}</div>`;
  });
  const caption = title
    ? `<p class="tiles-title">${escapeHtml(visibleText(title, { max: 200 }))}</p>`
    : "";
  return `<div class="output tiles">${caption}<dl>${tiles.join("")}</dl></div>`;
}
