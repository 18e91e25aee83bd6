import { visibleText } from "../../words/visible-text";
import { escapeHtml, shownHtml } from "../show/escape-html";
import { columnsOf } from "../show/format-column";
import { leftOut, tableSize } from "../show/table-bundle";
import type { TableData, TableField, TableInfo, TableValue } from "../show/table-data";
import type { PageContext } from "./page-context";
import { csvButton, sortableHead, tableFilter } from "./table-tools";

/** Null for an output that is no table resource. */
export function readTable(
  resource: unknown,
  metadata: unknown,
): { table: TableData; info: TableInfo } | null {
  const { schema, data: rows } = (resource ?? {}) as Partial<TableData>;
  if (!Array.isArray(schema?.fields) || !Array.isArray(rows)) return null;
  const fields = schema.fields.map((field) => ({
    name: String(field?.name ?? ""),
    type: field?.type ?? "any",
    dtype: String(field?.dtype ?? field?.type ?? ""),
  })) as TableField[];
  const data = rows
    .filter((row) => row !== null && typeof row === "object")
    .map((row) => {
      const cellOf = (name: string) => tableValue(Object.hasOwn(row, name) ? row[name] : null);
      return Object.fromEntries(fields.map(({ name }) => [name, cellOf(name)]));
    });
  const { title, total_rows: total } = (metadata ?? {}) as Partial<TableInfo>;
  const info: TableInfo = {
    total_rows: Number.isSafeInteger(total) ? Math.max(total as number, data.length) : data.length,
    shown_rows: data.length,
  };
  if (typeof title === "string") info.title = title;
  return { table: { schema: { fields }, data }, info };
}

function tableValue(value: unknown): TableValue {
  const isPlain = ["number", "boolean", "string"].includes(typeof value);
  return isPlain ? (value as TableValue) : value == null ? null : JSON.stringify(value);
}

const SHORT = 20;

/** Sorts by headings, can be filtered and saved, and scrolls in its box. */
export function tableToHtml(table: TableData, info: TableInfo, context: PageContext): string {
  context.tables += 1;
  const title = visibleText(info.title ?? "", { max: 200 });
  const columns = columnsOf(table);
  const head = columns.map(({ field, right }) =>
    sortableHead(
      `<span class="name">${shownHtml(field.name, 80)}</span><span class="dtype">${shownHtml(field.dtype, 40)}</span>`,
      right ? ' class="number"' : "",
    ),
  );
  const rows = table.data.map((_, row) => {
    const cells = columns.map(({ values, cells, right }) =>
      cellHtml(values[row] ?? null, cells[row] ?? "", right),
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  const rest = leftOut(info);
  const caption = title ? `<span class="title">${escapeHtml(title)}</span> ` : "";
  const name = title || `Table ${context.tables}`;
  const tools = { rows: table.data.length, total: info.total_rows, name };
  const isSavable = context.tools && columns.length > 0;
  return (
    `<div class="output table${table.data.length <= SHORT ? " short" : ""}">${context.tools ? tableFilter(tools) : ""}` +
    `<div class="table-box" role="group" tabindex="0" aria-label="${escapeHtml(name)}"><table>` +
    `<caption><span class="caption">${caption}<span class="size">${tableSize(table, info)}</span></span></caption>` +
    `<thead><tr>${head.join("")}</tr></thead>\n<tbody>${rows.join("\n")}</tbody></table></div>` +
    `<div class="table-foot">${rest ? `<p class="left-out">${rest}</p>` : ""}${isSavable ? csvButton(tools) : ""}</div></div>`
  );
}

function cellHtml(value: TableValue, text: string, right: boolean): string {
  if (value === null) return `<td class="null${right ? " number" : ""}">null</td>`;
  const shown = escapeHtml(text);
  if (right) return `<td class="number" data-v="${escapeHtml(String(value))}">${shown}</td>`;
  if (text.length <= 40) return `<td>${shown}</td>`;
  // The table cuts very long text.
  const whole = visibleText(String(value));
  return `<td class="long"${whole === text ? "" : ` data-v="${escapeHtml(whole)}"`}>${shown}</td>`;
}
