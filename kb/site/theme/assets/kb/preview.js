// Shows the entries of a pull request as they would look: their files come from the forge when the
// reader asks, and are read as data by the same Python that checks entries.
import { arriving } from "./arriving.js";
import { able, checks, today } from "./checks.js";
import { shown } from "./shown.js";
import { fill, WORDS } from "./words.js";

const TEXTS = WORDS.preview,
  MOST = 30,
  LARGEST = 256 * 1024;
const HEAD = /^[0-9a-f]{40}$/,
  PATH = /^catalog\/[a-z]+\/[a-z0-9-]+(\/entry)?\.yaml$/;

const element = (name, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};
const failed = (text, path = "") =>
  Object.assign(new Error(text), { said: fill(TEXTS[text], { path }) });

class Preview extends HTMLElement {
  connectedCallback() {
    if (this.head) return;
    this.status = element("p", { className: "kb-says" });
    this.status.setAttribute("role", "status");
    if (!able()) {
      this.status.textContent = WORDS.add.unable;
      this.replaceChildren(this.status);
      return;
    }
    this.root = new URL(this.dataset.root, location.href);
    this.forge = new URL(document.getElementById("kb-words").dataset.repository);
    const asked = new URLSearchParams(location.hash.slice(1));
    const field = (label, input, hint) =>
      element(
        "label",
        { className: "kb-field" },
        element("span", {}, label),
        input,
        element("small", {}, hint),
      );
    this.head = element("input", { value: asked.get("head") ?? "", spellcheck: false });
    this.files = element("textarea", { value: asked.getAll("path").join("\n"), rows: 3 });
    const host = new URL(this.dataset.raw).host;
    const size = Math.ceil(Number(this.dataset.bytes) / 1e6);
    this.host = host;
    this.entries = element("div");
    this.replaceChildren(
      field(TEXTS.head, this.head, TEXTS.head_hint),
      field(TEXTS.files, this.files, ""),
      element("p", {}, fill(TEXTS.asks, { host, size })),
      element(
        "div",
        { className: "kb-acts" },
        element("button", { type: "button", onclick: () => this.begin() }, TEXTS.fetch),
      ),
      this.status,
      this.entries,
    );
  }

  say(text, state) {
    this.status.textContent = text;
    this.dataset.state = state;
  }

  async begin() {
    const head = this.head.value.trim();
    const paths = this.files.value
      .split("\n")
      .map((one) => one.trim())
      .filter(Boolean);
    this.entries.replaceChildren();
    const fine = HEAD.test(head) && paths.length && paths.length <= MOST;
    if (!fine || !paths.every((path) => PATH.test(path)))
      return this.say(TEXTS.malformed, "malformed");
    this.say(fill(TEXTS.fetching, { count: paths.length }), "busy");
    // A file that is deleted, too large or out of reach hides no other one.
    const files = {},
      left = new Set();
    const fetched = paths.map(async (path) => {
      try {
        files[path.replace("catalog/", "")] = await this.text(head, path);
      } catch (error) {
        left.add(error.said ?? fill(TEXTS.offline, { host: this.host }));
      }
    });
    await Promise.all(fetched);
    if (!Object.keys(files).length) return this.say([...left].join(" "), "failed");
    this.say(WORDS.add.loading, "busy");
    this.ask(files, [...left]);
  }

  // The text of a file at a commit, no longer than an entry may be.
  async text(head, path) {
    const address = `${this.dataset.raw}${this.forge.pathname.replace(/\/$/, "")}/${head}/${path}`;
    const answer = await fetch(address, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
    });
    if (!answer.ok) throw failed("absent", path);
    const reader = answer.body.getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > LARGEST) {
        await reader.cancel();
        throw failed("large", path);
      }
      parts.push(value);
    }
    return new Blob(parts).text();
  }

  // Ask what `files` hold; `left` says which others could not be had.
  ask(files, left) {
    const { version, core, bytes } = this.dataset;
    const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    const bar = arriving(Number(bytes), WORDS.add.loading);
    const answered = (answer) => {
      bar.node.remove();
      if (answer.failed) return this.say(WORDS.add[answer.failed], answer.failed);
      const missing = left.map((said) => element("p", { className: "kb-left" }, said));
      const shown = answer.entries.flatMap((one) => this.entry(one, language));
      this.entries.replaceChildren(...missing, ...shown);
      this.say(fill(TEXTS.done, { count: answer.entries.length }), "done");
    };
    checks.ask({ version, core }, { files, language, today: today() }, answered, (come) =>
      bar.show(come, this.status),
    );
  }

  entry(one, language) {
    const found = one.findings.map((finding) =>
      element("li", { lang: "en" }, `${finding.line}: ${finding.message}`),
    );
    const made = [element("h2", {}, fill(TEXTS.shown, { path: one.path }))];
    if (found.length) made.push(element("ol", { className: "kb-findings" }, ...found));
    if (!one.shown) return [...made, element("p", {}, TEXTS.broken)];
    const frame = element("iframe", { title: fill(TEXTS.shown, { path: one.path }) });
    frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
    const tree = new URL(language === "zh" ? "zh/" : "", this.root);
    frame.srcdoc = shown(one.shown, one.page, tree, language);
    return [...made, frame];
  }
}

customElements.define("kb-preview", Preview);
