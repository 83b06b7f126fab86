// Starts Python in a worker with the packages that it is to have, and shuts the worker off from the
// world afterwards.
import { members } from "./archive.js";

const home = import.meta.url;
const PACKED = ".packed";
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

// What lies at `address`, seen from this script. A name that ends in `.packed` is sent as gzip,
// whatever the web server does.
export async function loaded(address) {
  const answer = await load(new URL(address, home));
  if (!answer.ok)
    throw Object.assign(new Error(`${answer.status} ${new URL(address, home).pathname}`), {
      missing: true,
    });
  const whole = counted(answer);
  if (!address.endsWith(PACKED)) return whole;
  const type = address.endsWith(`.wasm${PACKED}`) ? "application/wasm" : "";
  return new Response(whole.body.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "content-type": type },
  });
}

const contents = async (address) => members(await (await loaded(address)).arrayBuffer());

// The loader swallows errors of the WASM binary and then waits forever; so both its requests are
// watched here.
function watched(refuse) {
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (...words) =>
    start(...words).catch((error) => {
      refuse(error);
      throw error;
    });
  self.fetch = (address) =>
    loaded(String(address).replace(/\.wasm$/, `.wasm${PACKED}`)).catch((error) => {
      refuse(error);
      throw error;
    });
}

// Python of release `version` with the archives `packages`, seen from this script. They are fetched
// and unpacked while the machine that runs Python is compiled.
export async function begin(version, packages) {
  const folder = new URL(`runtime/${version}/`, home).href;
  const archives = Promise.all(packages.map(contents));
  const failed = new Promise((_, refuse) => {
    watched(refuse);
    archives.catch(refuse);
  });
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const lockFileContents = {
    info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.0" },
    packages: {},
  };
  const begun = loadPyodide({
    indexURL: folder,
    stdLibURL: `${folder}python_stdlib.zip${PACKED}`,
    lockFileContents,
    packageBaseUrl: folder,
    jsglobals: Object.create(null),
    fullStdLib: false,
    fsInit: async (files, { sitePackages }) => {
      for (const archive of await archives) write(files, sitePackages, archive);
    },
  });
  return Promise.race([begun, failed]);
}

function write(files, folder, archive) {
  const made = new Set();
  for (const [path, bytes] of archive) {
    const whole = `${folder}/${path}`;
    const above = whole.slice(0, whole.lastIndexOf("/"));
    if (!made.has(above)) files.mkdirTree(above);
    made.add(above);
    files.writeFile(whole, bytes);
  }
}

// One more archive for a Python that runs already.
export async function add(python, file) {
  const folder = python.runPython("import site; site.getsitepackages()[0]");
  write(python.FS, folder, await contents(file));
  python.runPython("import importlib; importlib.invalidate_caches()");
}

export function shut() {
  for (const name of TAKEN)
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
}
