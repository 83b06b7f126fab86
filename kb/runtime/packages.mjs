// Starts the runtime outside of a browser and lets it compile packages that pages load:
//   node packages.mjs FOLDER STDLIB AHEAD SOURCE TARGET
// FOLDER has the runtime's files, plain, among them the archive STDLIB. All modules of each archive
// in the folder SOURCE are compiled by the file AHEAD; the archives are written to the folder TARGET.
// Rules are written in docstrings: ours keep them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { compiled, start } from "./start.mjs";

const [folder, stdlib, ahead, source, target] = process.argv.slice(2);
const python = await start(folder, { stdLibURL: `${folder}/${stdlib}` });
const packages = python.runPython("import site; site.getsitepackages()[0]");
python.runPython(readFileSync(ahead, "utf8"));
for (const name of readdirSync(source)) {
  const content = readFileSync(`${source}/${name}`);
  python.FS.writeFile("/source", content);
  python.runPython(`ours, others = modules(open("/source", "rb").read(), "${packages}", "kb")`);
  const half = compiled(python, content, packages, "ours", 0);
  writeFileSync(`${target}/${name}`, compiled(python, half, packages, "others", 2));
}
