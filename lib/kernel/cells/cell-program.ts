import type * as ts from "@tslab/typescript-for-tslab";

type Compiler = typeof ts;
type Builder = ts.BuilderProgram;
/** What the compiler exports and its types keep quiet about. */
interface Internals {
  /** Finds a file's names; does nothing for a file that has them. */
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}

/**
 * The compiler's `createWatchProgram`, with two changes to how tslab 1.0.22 compiles a cell.
 *
 * - Only the cell is checked and emitted. tslab does both for every file that a cell reaches, in
 *   every kernel: seconds for a library that tsx loads anyway and `npm run check` has checked.
 * - `{ k }` means `{ k: k }` for a `k` of an earlier cell too. tslab misses such names, and the
 *   cell fails with "k is not defined".
 */
export function createCellProgram(compiler: Compiler) {
  return (host: ts.WatchCompilerHostOfFilesAndCompilerOptions<Builder>) => {
    const { afterProgramCreate } = host;
    host.afterProgramCreate = (builder) =>
      afterProgramCreate?.call(host, cellBuilder(compiler, builder));
    return compiler.createWatchProgram(host);
  };
}

function cellBuilder(compiler: Compiler, builder: Builder): Builder {
  const internals = compiler as unknown as Internals;
  let checker: ts.TypeChecker | undefined;
  const program = Object.assign(Object.create(builder.getProgram()), {
    getTypeChecker: () => (checker ??= shorthandChecker(builder.getProgram().getTypeChecker())),
  });
  return {
    ...builder,
    getProgram: () => program,
    getSourceFile: (name) => {
      const file = builder.getSourceFile(name);
      // tslab reads a cell's names from the file before anybody has asked for its types.
      if (file) internals.bindSourceFile(file, program.getCompilerOptions());
      return file;
    },
    getAllDependencies: (file) => [file.fileName],
    emit: (file, write, token, onlyDts, transformers) =>
      builder.emit(file, write, token, onlyDts, {
        ...transformers,
        before: [expandShorthands(compiler), ...(transformers?.before ?? [])],
      }),
  };

  function shorthandChecker(inner: ts.TypeChecker): ts.TypeChecker {
    return {
      ...inner,
      getSymbolAtLocation: (node) =>
        node.parent && compiler.isShorthandPropertyAssignment(node.parent)
          ? inner.getShorthandAssignmentValueSymbol(node.parent)
          : inner.getSymbolAtLocation(node),
    };
  }
}

/** `{ k }` to `{ k: k }`, keeping the node of the second `k`, by which its variable is found. */
function expandShorthands(compiler: Compiler): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!compiler.isShorthandPropertyAssignment(node) || node.objectAssignmentInitializer) {
        return compiler.visitEachChild(node, visit, context);
      }
      const name = compiler.factory.createIdentifier(node.name.text);
      return compiler.setTextRange(
        compiler.factory.createPropertyAssignment(name, node.name),
        node,
      );
    };
    return (file) => compiler.visitNode(file, visit) as ts.SourceFile;
  };
}
