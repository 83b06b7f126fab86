// Claims, knobs and experiments of a snippet. Recorded answers are shown at once, without Python;
// the code follows, so that Run computes the same.
import { pictureOf } from "./picture.js";
import { fill, nodes, plain, WORDS } from "./words.js";

const TEXTS = WORDS.trial;
const SIGNS = ["holds", "mostly", "falls", "untold"];

const element = (name, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};

// `base` with the lines of `change` in place of its own, or another text altogether.
const patched = (base, change) => {
  if (typeof change === "string") return change;
  const lines = base.split("\n");
  for (const [number, line] of Object.entries(change)) lines[number] = line;
  return lines.join("\n");
};

const short = (number) => Number(number.toPrecision(12)).toString();

class Trial extends HTMLElement {
  connectedCallback() {
    if (this.box) return;
    this.box = document.querySelector(".kb-snippet");
    this.picture = pictureOf(this.closest(".kb-lab"));
    this.output = this.box.querySelector(".kb-output code");
    this.caption = this.box.querySelector(".kb-output .kb-caption");
    this.recorded = {
      output: this.output?.textContent ?? "",
      caption: [...(this.caption?.childNodes ?? [])],
      source: this.box.querySelector(".kb-code code").textContent.replace(/\n$/, ""),
    };
    this.knobs = JSON.parse(this.dataset.knobs).map((knob) => this.knob(knob));
    this.buttons = [...this.querySelectorAll("[data-try]")].map((one) => this.experiment(one));
    this.status = element("p", { className: "kb-says" });
    this.status.setAttribute("role", "status");
    if (this.knobs.length)
      this.prepend(element("div", { className: "kb-knobs" }, ...this.knobs.map((one) => one.row)));
    for (const { axis, slider } of this.knobs) if (axis) this.picture.lay(slider, axis);
    if (this.buttons.length) this.line();
    this.append(this.status);
    this.grid = this.load();
    this.grid.catch(() => {});
  }

  // What is recorded; a page that has nothing asks for nothing.
  async load() {
    if (!this.hasAttribute("data-grid")) throw new Error("nothing is recorded");
    const [answer] = await Promise.all([
      fetch(new URL("grid.json", this.picture.place)),
      this.picture.load(),
    ]);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  get run() {
    return this.box.querySelector("kb-run");
  }

  // A knob that is the chart's x axis lies on it; its value stands beside the claims as any other's.
  knob({ constant, from, to, step, value, label, axis }) {
    const slider = element("input", { type: "range", min: from, max: to, step, value });
    slider.className = "kb-range";
    slider.setAttribute("aria-label", plain(label));
    const read = element("output", {}, short(value));
    slider.addEventListener("input", () => {
      read.textContent = short(slider.valueAsNumber);
      this.turn(constant, slider.valueAsNumber);
    });
    const row = element(
      "div",
      { className: "kb-knob" },
      element("span", {}, ...nodes(label), " ", element("code", {}, constant)),
      read,
    );
    const isOnAxis = axis && this.picture.image;
    if (!isOnAxis) row.append(slider);
    return { constant, value, slider, read, row, axis: isOnAxis ? axis : null };
  }

  // The experiments become buttons in a line; what one says of itself is shown when it is pressed.
  experiment(details) {
    const { try: name, from, to } = details.dataset;
    const button = element(
      "button",
      { type: "button", className: "kb-try", onclick: () => this.attempt(name) },
      ...details.querySelector("summary").childNodes,
    );
    button.setAttribute("aria-pressed", "false");
    const because = [...details.querySelectorAll(".kb-because, .kb-change")];
    return { name, button, because, details, from: JSON.parse(from), to: JSON.parse(to) };
  }

  line() {
    this.undo = element(
      "button",
      { type: "button", className: "kb-try kb-undo", onclick: () => this.back() },
      ...nodes(TEXTS.recorded),
    );
    this.undo.disabled = true;
    const line = element("div", { className: "kb-buttons" }, this.undo);
    for (const { button } of this.buttons) line.append(button);
    this.buttons[0].details.before(line);
    for (const { details } of this.buttons) details.remove();
  }

  press(name) {
    for (const one of this.buttons)
      one.button.setAttribute("aria-pressed", String(one.name === name));
    if (this.undo) this.undo.disabled = !name;
  }

  turn(constant, value) {
    for (const one of this.knobs) if (one.constant !== constant) this.rest(one);
    this.press(null);
    const isRecorded = this.knobs.find((one) => one.constant === constant).value === value;
    const name = `${constant}=${short(value)}`;
    if (this.undo) this.undo.disabled = isRecorded;
    if (isRecorded) this.show("recorded", null);
    else this.show(name, fill(TEXTS.row, { name: name.replace("=", " = ") }));
  }

  rest(knob) {
    knob.slider.value = knob.value;
    knob.read.textContent = short(knob.value);
  }

  async attempt(name) {
    const one = this.buttons.find((button) => button.name === name);
    if (one.button.getAttribute("aria-pressed") === "true") return this.back();
    if (this.run?.typed) return this.attemptOnTyped(one);
    for (const knob of this.knobs) this.rest(knob);
    this.press(name);
    await this.show(name, null, one.because);
  }

  // A reader who has typed keeps that: the change is made to it, and Run shows what it does.
  attemptOnTyped(one) {
    const { code } = this.run;
    if (code.split(one.from).length !== 2) return this.say(nodes(TEXTS.edited));
    this.press(one.name);
    this.run.put(
      code.replace(one.from, () => one.to),
      code,
    );
    this.say([...one.because, element("p", {}, ...nodes(TEXTS.run_it))]);
  }

  // As recorded, or as the reader had typed it before the experiment.
  back() {
    for (const knob of this.knobs) this.rest(knob);
    this.press(null);
    if (this.run?.typed || this.run?.before) {
      this.run.undo();
      this.say([]);
    } else this.show("recorded", null);
  }

  async show(name, caption, because = []) {
    this.wanted = name;
    const grid = await this.grid.catch(() => null);
    if (this.wanted !== name) return;
    const row = grid?.rows?.[name];
    if (!row) {
      this.picture.reset(true);
      this.untold();
      this.say(nodes(grid ? fill(TEXTS.no_row, { name }) : TEXTS.no_grid));
      return;
    }
    if (name === "recorded") this.picture.reset();
    else this.picture.show(patched(this.picture.svg, row.figure));
    if (this.output) this.output.textContent = patched(this.recorded.output, row.output);
    this.caption?.replaceChildren(...(caption ? nodes(caption) : this.recorded.caption));
    this.tell(row.claims.map(([name, on, of, holds]) => ({ name, on, of, holds })));
    this.say(because);
    if (!this.run?.typed) this.run?.put(patched(this.recorded.source, row.code));
  }

  say(inside) {
    this.status.replaceChildren(...inside);
  }

  // What a run, or a row of the grid, says of the claims. Nothing in it is trusted.
  tell(claims) {
    this.untold();
    for (const { name, on, of, holds } of claims) {
      const item = this.querySelector(`[data-claim="${CSS.escape(String(name))}"]`);
      if (!item || !Number.isInteger(on) || !Number.isInteger(of)) continue;
      const text = holds ? TEXTS.holds : TEXTS.falls;
      const once = holds ? TEXTS.holds_once : TEXTS.falls_once;
      const state = holds ? (on === of ? "holds" : "mostly") : "falls";
      this.mark(item, state, of === 1 ? once : fill(text, { on, of }));
    }
  }

  untold() {
    for (const item of this.querySelectorAll("[data-claim]")) {
      const at = Object.fromEntries(
        this.knobs.map(({ constant, slider }) => [constant, short(slider.valueAsNumber)]),
      );
      item.querySelector(".kb-sentence").textContent = fill(item.dataset.text, at);
      this.mark(item, "untold", TEXTS.untold);
    }
  }

  mark(item, state, said) {
    item.classList.remove(...SIGNS);
    item.classList.add(state);
    item.querySelector(".kb-verdict").replaceChildren(...nodes(said));
  }

  reset() {
    this.wanted = null;
    for (const knob of this.knobs) this.rest(knob);
    this.press(null);
    this.say([]);
    this.show("recorded", null);
  }
}

if (!customElements.get("kb-trial")) customElements.define("kb-trial", Trial);
