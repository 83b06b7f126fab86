// The checks, one Python for the page: questions go to a worker, answers to older ones are dropped.
export const able = () =>
  typeof WebAssembly === "object" &&
  typeof Worker === "function" &&
  typeof DecompressionStream === "function";

// The day where the reader is.
export const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

export const checks = {
  worker: null,
  asked: 0,
  hear: null,
  arrive: null,
  // `hear` gets the answer; `arrive`, until Python is there, how many bytes have come.
  ask(checker, question, hear, arrive) {
    this.hear = hear;
    this.arrive = arrive;
    this.worker ??= this.start();
    this.worker.postMessage({ checker, question, asked: ++this.asked });
  },
  start() {
    // Made from a blob, a worker inherits the content policy of the page.
    const code = URL.createObjectURL(
      new Blob([`import ${JSON.stringify(new URL("checker.js", import.meta.url).href)};`], {
        type: "text/javascript",
      }),
    );
    const worker = new Worker(code, { type: "module", name: "checks" });
    worker.onmessage = ({ data }) => {
      if (data?.bytes) this.arrive?.(data.bytes);
      else if (data?.asked === this.asked) this.hear?.(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.worker = null;
      this.hear?.({ failed: "missing" });
    };
    return worker;
  },
};
