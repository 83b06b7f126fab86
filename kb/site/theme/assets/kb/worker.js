// Python in a worker: loads once, runs one snippet at a time. Its only channel is plain messages to
// the page.
const home = import.meta.url;
const post = self.postMessage.bind(self);
const load = self.fetch.bind(self);

// What a snippet does not need. The page's content policy, which this worker inherits, also forbids
// other origins and `eval`.
const TAKEN = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "BroadcastChannel",
  "Worker",
  "SharedWorker",
  "indexedDB",
  "caches",
  "importScripts",
  "postMessage",
  "close",
  "Notification",
  "FileReaderSync",
  "navigator",
];

async function loaded(address, packed = false) {
  const answer = await load(new URL(address, home));
  if (!answer.ok)
    throw Object.assign(new Error(`${answer.status} ${new URL(address, home).pathname}`), {
      missing: true,
    });
  if (!packed) return answer;
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "content-type": "application/wasm" },
  });
}

// The loader swallows errors of the WASM binary and then waits forever; so both its requests are
// watched here.
function watched(folder, refuse) {
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (...words) =>
    start(...words).catch((error) => {
      refuse(error);
      throw error;
    });
  self.fetch = (address) =>
    loaded(
      String(address).endsWith(".wasm") ? `${folder}pyodide.asm.wasm.packed` : address,
      String(address).endsWith(".wasm"),
    ).catch((error) => {
      refuse(error);
      throw error;
    });
}

async function start({ version, numpy }, source) {
  const folder = new URL(`runtime/${version}/`, home).href;
  const wheel = `numpy-${numpy}-cp314-cp314-pyemscripten_2026_0_wasm32.whl`;
  const zips = source.includes("kb.lab.language") ? ["lab.zip", "language.zip"] : ["lab.zip"];
  const files = Promise.all(
    [folder + wheel, ...zips].map(async (file) => (await loaded(file)).arrayBuffer()),
  );
  const failed = new Promise((_, refuse) => watched(folder, refuse));
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const lockFileContents = {
    info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.0" },
    packages: {},
  };
  const begun = loadPyodide({
    indexURL: folder,
    lockFileContents,
    packageBaseUrl: folder,
    jsglobals: Object.create(null),
    fullStdLib: false,
  });
  const [python, [numpyFile, ...labFiles]] = await Promise.race([
    Promise.all([begun, files]),
    failed,
  ]);
  const extractDir = python.runPython("import site; site.getsitepackages()[0]");
  python.unpackArchive(numpyFile, "wheel", { extractDir });
  for (const file of labFiles) python.unpackArchive(file, "zip", { extractDir });
  python.runPython("import numpy");
  const page = python.pyimport("kb.snippets.page");
  for (const name of TAKEN)
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
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
