// Starts Python in a worker with the packages that it is to have, and shuts the worker off from the
// world afterwards.
const home = import.meta.url;
const load = self.fetch.bind(self);

// What the code that runs here does not need. The page's content policy, which this worker
// inherits, also forbids other origins and `eval`.
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

const STEP = 200_000;
let arrived = 0;
let told = 0;
let tell = () => {};

// From now on `how` hears how many bytes have arrived, every 0.2 MB.
export function onBytes(how) {
  tell = how;
}

function counted(answer) {
  const count = (part, out) => {
    arrived += part.byteLength;
    if (arrived - told >= STEP) {
      told = arrived;
      tell(told);
    }
    out.enqueue(part);
  };
  const body = answer.body.pipeThrough(new TransformStream({ transform: count }));
  return new Response(body, { headers: answer.headers });
}

export async function loaded(address, packed = false) {
  const answer = await load(new URL(address, home));
  if (!answer.ok)
    throw Object.assign(new Error(`${answer.status} ${new URL(address, home).pathname}`), {
      missing: true,
    });
  const whole = counted(answer);
  if (!packed) return whole;
  return new Response(whole.body.pipeThrough(new DecompressionStream("gzip")), {
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

// Python of release `version` with `packages`, each a file and its format: wheels lie with the
// release, zips beside this script.
export async function begin(version, packages) {
  const folder = new URL(`runtime/${version}/`, home).href;
  const files = Promise.all(
    packages.map(async ([file, format]) =>
      (await loaded(format === "wheel" ? folder + file : file)).arrayBuffer(),
    ),
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
  const [python, contents] = await Promise.race([Promise.all([begun, files]), failed]);
  for (const [number, [, format]] of packages.entries()) unpack(python, contents[number], format);
  return python;
}

function unpack(python, content, format) {
  const extractDir = python.runPython("import site; site.getsitepackages()[0]");
  python.unpackArchive(content, format, { extractDir });
}

// One more zip for a Python that runs already.
export async function add(python, file) {
  unpack(python, await (await loaded(file)).arrayBuffer(), "zip");
  python.runPython("import importlib; importlib.invalidate_caches()");
}

export function shut() {
  for (const name of TAKEN)
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
}
