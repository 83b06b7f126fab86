// Starts the runtime that lies in `folder`, outside of a browser.
import { pathToFileURL } from "node:url";

export async function start(folder, options) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
  const lockFileContents = {
    info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.0" },
    packages: {},
  };
  return loadPyodide({
    indexURL: `${folder}/`,
    lockFileContents,
    packageBaseUrl: `${folder}/`,
    fullStdLib: false,
    env: { HOME: "/home/web", PYTHONHASHSEED: "0" },
    ...options,
  });
}

// The archive `content`, read at `place` in a page, with byte code instead of the source files that
// the Python expression `wanted` names.
export function compiled(python, content, place, wanted, optimize) {
  python.FS.writeFile("/archive", content);
  python.runPython(
    `archive = compiled(open("/archive", "rb").read(), "${place}", ${wanted}, ${optimize})\nopen("/archive", "wb").write(archive)`,
  );
  return python.FS.readFile("/archive");
}
