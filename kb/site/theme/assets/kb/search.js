// The search dialog. What is typed is answered by `ask.js`; the address of the page keeps the
// question (`?q=`), so that it can be shared and Back brings it again.
import { ask } from "./ask.js";
import { hit } from "./hit.js";
import { lexicon } from "./lexicon.js";
import { fill, nodes, plain, WORDS } from "./words.js";

const root = new URL("../../", import.meta.url);
const chinese = document.documentElement.lang === "zh";
const tree = new URL(chinese ? "zh/" : "./", root); // the pages in the language of this one
const TEXTS = WORDS.search;
const FACETS = ["kind", "topic", "year", "language", "status"];
const NAMES = { kind: WORDS.kinds, status: WORDS.status, language: WORDS.languages };
const [FIRST, MORE, LONGEST, PAUSE] = [12, 500, 300, 50];
// A page that filters a table of its own keeps `q` for that.
const PARAMETER = document.querySelector("[data-kb-index]") ? "find" : "q";
let dialog, input, results, say, facets, more;
let asked = 0;
let literal = false;
let wait;

export const index = lexicon(async (path) => {
  const answer = await fetch(new URL(`search/${path}`, root));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
});

const chosen = () =>
  Object.fromEntries(
    [...facets.querySelectorAll("select")]
      .filter((one) => one.value)
      .map((one) => [one.name, one.value]),
  );

async function search() {
  if (!dialog.open) return;
  const mine = ++asked;
  const typed = input.value; // while the answer comes, more may be typed
  const text = typed.slice(0, LONGEST);
  const filters = chosen();
  remember(text, filters);
  if (!text.trim() && !Object.keys(filters).length) {
    show([], 0);
    tell(nodes(TEXTS.hint));
  } else await answered(mine, text, filters);
  if (mine === asked) {
    results.setAttribute("aria-busy", "false");
    dialog.dataset.answered = typed;
  }
}

async function answered(mine, text, filters) {
  results.setAttribute("aria-busy", "true");
  if (!results.children.length) tell(nodes(TEXTS.searching));
  try {
    const answer = text.trim() ? await ask(index, text, filters, literal) : await listed(filters);
    const entries = await details(answer, FIRST);
    if (mine !== asked) return;
    show(entries, answer.hits.length, answer);
    tell(outcome(answer, text, filters));
  } catch {
    if (mine === asked) fail();
  }
}

// Filters alone list what has them.
async function listed(filters) {
  const hits = [...(await index.within(filters))];
  return { hits, changes: [], absent: [], begins: [], marks: [] };
}

const details = (answer, most, from = 0) =>
  Promise.all(answer.hits.slice(from, most).map((number) => index.shown(number)));

function show(entries, count, answer) {
  results.replaceChildren(...entries.map((entry) => hit(entry, answer.marks, address, chinese)));
  offer(entries.length, count, answer);
}

// The button that shows the rest.
function offer(here, count, answer) {
  more.hidden = here >= count;
  more.replaceChildren(...nodes(fill(TEXTS.all, { count })));
  more.onclick = async () => {
    const rest = await details(answer, here + MORE, here);
    results.append(...rest.map((entry) => hit(entry, answer.marks, address, chinese)));
    results.children[here]?.querySelector("a")?.focus();
    offer(here + rest.length, count, answer);
  };
}

const address = (entry) => new URL(entry.url.slice(1), tree);
const tell = (parts) => say.replaceChildren(...parts);
const bold = (text) => Object.assign(document.createElement("b"), { textContent: text });

// A text with each `{name}` replaced by a node.
function filled(text, values) {
  const parts = [];
  for (const part of nodes(text)) {
    const words = typeof part === "string" ? part : part.textContent;
    const own = words
      .split(/(\{\w+\})/)
      .map((one) => values[one.slice(1, -1)]?.cloneNode(true) ?? one);
    if (typeof part === "string") parts.push(...own);
    else {
      part.replaceChildren(...own);
      parts.push(part);
    }
  }
  return parts;
}

// What the reader is told of an answer, beside the hits.
function outcome(answer, text, filters) {
  const { hits, changes, absent, begins, some, address: pasted } = answer;
  const said = [];
  if (changes.length && hits.length) said.push(...corrected(changes));
  if (absent.length) {
    const words = bold(absent.join(", "));
    said.push(
      ...filled(pasted ? TEXTS.unknown : TEXTS.absent, { words }),
      " ",
      suggestion(text),
      " ",
    );
  }
  if (answer.empty) return nodes(TEXTS.empty);
  if (!hits.length && !absent.length) {
    said.push(...nodes(Object.keys(filters).length ? TEXTS.filtered : TEXTS.nothing), " ");
    if (!Object.keys(filters).length) said.push(suggestion(text));
  }
  if (hits.length && begins.length)
    said.push(...filled(TEXTS.begins, { words: bold(begins.join(", ")) }), " ");
  if (hits.length && absent.length) said.push(...nodes(TEXTS.others), " ");
  else if (hits.length && some) said.push(...nodes(TEXTS.some), " ");
  if (hits.length)
    said.push(...nodes(hits.length === 1 ? TEXTS.one : fill(TEXTS.count, { count: hits.length })));
  return said;
}

function corrected(changes) {
  const used = bold(changes.map(([, one]) => one).join(" "));
  const back = Object.assign(document.createElement("button"), { type: "button" });
  back.append(...filled(TEXTS.instead, { words: bold(changes.map(([one]) => one).join(" ")) }));
  back.addEventListener("click", () => {
    literal = true;
    search();
    input.focus();
  });
  return [...filled(TEXTS.corrected, { words: used }), " ", back, " "];
}

// A way to suggest what is not there: an issue with the words filled in, or the page that says how.
function suggestion(text) {
  const forge = document.getElementById("kb-words").dataset.repository;
  const link = document.createElement("a");
  link.append(...nodes(TEXTS.suggest));
  link.href = new URL("contribute/", root);
  if (forge) {
    const form = forge.includes("gitlab") ? "-/issues/new?issue[title]=" : "issues/new?title=";
    const title = plain(TEXTS.suggestion).replace("{words}", text.trim().slice(0, 120));
    link.href = `${forge.replace(/\/?$/, "/")}${form}${encodeURIComponent(title)}`;
  }
  return link;
}

// Without an index there is still the page that lists everything.
function fail() {
  show([], 0);
  const link = Object.assign(document.createElement("a"), { href: new URL("browse/", tree) });
  link.append(...nodes(TEXTS.index));
  tell([...nodes(TEXTS.failed), " ", link]);
}

// The question in the address of the page; none while the search is closed.
function remember(text, filters) {
  const url = new URL(location.href);
  for (const name of [PARAMETER, ...FACETS.map((one) => `${PARAMETER}-${one}`)])
    url.searchParams.delete(name);
  if (text) url.searchParams.set(PARAMETER, text);
  for (const [name, value] of Object.entries(filters))
    url.searchParams.set(`${PARAMETER}-${name}`, value);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

// The values of a filter, each with its name in the language of the page and how many have it; the
// latest year first, all else by name.
function choices(name, { filters, topics }) {
  const names = name === "topic" ? ofTopics(topics) : NAMES[name];
  const found = Object.entries(filters[name] ?? {}).map(([value, count]) => [
    value,
    names?.[value] ?? value,
    count,
  ]);
  const order = new Intl.Collator(chinese ? "zh" : "en").compare;
  return found.sort(([, a], [, b]) => (name === "year" ? order(b, a) : order(a, b)));
}

const ofTopics = (topics) =>
  Object.fromEntries(Object.entries(topics).map(([id, [en, zh]]) => [id, chinese ? zh : en]));

async function fillFacets() {
  const known = await index.opening();
  const asking = new URLSearchParams(location.search);
  for (const name of FACETS) {
    const values = choices(name, known);
    if (!values.length) continue;
    const box = document.createElement("label");
    box.textContent = plain(WORDS.facets[name]);
    const select = document.createElement("select");
    select.name = name;
    select.append(
      new Option(plain(WORDS.facets.all), ""),
      ...values.map(([value, called, count]) => new Option(`${called} (${count})`, value)),
    );
    select.value = asking.get(`${PARAMETER}-${name}`) ?? "";
    if (select.value) facets.parentElement.open = true;
    select.addEventListener("change", search);
    box.append(select);
    facets.append(box);
  }
}

// From the field to the hits and back.
function move(step) {
  const places = [input, ...results.querySelectorAll("a")];
  const at = Math.max(0, places.indexOf(document.activeElement));
  const next = places[(at + step + places.length) % places.length];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function keys(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.tagName === "SELECT") return;
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
    event.preventDefault();
    enter();
  } else if (event.key === "Escape") {
    event.preventDefault(); // or the browser empties the field as well
    dialog.close();
  }
}

// Opens the first hit, once there is an answer to what stands in the field.
async function enter() {
  clearTimeout(wait); // or the pause after typing would ask once more and take this answer away
  if (dialog.dataset.answered !== input.value) await search();
  results.querySelector("a")?.click();
}

const DIALOG = `
<header>
  <div class="kb-row">
    <input type="search" autocomplete="off" autocapitalize="off" spellcheck="false">
    <button type="button" class="kb-close"></button>
  </div>
  <details class="kb-filters"><summary></summary><div class="kb-facets"></div></details>
</header>
<p class="kb-say" role="status"></p>
<div class="kb-found" tabindex="-1"><ol></ol><button type="button" class="kb-all" hidden></button></div>`;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "kb-search";
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-label", plain(TEXTS.title));
  dialog.innerHTML = DIALOG;
  document.body.append(dialog);
  [input, results, say, facets, more] = ["input", "ol", ".kb-say", ".kb-facets", ".kb-all"].map(
    (one) => dialog.querySelector(one),
  );
  input.setAttribute("aria-label", plain(TEXTS.title));
  input.placeholder = plain(TEXTS.examples);
  input.maxLength = LONGEST;
  results.setAttribute("aria-label", plain(TEXTS.results));
  const filters = dialog.querySelector("details");
  filters.querySelector("summary").append(...nodes(TEXTS.filters));
  filters.open = matchMedia("(min-width: 45em)").matches;
  const close = dialog.querySelector(".kb-close");
  close.append(...nodes(TEXTS.close));
  input.addEventListener("input", () => {
    literal = false;
    clearTimeout(wait);
    wait = setTimeout(search, PAUSE);
  });
  dialog.addEventListener("keydown", keys);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => remember("", {}));
  index.file("vocabulary.json").catch(() => {});
  return fillFacets().catch(() => {});
}

export async function open(text) {
  const ready = dialog ? null : build();
  if (!dialog.open) dialog.showModal();
  if (typeof text === "string") {
    input.value = text.slice(0, LONGEST);
    await ready;
  }
  input.focus();
  input.select();
  search();
}

const GLASS = `
<svg aria-hidden="true" viewBox="0 0 24 24" width="16" height="16"
  fill="none" stroke="currentColor" stroke-width="2.5">
  <circle cx="10" cy="10" r="6"/><path d="M15 15l6 6"/>
</svg>`;

function button() {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "kb-open";
  one.setAttribute("aria-label", plain(TEXTS.title));
  one.innerHTML = `${GLASS}<span class="label"></span><kbd>/</kbd>`;
  one.querySelector(".label").append(...nodes(TEXTS.title));
  one.addEventListener("click", open);
  document.querySelector(".md-header .kb-spring")?.after(one);
}

button();
for (const one of document.querySelectorAll("[data-kb-search]"))
  one.addEventListener("click", open);
for (const form of document.querySelectorAll("[data-kb-find]")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(form.elements.q.value);
  });
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    open();
  }
});
const question = new URLSearchParams(location.search).get(PARAMETER);
if (question) open(question);
