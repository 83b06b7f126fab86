// Starts the runtime outside of a browser and lets it compile its own modules:
//   node compile.mjs FOLDER STDLIB WHEEL AHEAD IMPORTS TARGET
// FOLDER has the runtime's files, plain, among them the archives STDLIB and WHEEL. What the statement IMPORTS loads is compiled by
// the file AHEAD; both archives are written to the folder TARGET under their own names.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, stdlib, wheel, ahead, imports, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const lockFileContents = {
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.0" },
  packages: {},
};
const options = {
  lockFileContents,
  packageBaseUrl: `${folder}/`,
  fullStdLib: false,
  env: { HOME: "/home/web", PYTHONHASHSEED: "0" },
};
const python = await loadPyodide({
  indexURL: `${folder}/`,
  stdLibURL: `${folder}/${stdlib}`,
  ...options,
});
const packages = python.runPython("import site; site.getsitepackages()[0]");
python.unpackArchive(new Uint8Array(readFileSync(`${folder}/${wheel}`)), "wheel", {
  extractDir: packages,
});
python.runPython(`${imports}\n${readFileSync(ahead, "utf8")}\nfiles = loaded()`);
for (const [name, place, optimize] of [
  [stdlib, "/lib/python314.zip", 2],
  [wheel, packages, 0],
]) {
  python.FS.writeFile("/archive", readFileSync(`${folder}/${name}`));
  python.runPython(
    `archive = compiled(open("/archive", "rb").read(), "${place}", files, ${optimize})\nopen("/archive", "wb").write(archive)`,
  );
  writeFileSync(`${target}/${name}`, python.FS.readFile("/archive"));
}
