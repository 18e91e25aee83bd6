import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageCurricula, prepareLogs, sampleLogs } from "../../../lib";

// For shut-off-readers.py: which curriculum each page of the sample is of.
const [folder] = process.argv.slice(2) as [string];
const curricula = pageCurricula(prepareLogs(sampleLogs()));
writeFileSync(join(folder, "curricula.csv"), curricula.select("path", "curriculum").writeCSV());
