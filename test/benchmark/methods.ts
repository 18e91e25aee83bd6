import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

// What the methods promise, and what they hold in simulations: the numbers of docs/methods.md.
// `npm run benchmark:methods -- shut-off` prints those of one method, without a name those of all.

const folder = join(__dirname, "methods");
const known = readdirSync(folder).map((file) => basename(file, ".ts"));
const [name, ...others] = process.argv.slice(2);

if (others.length > 0 || (name !== undefined && !known.includes(name))) {
  console.error(`Which method? One of ${known.join(", ")}, or none for all.`);
  process.exitCode = 1;
} else {
  for (const method of name === undefined ? known : [name]) {
    const { simulate } = require(join(folder, `${method}.ts`)) as { simulate: () => string[] };
    console.log(`## ${method}\n`);
    for (const line of simulate()) console.log(line);
    console.log("");
  }
}
