import * as ts from "@tslab/typescript-for-tslab";
import { getCodeMetadata } from "tslab/dist/metadata";

/** A cell as tslab's executor runs it. */
export interface CompiledCell {
  source: string;
  output: string;
  hasToplevelAwait: boolean;
  lastExpressionVar?: string;
  /** Source map, to the cell with one line before it. */
  toSource: string;
}

/** A cell as a file of TypeScript: it imports the names of earlier cells and exports its own. */
export interface CellFile {
  source: string;
  text: string;
}

/** Exports without types. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}
interface Parsed {
  locals?: Map<string, unknown>;
  identifiers: Map<string, string>;
  parseDiagnostics: unknown[];
}

/** Stands for an earlier cell's module where a cell is compiled. */
const EARLIER = "./__earlier__";

/** The options of tslab 1.0.22 on Node 18 and newer, for both of its steps. */
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  newLine: ts.NewLineKind.LineFeed,
  noImplicitUseStrict: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.React,
  sourceMap: true,
  // No file is read but the cell: what it imports is of any type.
  isolatedModules: true,
  noLib: true,
  noResolve: true,
  types: [],
};

/**
 * Files for the cells of a notebook; undefined where a cell declares a module, is for browsers or has
 * wrong syntax: where a file has that, the compiler says nothing of the types of others.
 *
 * @param moduleOf the module of an earlier cell, by its place; without it, one for all of them
 */
export function cellFiles(
  cells: readonly string[],
  moduleOf: (cell: number) => string = () => EARLIER,
): CellFile[] | undefined {
  const parsed = cells.map(parse);
  if (cells.some(isSpecial) || parsed.some((file) => file.parseDiagnostics.length > 0)) {
    return undefined;
  }
  const madeIn = new Map<string, string>();
  return cells.map((source, cell) => {
    const { locals = new Map(), identifiers = new Map() } = parsed[cell] ?? {};
    const declared: string[] = [...locals.keys()];
    const mentioned: string[] = [...identifiers.keys()];
    const imports = mentioned
      .filter((name) => madeIn.has(name) && !declared.includes(name))
      .map((name) => `import { ${name} } from "${madeIn.get(name)}"; `);
    for (const name of declared) madeIn.set(name, moduleOf(cell));
    const text = `${imports.join("")}\n${source}\nexport { ${declared.join(", ")} };`;
    return { source, text };
  });
}

/** Compiles cells, each by itself: their types must be known to be right. */
export function compileCells(cells: readonly CellFile[]): CompiledCell[] {
  const program = ts.createProgram(
    cells.map((_, at) => `${at}.ts`),
    OPTIONS,
    hostOf(cells),
  );
  return cells.map(({ source }, at) => {
    const file = program.getSourceFile(`${at}.ts`) as ts.SourceFile;
    const written = new Map<string, string>();
    const write = (name: string, text: string) => written.set(name, text);
    const name = unusedName(file);
    program.emit(file, write, undefined, false, { before: [namesLastExpression(name)] });
    const js = written.get(`${at}.js`) ?? "";
    const output = js
      .slice(0, js.lastIndexOf("//# sourceMappingURL="))
      // Names of all cells are properties of one object, as tslab has it.
      .replaceAll(`require(${JSON.stringify(EARLIER)})`, "exports");
    const lastExpressionVar = output.includes(name) ? name : undefined;
    const toSource = written.get(`${at}.js.map`) ?? "";
    return { source, output, hasToplevelAwait: awaits(file), lastExpressionVar, toSource };
  });
}

function hostOf(cells: readonly CellFile[]): ts.CompilerHost {
  return {
    fileExists: () => false,
    readFile: () => undefined,
    getSourceFile: (name, version) => {
      const cell = cells[Number.parseInt(name, 10)];
      return cell && ts.createSourceFile(name, cell.text, version);
    },
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
}

function namesLastExpression(name: string): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    const statements = [...file.statements];
    // Behind the last one are the exports.
    const last = statements.at(-2);
    if (!last || !ts.isExpressionStatement(last)) return file;
    statements[statements.length - 2] = exported(name, last.expression);
    return ts.factory.updateSourceFile(file, statements);
  };
}

function parse(source: string): Parsed {
  const file = ts.createSourceFile("cell.ts", `export {};\n${source}`, ts.ScriptTarget.ES2022);
  (ts as unknown as Internals).bindSourceFile(file, OPTIONS);
  return file as unknown as Parsed;
}

function isSpecial(source: string): boolean {
  const { module, mode } = getCodeMetadata(source);
  return module !== undefined || mode === "browser";
}

function awaits(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, awaits) ?? false;
}

/** By tslab's name, which tslab prints and deletes. */
function unusedName(file: ts.SourceFile): string {
  const { identifiers } = file as unknown as Parsed;
  let name = "tsLastExpr";
  for (let at = 0; identifiers.has(name); at++) name = `tsLastExpr${at}`;
  return name;
}

function exported(name: string, value: ts.Expression): ts.Statement {
  const variable = ts.factory.createVariableDeclaration(name, undefined, undefined, value);
  return ts.factory.createVariableStatement(
    [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)],
    ts.factory.createVariableDeclarationList([variable], ts.NodeFlags.Const),
  );
}
