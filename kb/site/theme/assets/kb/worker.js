// Python in a worker: loads once, runs one snippet at a time. Its only channel is plain messages to
// the page.
import { add, begin, onBytes, shut } from "./python.js";

const post = self.postMessage.bind(self);

const MODEL = "language.zip.packed"; // 0.2 MB that only snippets on the language model need
const needs = (source) => (source.includes("kb.lab.language") ? [MODEL] : []);
const there = new Set();

async function start({ version, numpy }, source) {
  const zips = ["lab.zip.packed", ...needs(source)];
  const python = await begin(version, [
    `runtime/${version}/numpy-${numpy}-cp314-cp314-pyemscripten_2026_0_wasm32.whl.packed`,
    ...zips,
  ]);
  for (const name of zips) there.add(name);
  python.runPython("import numpy");
  const page = python.pyimport("kb.snippets.page");
  shut();
  return { python, page };
}

async function complete({ python, page }, source) {
  for (const name of needs(source))
    if (!there.has(name)) {
      await add(python, name);
      there.add(name);
    }
  return page;
}

let page;

self.onmessage = async ({ data }) => {
  try {
    onBytes((bytes) => post({ run: data.run, type: "bytes", bytes }));
    page ??= start(data.runtime, data.source).catch((error) => {
      page = undefined;
      throw error;
    });
    const ready = await complete(await page, data.source);
    post({ run: data.run, type: "started" });
    const told = ready.run(
      data.source,
      data.recorded,
      (stream, text) => post({ run: data.run, type: "text", stream, text }),
      (svg) => post({ run: data.run, type: "figure", svg }),
    );
    post({ run: data.run, type: "done", ...JSON.parse(told) });
  } catch (error) {
    post({
      run: data.run,
      type: error.missing || (error instanceof TypeError && !page) ? "missing" : "crashed",
      why: String(error?.message ?? error).slice(0, 300),
    });
  }
};
