// Runs the snippet of a page: buttons, editor, output, figure. The code comes from the page or the
// reader's keyboard, never from an address.
import { arriving } from "./arriving.js";
import { pictureOf } from "./picture.js";
import { fill, nodes, WORDS } from "./words.js";

const SIZE = 100_000,
  MESSAGES = 20_000;
const TEXTS = WORDS.run;

const element = (name, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};
const able = () =>
  typeof WebAssembly === "object" &&
  typeof Worker === "function" &&
  typeof DecompressionStream === "function";

// One Python per tab. `hear` gets the messages of the latest run only; messages of earlier runs are
// dropped.
const python = {
  worker: null,
  run: 0,
  hear: null,
  ask(question, hear) {
    this.hear = hear;
    this.worker ??= this.start();
    this.worker.postMessage({ ...question, run: ++this.run });
  },
  start() {
    // Made from a blob, a worker inherits the content policy of the page; made from a file, it
    // would have none.
    const code = URL.createObjectURL(
      new Blob([`import ${JSON.stringify(new URL("worker.js", import.meta.url).href)};`], {
        type: "text/javascript",
      }),
    );
    const worker = new Worker(code, { type: "module", name: "python" });
    worker.onmessage = ({ data }) =>
      worker === this.worker && data?.run === this.run && this.hear?.(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.worker) {
        const hear = this.hear;
        this.stop();
        hear?.({ type: "missing" });
      }
    };
    return worker;
  },
  stop() {
    this.worker?.terminate();
    this.worker = this.hear = null;
  },
};

// Long code and output scroll within their boxes, which the keyboard must reach. Without this
// script they are shown at full length.
const scrolling = () => {
  for (const pre of document.querySelectorAll(".kb-code pre, .kb-output pre")) {
    const box = pre.closest(".highlight") ?? pre;
    box.classList.add("kb-scroll");
    box.tabIndex = 0;
  }
};

const remembered = (version) => {
  try {
    return localStorage.getItem("kb.runtime") === version;
  } catch {
    return false;
  }
};
const remember = (version) => {
  try {
    localStorage.setItem("kb.runtime", version);
  } catch {
    /* a private window */
  }
};

class Run extends HTMLElement {
  connectedCallback() {
    scrolling();
    if (this.box) return;
    this.box = this.closest(".kb-snippet");
    const code = this.box?.querySelector(".kb-code code");
    if (!code) return;
    this.still = code.closest(".highlight") ?? code.parentElement;
    this.source = code.textContent.replace(/\n$/, "");
    this.picture = pictureOf(document.querySelector(".kb-lab"));
    this.output = this.box.querySelector(".kb-output code");
    this.caption = this.box.querySelector(".kb-output .kb-caption");
    this.recorded = {
      text: this.output?.textContent ?? null,
      caption: this.caption && [...this.caption.childNodes],
    };
    this.build();
    this.recall();
  }

  get trial() {
    return document.querySelector("kb-trial");
  }

  disconnectedCallback() {
    if (this.running) this.stop("stopped");
    this.picture?.forget();
    clearInterval(this.clock);
  }

  build() {
    const button = (text, act, name) =>
      element("button", { type: "button", className: `kb-${name}`, onclick: act }, text);
    this.status = element("span", { className: "kb-status" });
    this.status.setAttribute("role", "status");
    this.time = element("span", { className: "kb-time" });
    this.time.setAttribute("aria-hidden", "true");
    if (!able()) {
      this.say("unable");
      this.append(this.status);
      return;
    }
    this.runButton = button(TEXTS.run, () => this.begin(), "run");
    this.stopButton = button(TEXTS.stop, () => this.stop("stopped"), "stop");
    this.editButton = button(TEXTS.edit, () => this.edit(), "edit");
    this.resetButton = button(TEXTS.reset, () => this.reset(), "reset");
    if (!remembered(this.dataset.runtime)) {
      const size = Math.round(Number(this.dataset.bytes) / 1e6);
      this.size = element("small", {}, fill(TEXTS.size, { size }));
      this.runButton.append(" ", this.size);
    }
    this.stopButton.disabled = true;
    this.append(
      this.runButton,
      this.stopButton,
      this.editButton,
      this.resetButton,
      this.status,
      this.time,
      element("a", { className: "kb-to-figure", href: "#experiment" }, TEXTS.to_figure),
    );
    // What is marked in folded code has its place only once that is shown.
    this.still.closest("details")?.addEventListener("toggle", () => this.editor?.again());
    this.onkey = (event) => this.key(event);
    this.box.addEventListener("keydown", this.onkey);
  }

  say(name, pair = TEXTS[name]) {
    this.status.replaceChildren(pair);
    this.dataset.state = name;
  }

  key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!this.running) this.begin();
    }
  }

  get code() {
    return this.editor ? this.editor.area.value : this.source;
  }

  begin() {
    if (this.running) return;
    Run.current?.running && Run.current.stop("stopped");
    Run.current = this;
    this.running = true;
    this.count = this.length = 0;
    this.text = "";
    this.runButton.disabled = true;
    this.stopButton.disabled = false;
    this.mark(null);
    this.showOutput();
    this.picture.reset(true);
    this.trial?.untold();
    this.say(python.worker ? "running" : "loading");
    this.arriving = arriving(Number(this.dataset.bytes), TEXTS.loading);
    this.began = performance.now();
    this.clock = setInterval(() => this.tick(), 100);
    const { runtime, numpy } = this.dataset;
    python.ask(
      { runtime: { version: runtime, numpy }, source: this.code, recorded: this.recorded.text },
      (data) => this.hear(data),
    );
  }

  tick() {
    this.time.textContent = `${((performance.now() - this.began) / 1000).toFixed(1)} s`;
  }

  showOutput() {
    if (!this.output) {
      this.output = element("code");
      this.caption = element("p", { className: "kb-caption" });
      const made = element(
        "div",
        { className: "kb-output" },
        this.caption,
        element("pre", {}, this.output),
      );
      this.box.querySelector(".kb-shown").append(made);
      scrolling();
    }
    this.caption.replaceChildren(TEXTS.fresh);
    this.output.replaceChildren();
    this.box.querySelector(".kb-differences")?.remove();
  }

  // Nothing that arrives here is trusted: the code that runs in the worker is whatever the reader
  // typed.
  hear(data) {
    if (++this.count > MESSAGES) return this.stop("flood");
    if (data.type === "started") {
      remember(this.dataset.runtime);
      this.size?.remove();
      this.arriving.node.remove();
      this.began = performance.now();
      this.say("running");
    } else if (data.type === "text" && typeof data.text === "string")
      this.print(data.text, data.stream === "err");
    else if (data.type === "bytes" && Number.isFinite(data.bytes)) this.arrive(data.bytes);
    else if (data.type === "figure" && typeof data.svg === "string") this.picture.show(data.svg);
    else if (data.type === "done") this.done(data);
    else if (data.type === "missing" || data.type === "crashed") this.stop(data.type);
  }

  // Python comes before any code runs: later this is no news.
  arrive(bytes) {
    if (this.dataset.state !== "loading") return;
    this.arriving.show(bytes, this.status);
  }

  print(text, isError) {
    this.length += text.length;
    const room = SIZE - (this.length - text.length);
    this.pending = [...(this.pending ?? []), [text.slice(0, Math.max(0, room)), isError]];
    this.frame ||= requestAnimationFrame(() => this.flush());
    if (this.length > SIZE) this.stop("flood");
  }

  flush() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    for (const [text, isError] of this.pending ?? []) {
      const last = this.output.lastChild;
      if (!isError && last?.nodeType === Node.TEXT_NODE) last.appendData(text);
      else this.output.append(isError ? element("span", { className: "kb-error" }, text) : text);
    }
    this.pending = [];
  }

  done({ problem, line, seconds, differences, claims }) {
    this.end();
    if (Array.isArray(claims)) this.trial?.tell(claims.slice(0, 50));
    if (Number.isFinite(seconds)) this.time.textContent = `${seconds.toFixed(2)} s`;
    if (typeof problem === "string") {
      this.output.append(element("span", { className: "kb-error" }, problem.slice(0, 20_000)));
      const known = Number.isInteger(line) && line > 0;
      this.say("failed", known ? fill(TEXTS.failed_at, { line }) : TEXTS.failed);
      if (known) this.mark(line);
      this.adviseOn(problem);
    } else if (Array.isArray(claims)) {
      const name = claims.every((claim) => claim?.holds === true) ? "all_hold" : "broken";
      this.say(name, WORDS.trial[name]);
    } else if (Array.isArray(differences)) {
      const lines = differences.filter((line) => typeof line === "string").slice(0, 50);
      this.say(lines.length ? "other" : "same");
      if (lines.length) this.differ(lines);
    } else this.say("done");
  }

  // What no browser has runs at home.
  adviseOn(problem) {
    const name = problem.match(/ModuleNotFoundError: No module named '([\w.]+)'/)?.[1];
    const notebook = this.box.querySelector('.kb-downloads a[href$=".ipynb"]');
    if (!name || !notebook) return;
    this.status.append(
      " ",
      ...nodes(fill(TEXTS.no_module, { name })),
      " ",
      notebook.cloneNode(true),
    );
  }

  differ(lines) {
    const list = element("ul", {}, ...lines.map((line) => element("li", {}, line.slice(0, 300))));
    const box = element(
      "details",
      { className: "kb-differences" },
      element("summary", {}, fill(TEXTS.differ, { count: lines.length })),
      list,
    );
    this.output.closest("pre").after(box);
  }

  stop(why) {
    python.stop();
    this.end();
    this.say(why);
  }

  end() {
    this.flush();
    this.arriving?.node.remove();
    this.running = false;
    clearInterval(this.clock);
    this.runButton.disabled = false;
    this.stopButton.disabled = true;
  }

  reset() {
    if (this.running) this.stop("stopped");
    this.editor?.frame.remove();
    this.editor = null;
    this.before = null;
    this.keep();
    this.still.hidden = false;
    this.editButton.disabled = false;
    this.picture.reset();
    this.trial?.reset();
    if (this.output) this.output.textContent = this.recorded.text ?? "";
    if (this.recorded.caption) this.caption.replaceChildren(...this.recorded.caption);
    this.box.querySelector(".kb-differences")?.remove();
    this.time.textContent = "";
    this.say("reset_done");
  }

  // The code is folded; whoever wants to see or to change it gets it at full length.
  unfold() {
    const fold = this.still.closest("details");
    if (fold) fold.open = true;
  }

  edit() {
    this.unfold();
    this.open();
    this.editor.area.focus();
  }

  open() {
    if (this.editor) return;
    this.editor = new Editor(
      this.source,
      () => this.editButton.focus(),
      () => this.keep(),
    );
    this.still.after(this.editor.frame);
    this.still.hidden = true;
    this.editButton.disabled = false;
  }

  mark(line) {
    if (line) {
      this.unfold();
      this.open();
    }
    this.editor?.mark(line);
  }

  // Whether the code is neither the recorded one nor what a knob or an experiment made of it.
  get typed() {
    return this.code !== (this.given ?? this.source);
  }

  // Code from a knob or an experiment, in the editor, which opens at the first line that differs.
  // `before` is what `undo` brings back.
  put(code, before = null) {
    if (!this.runButton || (code === this.source && !this.editor)) return;
    this.before = before;
    this.given = code;
    this.open();
    const lines = (before ?? this.source).split("\n");
    const line = code.split("\n").findIndex((text, number) => text !== lines[number]) + 1;
    this.editor.set(code);
    this.editor.mark(code === this.source ? null : line || null, "kb-changed");
    this.keep();
  }

  undo() {
    const code = this.before ?? this.source;
    this.put(code);
    this.given = this.source;
  }

  // What was typed survives a visit to another page of the same tab.
  get place() {
    return `kb.code ${location.pathname}`;
  }

  keep() {
    try {
      if (this.code === this.source) sessionStorage.removeItem(this.place);
      else sessionStorage.setItem(this.place, this.code);
    } catch {
      /* a private window */
    }
  }

  recall() {
    let code = null;
    try {
      code = sessionStorage.getItem(this.place);
    } catch {
      /* a private window */
    }
    if (!code || !this.runButton) return;
    this.open();
    this.editor.set(code);
  }
}

// A plain text area with line numbers. Tab indents, so Escape must be the way out for keyboard
// users.
class Editor {
  constructor(text, leave, changed) {
    this.leave = leave;
    this.numbers = element("div", { className: "kb-numbers" });
    this.numbers.setAttribute("aria-hidden", "true");
    this.strip = element("div", { className: "kb-strip", hidden: true });
    this.area = element("textarea", {
      value: text,
      spellcheck: false,
      autocomplete: "off",
      wrap: "off",
    });
    this.area.setAttribute("autocapitalize", "off");
    this.area.setAttribute("aria-label", TEXTS.editor);
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("input", () => {
      this.mark(null);
      this.size();
      changed();
    });
    this.lines = element("div", { className: "kb-lines" }, this.strip, this.area);
    this.frame = element("div", { className: "kb-editor" }, this.numbers, this.lines);
    this.size();
  }

  size() {
    const lines = this.area.value.split("\n");
    this.area.rows = lines.length;
    this.lines.style.minWidth = `${Math.max(...lines.map((line) => line.length)) + 4}ch`;
    if (this.numbers.childElementCount !== lines.length)
      this.numbers.replaceChildren(
        ...lines.map((_, index) => element("span", {}, String(index + 1))),
      );
  }

  set(text) {
    this.area.value = text;
    this.size();
  }

  // A line is marked because something in it is wrong, or because it is new.
  mark(line, why = "kb-wrong") {
    this.marked = [line, why];
    for (const name of ["kb-wrong", "kb-changed"])
      this.numbers.querySelector(`.${name}`)?.classList.remove(name);
    this.strip.classList.toggle("kb-changed", why === "kb-changed");
    this.strip.hidden = !line;
    const number = line && this.numbers.children[line - 1];
    if (!number) {
      this.strip.hidden = true;
      return;
    }
    number.classList.add(why);
    this.strip.style.top = `${number.offsetTop}px`;
    this.strip.style.height = `${number.offsetHeight}px`;
    this.frame.scrollLeft = 0;
    this.frame.scrollTop = Math.max(0, number.offsetTop - this.frame.clientHeight / 2);
  }

  again() {
    if (this.marked) this.mark(...this.marked);
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.indent(event.shiftKey);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const before = this.area.value.slice(0, this.area.selectionStart),
        line = before.slice(before.lastIndexOf("\n") + 1);
      this.write(`\n${line.match(/^ */)[0]}${/:\s*(#.*)?$/.test(line) ? "    " : ""}`);
    }
  }

  indent(back) {
    const { value, selectionStart: from, selectionEnd: to } = this.area;
    if (!back && !value.slice(from, to).includes("\n")) return this.write("    ");
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const changed = value
      .slice(start, to)
      .replace(back ? /^ {1,4}/gm : /^(?=.)/gm, back ? "" : "    ");
    this.area.setSelectionRange(start, to);
    this.write(changed);
    this.area.setSelectionRange(
      from === to ? this.area.selectionStart : start,
      this.area.selectionStart,
    );
  }

  // `insertText` keeps the browser's own undo; where it is missing, the text is set directly.
  write(text) {
    const done = text
      ? document.execCommand("insertText", false, text)
      : document.execCommand("delete");
    if (!done)
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.area.dispatchEvent(new Event("input"));
  }
}

scrolling();
if (!customElements.get("kb-run")) customElements.define("kb-run", Run);
