import type { Notebook } from "../../lib/notebook/nbformat";
import { codeCell, markdownCell, notebookOf } from "./notebook";

/** Where the notebook below finds its strings, in the folder with the user's files. */
export const STRINGS_FILE = "strings.json";

const CELLS: [source: string, tags?: string[]][] = [
  [
    `import { readFileSync } from "node:fs";
import pl from "nodejs-polars";
import { dataQuality, figureText, prepareLogs, prose, saveCsv, show, topPathsFigure } from "./lib";
const texts: string[] = JSON.parse(readFileSync(process.env.CURRICULUM_LOGS_DATA + "/${STRINGS_FILE}", "utf8"));
const short = texts.filter((text) => text.length < 10_000);
const frame = pl.DataFrame([pl.Series("text", texts, pl.String), pl.Series("pages", texts.map((_, i) => i + 1), pl.Int64)]);`,
  ],
  ["show(frame, { title: short[0], limit: texts.length });"],
  [
    `// Names that are told apart once they are stored: lone surrogates are not.
const names = [...new Set(short.map((text) => Buffer.from(text).toString()))];
const named = pl.DataFrame(names.map((name) => pl.Series(name, [name], pl.String)));
show(named, { title: short[5] });`,
  ],
  // In quotes, for some are nothing but spaces.
  [`show(texts.reduce((all, text) => prose\`\${all}\n- “\${text}”\`, prose\`**Each**\`));`],
  [
    `show(texts.reduce((all, text) => prose\`\${all}\n“\${text}”\`, prose\`Subject: \${texts}\n\nHello,\`));`,
    ["email"],
  ],
  [
    `for (const text of short.filter((one) => /bcc|subject/i.test(one))) show(prose\`Subject: \${text}\n\n\${text}\`);`,
    ["email"],
  ],
  [
    "show(pl.DataFrame({ name: short.slice(0, 12), value: short.slice(12, 24), note: short.slice(24, 36) }));",
    ["key-figures"],
  ],
  [
    `for (let from = 0; from < texts.length; from += 100) {
  const top = frame.slice(from, 100).rename({ text: "path" });
  show(topPathsFigure(top, { title: figureText(short[from]) }));
}`,
  ],
  [
    `// A figure by hand, whose author forgot that texts are hostile.
const some = short.filter((_, i) => i % 3 === 0);
show({
  data: [
    { type: "bar", orientation: "h", x: some.map((_, i) => i + 1), y: some, text: some, customdata: some, hovertext: some, hovertemplate: some, name: some[0] },
    { type: "scatter", mode: "text", x: [1], y: [some[0]], text: some[1], name: some[5], texttemplate: some[6] },
  ],
  layout: {
    title: { text: short.join(" ") }, xaxis: { title: { text: some[1] } }, yaxis: { type: "category", title: { text: some[2] } },
    annotations: some.slice(0, 20).map((text, i) => ({ text, x: i, y: i, showarrow: false, hovertext: text })),
    updatemenus: [{ buttons: some.slice(0, 20).map((label) => ({ label, method: "relayout", args: [{ "title.text": label }] })) }],
    height: 1200,
  },
} as any);`,
  ],
  [
    `const day = pl.Series("date", texts.map(() => new Date("2020-01-01")), pl.Datetime("ms")).cast(pl.Date);
const logs = pl.DataFrame([
  day, pl.Series("time", texts.map((_, i) => i * 1e9), pl.Int64).cast(pl.Time), pl.Series("path", texts, pl.String),
  pl.Series("user_id", texts.map((_, i) => i % 7), pl.Int64), pl.Series("cohort_id", texts.map((_, i) => i), pl.Int64), pl.Series("ip", texts, pl.String),
]);
const cohorts = pl.DataFrame([
  pl.Series("id", texts.map((_, i) => i), pl.Int64), pl.Series("name", texts, pl.String), pl.Series("slack", texts, pl.String),
  day.alias("start_date"), day.alias("end_date"), pl.Series("program_id", texts.map(() => 2), pl.Int64),
]);
const accessLog = prepareLogs({ logs, cohorts });
show(accessLog, { title: "By hand", limit: 30 });
show(dataQuality(accessLog, cohorts), { limit: 20 });`,
  ],
  [`[saveCsv(frame, "every-string.csv"), saveCsv(named, "every-name.csv")].length`],
  ["console.log(...short); console.error(...short);"],
  ["texts"],
];

/** Cells of so many rows that a slide of them would be of no use. */
const LONG = [3, 4, 11, 12];

/** A notebook in which every string of a file stands in every place that shows text, some twice. */
export function everyStringNotebook(): Notebook {
  const cells = CELLS.map(([source, tags], place) => {
    const cell = codeCell(source, tags ?? [], `cell-${place}`);
    cell.metadata.slideshow = { slide_type: LONG.includes(place) ? "skip" : "slide" };
    return cell;
  });
  return notebookOf(markdownCell("# Every string\n\nIn tables, figures and sentences."), ...cells);
}
