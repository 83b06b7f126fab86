// Python in a worker: loads once, runs one snippet at a time. Its only channel is plain messages to
// the page.
import { begin, shut } from "./python.js";

const post = self.postMessage.bind(self);

async function start({ version, numpy }, source) {
  const zips = source.includes("kb.lab.language") ? ["lab.zip", "language.zip"] : ["lab.zip"];
  const python = await begin(version, [
    [`numpy-${numpy}-cp314-cp314-pyemscripten_2026_0_wasm32.whl`, "wheel"],
    ...zips.map((name) => [name, "zip"]),
  ]);
  python.runPython("import numpy");
  const page = python.pyimport("kb.snippets.page");
  shut();
  return page;
}

let page;

self.onmessage = async ({ data }) => {
  try {
    page ??= start(data.runtime, data.source).catch((error) => {
      page = undefined;
      throw error;
    });
    const ready = await page;
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
