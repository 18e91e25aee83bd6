/**
 * tsx, which compiles TypeScript as it is loaded. It keeps what it has compiled in a folder, and
 * runs what it finds there the next time. Its own choice is a folder below the one for temporary
 * files, which another user of the machine can make first and fill. Here it is one beside the
 * packages: who may write there can change this code anyway. Where that cannot be, it keeps nothing.
 */
const { lstatSync, mkdirSync } = require("node:fs");
const os = require("node:os");
const { join } = require("node:path");

const user = process.geteuid?.();
const folder = join(__dirname, "..", "node_modules", `.compiled-${user ?? "code"}`);

function isOurs() {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {} // it is there, or cannot be made
  try {
    const found = lstatSync(folder);
    // Windows has neither; there a folder is as safe as the one around it
    const isSafe = user === undefined || (found.uid === user && (found.mode & 0o022) === 0);
    return found.isDirectory() && isSafe;
  } catch {
    return false;
  }
}

/** tsx asks for its folder, and for its switch, once: when it is loaded. */
function loadTsx() {
  const { tmpdir } = os;
  const { TSX_DISABLE_CACHE } = process.env;
  const keeps = isOurs();
  // It also looks there for a pipe of its parent's; below a file there can be none.
  os.tmpdir = () => (keeps ? folder : __filename);
  if (!keeps) process.env.TSX_DISABLE_CACHE = "1";
  try {
    return require("tsx/cjs/api");
  } finally {
    os.tmpdir = tmpdir;
    if (TSX_DISABLE_CACHE === undefined) delete process.env.TSX_DISABLE_CACHE;
  }
}

module.exports = loadTsx();
