import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sampleUsage } from "../../lib/twin/sample-usage";
import { type Outcome, startCommand } from "./db-command";
import { everyStringNotebook, STRINGS_FILE } from "./every-string-notebook";
import { asJoinedCsv, hostileRows, joinedLine } from "./hostile-log";
import { HOSTILE_STRINGS, hostileStrings } from "./hostile-strings";
import { newFolder } from "./new-folder";
import { csvField } from "./tiny-logs";

/** Whatever a file system takes in one name. */
const HOSTILE_NAME = `%2e%2e\u001b[2J\u0007\u202e<img src=x onerror=alert(1)>&"'\`$(id)#?{{7*7}} =1+1,;`;

/** Names of APIs, in place of the sample's. */
export const HOSTILE_TYPES = [
  "<img src=x onerror=window.__pwned=1>",
  "=cmd|' /C calc'!A0",
  "\u001b[2J\u202e%{x}<extra></extra>\r\nBcc: x@evil.example",
  "__proto__",
  'a,"b"|<b>c',
];

/** The real command over a hostile log: its folders, what it read, and what it said. */
export class HostileRun {
  readonly scratch = newFolder();
  readonly data = join(this.scratch, `data ${HOSTILE_NAME}`);
  readonly out = join(this.scratch, `out ${HOSTILE_NAME}`);
  readonly temporary = join(this.scratch, "tmp");
  /** Lines of the log with text in place of an address, which are set aside. */
  badLines: string[] = [];

  /** Writes all that is read, and runs the six notebooks and one with every string. */
  async start(): Promise<Outcome> {
    for (const folder of [this.data, this.temporary]) mkdirSync(folder);
    const rows = hostileRows();
    this.badLines = hostileStrings().map((ip) => joinedLine({ ...rows[100]!, ip }));
    const texts = HOSTILE_STRINGS.map(({ text }) => text);
    const put = (name: string, text: string) => writeFileSync(join(this.data, name), text);
    put("curriculum_logs.csv", asJoinedCsv([...rows.map(joinedLine), ...this.badLines]));
    put("user_api_data.csv", usageCsv());
    put(STRINGS_FILE, JSON.stringify(texts));
    put("every-string.ipynb", JSON.stringify(everyStringNotebook()));
    const notebooks = ["01", "02", "03", "04", "05", "06", join(this.data, "every-string.ipynb")];
    const { data, out, temporary, scratch } = this;
    const where = ["--source", "files", "--data", basename(data), "--out", basename(out)];
    const args = ["run", ...notebooks, ...where, "--on-bad-rows", "set-aside"];
    const environment = { TMPDIR: temporary, TEMP: temporary, INIT_CWD: scratch };
    return startCommand(args, environment).ended;
  }
}

interface UsageRow {
  dt: Date;
  user_id: number;
  type: string;
  api_count: number;
}

function usageCsv(): string {
  const rows = sampleUsage({ seed: 1 }).toRecords() as unknown as UsageRow[];
  const types = [...new Set(rows.map(({ type }) => type))].sort();
  const lines = rows.map(({ dt, user_id, type, api_count }) => {
    const name = HOSTILE_TYPES[types.indexOf(type)] ?? type;
    return [dt.toISOString().slice(0, 10), user_id, csvField(name), api_count].join(",");
  });
  return ["dt,user_id,type,api_count", ...lines, ""].join("\n");
}
