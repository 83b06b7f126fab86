// The figure of a snippet: the recorded one, or another in its place, with the recorded curve as a
// ghost behind it and its words in the reader's language.
import { nodes, WORDS } from "./words.js";

const LARGEST = 2_000_000;
const BOTTOM = 272; // the pixel of the x axis in every chart of `kb.lab`
const SVG = "http://www.w3.org/2000/svg";
const GHOST = {
  fill: "none",
  stroke: "#8a8f98",
  "stroke-width": "1.3",
  "vector-effect": "non-scaling-stroke",
};

const made = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

// What `old` pixels of an axis become on another: both say lowest, highest, and between which pixels.
const across = (old, fresh) => {
  const [low, high, start] = old;
  const [least, most, from, to] = fresh;
  const scale = (high - low) / (most - least);
  return [scale, from + ((low - least) * (to - from)) / (most - least) - scale * start];
};

const axis = (plot, name) => plot.dataset[name]?.split(" ").map(Number);

const outline = (shape) => {
  if (shape.localName === "path") return shape.getAttribute("d");
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
    Number(shape.getAttribute(name)),
  );
  return `M${x} ${y}h${width}v${height}h${-width}z`;
};

// The curves and bars of the plot `old`, placed on the axes of the plot `fresh`; null where that
// has no meaning.
const ghost = (old, fresh) => {
  const [x, y] = ["x", "y"].map((name) => [axis(old, name), axis(fresh, name)]);
  const bars = (plot) => plot.querySelectorAll("rect").length;
  if (!y[0] || !y[1] || !x[0] !== !x[1] || (!x[0] && bars(old) !== bars(fresh))) return null;
  const [a, e] = x[0] ? across(...x) : [1, 0];
  const [d, f] = across(...y);
  if (![a, d, e, f].every(Number.isFinite)) return null;
  const group = made("g", { transform: `matrix(${a} 0 0 ${d} ${e} ${f})`, "data-ghost": "" });
  for (const shape of old.querySelectorAll('path[fill="none"], rect'))
    group.append(made("path", { d: outline(shape), ...GHOST }));
  return group;
};

// The content policy of the page forbids styles and handlers even in what is only read. Styles are
// set aside and put back; what has more than that, or is no SVG, gives null and is shown as it is.
const STYLES = /<style\b[^>]*>.*?<\/style>/gs;
const parsed = (svg) => {
  if (/[\s"'/](?:on\w+|style)\s*=|<script|javascript:/i.test(svg)) return null;
  const found = new DOMParser().parseFromString(svg.replace(STYLES, ""), "image/svg+xml");
  return found.querySelector("parsererror") ? null : found;
};
const written = (picture, svg) => {
  const styles = (svg.match(STYLES) ?? []).join("");
  return new XMLSerializer().serializeToString(picture).replace(/<\/svg>\s*$/, `${styles}$&`);
};

const told = (picture, name) =>
  picture.querySelector(`svg > ${name}`)?.textContent.replace(/\.$/, "").trim();

const plot = (picture) => picture?.querySelector("svg > svg[data-y]");

class Picture {
  constructor(box) {
    this.look = box.querySelector(".kb-look");
    this.image = box.querySelector(".kb-figure img");
    this.words = JSON.parse(box.querySelector("kb-trial")?.dataset.words ?? "{}");
    this.recorded = { src: this.image?.getAttribute("src"), alt: this.image?.alt };
    this.note = document.createElement("p");
    this.note.className = "kb-note";
  }

  // Puts a control on the x axis of the picture, between the pixels `from` and `to` of its drawing.
  lay(control, [from, to]) {
    const [width, height] = ["width", "height"].map((name) => this.image.getAttribute(name));
    const axis = document.createElement("div");
    axis.className = "kb-axis";
    axis.append(control);
    axis.style.setProperty("--from", from / width);
    axis.style.setProperty("--to", to / width);
    axis.style.setProperty("--at", BOTTOM / height);
    this.frame ??= this.around(this.image);
    this.frame.append(axis);
  }

  // A box of the picture's own size, so that what lies on it keeps its place.
  around(image) {
    const frame = document.createElement("div");
    frame.className = "kb-frame";
    image.replaceWith(frame);
    frame.append(image);
    return frame;
  }

  // Where the recorded files of the snippet lie.
  get place() {
    return new URL(this.recorded.src ?? "", location.href);
  }

  // The recorded picture as text, once: the page shows it as an image. Its words are English, as in
  // the code; `dress` translates.
  load() {
    this.loaded ??= fetch(new URL("figure.svg", this.place))
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
      .then((svg) => {
        this.svg = svg;
        return svg;
      });
    return this.loaded;
  }

  // `svg` may be anything that a reader's code has drawn: it becomes an image, which runs nothing.
  show(svg) {
    if (svg.length > LARGEST) return;
    const picture = parsed(svg);
    const isGhosted = picture && this.dress(picture, svg);
    const said = ["title", "desc"]
      .map((name) => (picture ? told(picture, name) : ""))
      .filter(Boolean)
      .join(". ");
    this.forget();
    const text = picture ? written(picture, svg) : svg;
    this.address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    if (!this.image) this.make();
    this.image.alt = said.slice(0, 600);
    this.image.src = this.address;
    this.say(isGhosted ? "ghost" : null);
    this.image.closest(".kb-figure").classList.remove("kb-old");
  }

  // The reader's language, and what is recorded behind it. Returns whether there is a ghost.
  dress(picture, svg) {
    if (document.documentElement.lang.startsWith("zh"))
      for (const text of picture.querySelectorAll("title, desc, text")) {
        const pair = this.words[text.localName === "desc" ? "about" : text.textContent];
        if (pair) text.textContent = pair;
      }
    const fresh = plot(picture);
    const old = this.svg && svg !== this.svg && plot(parsed(this.svg));
    const behind = old && fresh && ghost(old, fresh);
    if (behind) fresh.prepend(behind);
    return Boolean(behind);
  }

  make() {
    this.image = Object.assign(document.createElement("img"), { width: 480, height: 320 });
    const frame = document.createElement("div");
    frame.className = "kb-figure";
    frame.append(this.image);
    this.look.prepend(frame);
  }

  // The recorded picture again, as that of the record or, while a run has none of its own, as old.
  reset(isOld = false) {
    this.forget();
    if (!this.image) return;
    Object.assign(
      this.image,
      this.recorded.src ? { src: this.recorded.src, alt: this.recorded.alt } : { src: "", alt: "" },
    );
    this.say(isOld && this.recorded.src ? "old" : null);
    this.image.closest(".kb-figure").classList.toggle("kb-old", isOld);
  }

  say(name) {
    this.note.replaceChildren(...(name ? nodes(WORDS.trial[name]) : []));
    this.image?.closest(".kb-figure").append(this.note);
  }

  forget() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
  }
}

const pictures = new WeakMap();

// The picture of a snippet's box; all scripts of a page share it.
export const pictureOf = (box) => {
  if (!pictures.has(box)) pictures.set(box, new Picture(box));
  return pictures.get(box);
};
