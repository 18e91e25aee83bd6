/** Loaded first, as in `node --require ./lib/typescript.cjs lib/cli.ts`: lets Node.js load TypeScript. */
require("./tsx.cjs").register();
