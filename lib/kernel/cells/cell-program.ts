import type * as ts from "@tslab/typescript-for-tslab";

type Compiler = typeof ts;
type Builder = ts.BuilderProgram;
/** Exports without types. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}

/**
 * The compiler's `createWatchProgram`, with two changes for tslab 1.0.22: only the cell is checked
 * and emitted, not every file that it reaches (seconds); and `{ k }` works for a `k` of an earlier
 * cell (tslab misses it: "k is not defined").
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
      // tslab reads a cell's names before anybody has asked for its types.
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

/** `{ k }` to `{ k: k }`; the second `k` keeps its node, by which its variable is found. */
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
