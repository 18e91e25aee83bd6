// Starts the TypeScript kernel of the project below. Made by `npm run kernel` in it.
const root = "ROOT";
const files = ["FILES"];
const missing = files.find((file) => !require("node:fs").existsSync(file));
if (missing) {
  console.error(
    "The kernel's project is not at " +
      root +
      " any more, or its packages are not installed (" +
      missing +
      " is missing). Go to where it is now and run: npm ci && npm run kernel",
  );
  process.exit(1);
}
process.chdir(root);
for (const file of files) require(file);
