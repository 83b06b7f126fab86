// The form for a new entry: checks it in a worker while it is written, shows its page, and leads to
// the forge. Nothing is loaded before the reader asks, and nothing is sent but by the reader.
import { arriving } from "./arriving.js";
import { able, checks, today } from "./checks.js";
import { shown } from "./shown.js";
import { fill, WORDS } from "./words.js";

const TEXTS = WORDS.add;
const KEPT = "kb.add",
  PAUSE = 500,
  LONGEST = 7_500; // of an address; the forge refuses 8 kB

const element = (name, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};
const button = (text, onclick) => element("button", { type: "button", onclick }, text);

class Add extends HTMLElement {
  connectedCallback() {
    if (this.kind) return;
    this.blanks = Object.fromEntries(
      [...document.querySelectorAll(".kb-blank")].map((one) => [
        one.dataset.kind,
        {
          name: one.querySelector("h3").firstChild.textContent.trim(),
          text: one.querySelector("code").textContent.replaceAll("2026-01-01", today()),
          path: one.dataset.path,
        },
      ]),
    );
    this.root = new URL(this.dataset.root, location.href);
    this.status = element("p", { className: "kb-says" });
    this.status.setAttribute("role", "status");
    if (!able()) {
      this.status.textContent = TEXTS.unable;
      this.replaceChildren(this.status);
      return;
    }
    this.build();
    this.recall();
  }

  build() {
    const changed = () => this.changed();
    const option = ([value, { name }]) => element("option", { value }, name);
    this.kind = element(
      "select",
      { onchange: () => this.begin() },
      ...Object.entries(this.blanks).map(option),
    );
    this.name = element("input", { oninput: changed, spellcheck: false, autocomplete: "off" });
    this.name.maxLength = 80;
    this.text = element("textarea", { oninput: changed, spellcheck: false, wrap: "off" });
    this.checkButton = button(TEXTS.check, () => this.check());
    const size = Math.ceil(Number(this.dataset.bytes) / 1e6);
    this.size = element("small", {}, ` (${fill(TEXTS.size, { size })})`);
    this.checkButton.append(this.size);
    this.mendButton = button("", () => this.mend(true));
    this.mendButton.hidden = true;
    const over = button(TEXTS.over, () => confirm(TEXTS.really) && this.begin());
    this.findings = element("ol", { className: "kb-findings" });
    this.after = element("div");
    const field = (label, input, hint) =>
      element(
        "label",
        { className: "kb-field" },
        element("span", {}, label),
        input,
        ...(hint ? [element("small", {}, hint)] : []),
      );
    this.replaceChildren(
      field(TEXTS.kind, this.kind),
      field(TEXTS.id, this.name, TEXTS.id_hint),
      field(TEXTS.text, this.text),
      element("div", { className: "kb-acts" }, this.checkButton, this.mendButton, over),
      this.status,
      this.findings,
      this.after,
    );
  }

  // A blank entry of the chosen kind.
  begin() {
    this.text.value = this.blanks[this.kind.value].text;
    this.name.value = "";
    this.clear();
    this.status.textContent = "";
    this.keep();
  }

  // What was typed, after going back or into the other language.
  recall() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
    } catch {
      // a private window, or not ours
    }
    if (!this.blanks[kept?.kind]) return this.begin();
    this.kind.value = kept.kind;
    this.name.value = String(kept.id);
    this.text.value = String(kept.text);
  }

  keep() {
    try {
      const { kind, name, text } = this;
      sessionStorage.setItem(
        KEPT,
        JSON.stringify({ kind: kind.value, id: name.value, text: text.value }),
      );
    } catch {
      // a private window
    }
  }

  changed() {
    this.keep();
    clearTimeout(this.waiting);
    if (this.live) this.waiting = setTimeout(() => this.check(), PAUSE);
  }

  question(more) {
    return {
      kind: this.kind.value,
      id: this.name.value.trim(),
      text: this.text.value,
      today: today(),
      language: document.documentElement.lang.startsWith("zh") ? "zh" : "en",
      ...more,
    };
  }

  ask(question, hear) {
    this.status.textContent = this.live ? TEXTS.checking : TEXTS.loading;
    this.dataset.state = "busy";
    const { version, core, bytes } = this.dataset;
    const bar = arriving(Number(bytes), TEXTS.loading);
    const answered = (answer) => {
      bar.node.remove();
      if (answer.failed) {
        this.status.textContent = TEXTS[answer.failed];
        this.dataset.state = answer.failed;
        return;
      }
      this.live = true;
      this.size.remove();
      hear(answer);
    };
    checks.ask({ version, core }, question, answered, (come) => bar.show(come, this.status));
  }

  check() {
    clearTimeout(this.waiting);
    if (!this.name.value.trim()) {
      this.clear();
      this.status.textContent = TEXTS.unnamed;
      this.dataset.state = "unnamed";
      this.name.focus();
      return;
    }
    this.ask(this.question(), (answer) => this.show(answer));
  }

  // Take over the safe answer to one finding, or to all of them.
  mend(which) {
    this.ask(this.question({ mend: which }), ({ text }) => {
      if (text) this.text.value = text;
      this.keep();
      this.check();
    });
  }

  clear() {
    this.findings.replaceChildren();
    this.after.replaceChildren();
    this.mendButton.hidden = true;
    delete this.dataset.state;
  }

  show(answer) {
    const { findings } = answer;
    this.clear();
    this.findings.append(...findings.map((one, number) => this.finding(one, number)));
    const count = findings.filter((one) => one.mendable).length;
    this.mendButton.textContent = fill(TEXTS.mend_all, { count });
    this.mendButton.hidden = !count;
    this.status.textContent = findings.length
      ? fill(TEXTS.count, { count: findings.length })
      : TEXTS.clean;
    this.dataset.state = findings.length ? "findings" : "clean";
    if (answer.shown) this.after.append(...this.preview(answer));
    if (!findings.length) this.after.append(...this.handIn(answer));
  }

  finding(one, number) {
    const line = button(fill(TEXTS.line, { line: one.line }), () => this.goTo(one));
    const said = element("span", { lang: "en" }, ` ${one.message} `);
    const rule = element("a", { href: new URL(`rules/${one.name}/`, this.root) }, TEXTS.rule);
    const item = element("li", {}, line, said, rule, " ");
    item.dataset.code = one.code;
    if (one.mendable) item.append(button(TEXTS.mend, () => this.mend(number)));
    const id = one.rename
      ?.split("/")
      .at(-1)
      .replace(/\.yaml$/, "");
    if (id && id !== "entry")
      item.append(
        button(fill(TEXTS.use_id, { id }), () => {
          this.name.value = id;
          this.keep();
          this.check();
        }),
      );
    if (one.hint) item.append(element("small", { lang: "en" }, one.hint));
    return item;
  }

  goTo({ line, column }) {
    const before = this.text.value.split("\n").slice(0, line - 1);
    const at = before.join("\n").length + (line > 1 ? 1 : 0) + column - 1;
    this.text.focus();
    this.text.setSelectionRange(at, at);
  }

  preview(answer) {
    const lang = document.documentElement.lang;
    const frame = element("iframe", { title: TEXTS.preview });
    frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
    const tree = new URL(lang.startsWith("zh") ? "zh/" : "", this.root);
    frame.srcdoc = shown(answer.shown, answer.page, tree, lang);
    return [element("h2", {}, TEXTS.preview), frame];
  }

  handIn({ path, text }) {
    const acts = element("div", { className: "kb-acts" });
    const forge = document.getElementById("kb-words").dataset.repository.replace(/\/$/, "");
    if (/^https:\/\/github\.[\w.-]+\/[^/]+\/[^/]+$/.test(forge)) {
      const empty = `${forge}/new/main?filename=${encodeURIComponent(path)}`;
      const whole = `${empty}&value=${encodeURIComponent(text)}`;
      const fits = whole.length <= LONGEST;
      const link = element(
        "a",
        { href: fits ? whole : empty, target: "_blank", rel: "noopener noreferrer" },
        fits ? TEXTS.open : TEXTS.open_empty,
      );
      if (!fits) link.onclick = () => this.copy(text);
      acts.append(link);
    }
    const file = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    acts.append(
      button(TEXTS.copy, () => this.copy(text)),
      element("a", { href: file, download: path.split("/").at(-1) }, TEXTS.download),
    );
    return [
      element("h2", {}, TEXTS.hand_in),
      element("p", {}, fill(TEXTS.hand_in_is, { path })),
      acts,
    ];
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.status.textContent = TEXTS.copied;
    } catch {
      this.status.textContent = TEXTS.uncopied;
    }
  }
}

customElements.define("kb-add", Add);
