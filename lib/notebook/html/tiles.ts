import { shownHtml } from "../show/escape-html";
import { columnsOf } from "../show/format-column";
import type { TableData, TableInfo } from "../show/table-data";

const MOST = 12;

/** Names, large values, perhaps notes as tiles; empty for another table. */
export function tilesHtml(table: TableData, { title }: TableInfo): string {
  const rows = table.data.length;
  const [names, values, notes, ...others] = columnsOf(table);
  if (!names || !values || others.length > 0 || rows === 0 || rows > MOST) return "";
  const tiles = names.cells.map((name, row) => {
    const hasNote = notes && notes.values[row] !== null;
    const note = hasNote ? `<dd class="note">${shownHtml(notes.cells[row] ?? "", 120)}</dd>` : "";
    return `<div><dt>${shownHtml(name, 60)}</dt><dd>${shownHtml(values.cells[row] ?? "", 40)}</dd>${note}</div>`;
  });
  const caption = title ? `<p class="tiles-title">${shownHtml(title, 200)}</p>` : "";
  return `<div class="output tiles">${caption}<dl>${tiles.join("")}</dl></div>`;
}
