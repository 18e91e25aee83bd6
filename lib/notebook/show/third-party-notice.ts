import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../keep/paths";

/** A package's name, version and license as a comment, as the license asks. */
export function thirdPartyNotice(packageName: string): string {
  const folder = join(PROJECT_ROOT, "node_modules", packageName);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const license = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  const words = `In this file: ${packageName} ${version}\n\n${license}`;
  // Two hyphens could end the comment.
  return `<!--\n${words.replaceAll("--", "- -")}\n-->\n`;
}
