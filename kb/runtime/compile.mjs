// Starts the runtime outside of a browser and lets it compile its own modules:
//   node compile.mjs FOLDER STDLIB WHEEL AHEAD IMPORTS TARGET
// FOLDER has the runtime's files, plain, among them the archives STDLIB and WHEEL. What the statement IMPORTS loads is compiled by
// the file AHEAD; both archives are written to the folder TARGET under their own names.
import { readFileSync, writeFileSync } from "node:fs";
import { compiled, start } from "./start.mjs";

const [folder, stdlib, wheel, ahead, imports, target] = process.argv.slice(2);
const python = await start(folder, { stdLibURL: `${folder}/${stdlib}` });
const packages = python.runPython("import site; site.getsitepackages()[0]");
python.unpackArchive(new Uint8Array(readFileSync(`${folder}/${wheel}`)), "wheel", {
  extractDir: packages,
});
python.runPython(`${imports}\n${readFileSync(ahead, "utf8")}\nfiles = loaded()`);
for (const [name, place, optimize] of [
  [stdlib, "/lib/python314.zip", 2],
  [wheel, packages, 0],
]) {
  const content = readFileSync(`${folder}/${name}`);
  writeFileSync(`${target}/${name}`, compiled(python, content, place, "files", optimize));
}
