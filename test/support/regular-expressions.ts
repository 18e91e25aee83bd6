import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";
import { PROJECT_ROOT } from "../../lib/keep/paths";

/** A regular expression of the library, and how its code uses it. */
export interface Expression {
  /** File and line. */
  where: string;
  source: string;
  flags: string;
  /** `replace`, `split`, ...; `exec` where the code does not say at once. */
  use: string;
}

/** Every regular expression that the TypeScript and JavaScript below `lib/` holds. */
export async function expressionsOfLibrary(): Promise<Expression[]> {
  const folder = join(PROJECT_ROOT, "lib");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|js)$/.test(name))
    .sort();
  const found = await Promise.all(files.map((name) => expressionsOf(join(folder, name), name)));
  return found.flat();
}

async function expressionsOf(path: string, name: string): Promise<Expression[]> {
  const text = readFileSync(path, "utf8");
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const builtOnes: { node: ts.Node; where: string }[] = [];
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const where = `lib/${name}:${line}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
      found.push({ where, source, flags, use: useOf(node) });
    } else if (isBuilt(node)) {
      builtOnes.push({ node, where });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const { node, where } of builtOnes) {
    const { source, flags } = await built(node, path, where);
    found.push({ where, source, flags, use: "exec" });
  }
  return found;
}

function isBuilt(node: ts.Node): boolean {
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
  return isCall && node.expression.getText() === "RegExp";
}

/** One that is built when its module is loaded: a constant, exported so that it can be tried here. */
async function built(node: ts.Node, path: string, where: string): Promise<RegExp> {
  const { parent } = node;
  const name = ts.isVariableDeclaration(parent) ? parent.name.getText() : "";
  const value = name && ((await import(path)) as Record<string, unknown>)[name];
  if (value instanceof RegExp) return value;
  throw new Error(
    `${where}: a regular expression that is built must be an exported constant, so that it can be tried`,
  );
}

function useOf(node: ts.Node): string {
  const { parent } = node;
  if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression)) {
    return parent.expression.name.text;
  }
  return "exec";
}
