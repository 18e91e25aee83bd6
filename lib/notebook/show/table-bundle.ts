import type pl from "nodejs-polars";
import type { DisplayBundle } from "../../tell/display";
import { counted, formatCount } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { escapeHtml, shownHtml, WITHOUT_TEX } from "./escape-html";
import { columnsOf } from "./format-column";
import { TABLE_MIME } from "./mime-types";
import { type TableData, type TableInfo, tableData } from "./table-data";

export interface ShowTableOptions {
  limit?: number;
  title?: string;
}

export function tableBundle(
  frame: pl.DataFrame,
  { limit = 10, title }: ShowTableOptions = {},
): DisplayBundle {
  if (!(limit >= 0)) throw new RangeError(`show needs a limit of 0 rows or more, got ${limit}`);
  const table = tableData(frame.head(Math.min(limit, frame.height)));
  const info: TableInfo = { total_rows: frame.height, shown_rows: table.data.length };
  if (title) info.title = title;
  return {
    data: {
      [TABLE_MIME]: table,
      "text/html": tableHtml(table, info),
      "text/plain": tableText(table, info),
    },
    metadata: { [TABLE_MIME]: info },
  };
}

/** As in `900,223 rows, 11 columns`. */
export function tableSize(table: TableData, { total_rows }: TableInfo): string {
  return `${counted(total_rows, "row")}, ${counted(table.schema.fields.length, "column")}`;
}

/** Empty where the table shows every row. */
export function leftOut({ total_rows, shown_rows }: TableInfo): string {
  const left = total_rows - shown_rows;
  if (left <= 0) return "";
  return `${formatCount(left)} more row${left === 1 ? " is" : "s are"} not shown.`;
}

function tableHtml(table: TableData, info: TableInfo): string {
  const columns = columnsOf(table);
  const align = (right: boolean) => `style="text-align:${right ? "right" : "left"}"`;
  const head = columns.map(
    ({ field, right }) =>
      `<th scope="col" ${align(right)}>${shownHtml(field.name, 80)}<br>` +
      `<small style="font-weight:normal;opacity:.7">${escapeHtml(field.dtype)}</small></th>`,
  );
  const rows = table.data.map((_, row) => {
    const cells = columns.map(({ values, cells, right }) => {
      const text = escapeHtml(cells[row] ?? "");
      return `<td ${align(right)}>${values[row] === null ? `<em style="opacity:.6">${text}</em>` : text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const title = info.title ? `<strong>${shownHtml(info.title, 200)}</strong><br>` : "";
  const rest = leftOut(info);
  return (
    `<div class="${WITHOUT_TEX}" style="overflow-x:auto"><table><caption style="text-align:left">${title}${tableSize(table, info)}</caption>` +
    `<thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>` +
    (rest ? `<p><em>${rest}</em></p>` : "")
  );
}

const WIDEST = 40;

function tableText(table: TableData, info: TableInfo): string {
  const columns = columnsOf(table).map(({ field, cells, right }) => {
    const texts = [visibleText(field.name, { max: WIDEST }), field.dtype, ...cells].map((text) =>
      text.length > WIDEST ? `${firstCharacters(text, WIDEST - 1)}…` : text,
    );
    const width = Math.max(...texts.map((text) => text.length));
    return texts.map((text) => (right ? text.padStart(width) : text.padEnd(width)));
  });
  const lines = Array.from({ length: table.data.length + 2 }, (_, row) => {
    const line = columns.map((column) => column[row]).join("  ");
    return line.trimEnd();
  });
  const title = info.title ? [visibleText(info.title, { max: 200 })] : [];
  const rest = leftOut(info);
  return [...title, ...lines, tableSize(table, info) + (rest ? `; ${rest}` : "")].join("\n");
}

/** Half a character could not be saved. */
function firstCharacters(text: string, count: number): string {
  return Array.from(text).slice(0, count).join("");
}
