// The search dialog. One Pagefind index holds every entry with its names in both languages; English
// words are found by their stems, Chinese as overlapping pairs of characters, as
// `kb.site.search.paired` wrote them.
import { fill, nodes, plain, WORDS } from "./words.js";

const root = new URL("../../", import.meta.url);
const chinese = document.documentElement.lang === "zh";
const tree = new URL(chinese ? "zh/" : "./", root); // the pages in the language of this one
const TEXTS = WORDS.search;
const FACETS = ["kind", "topic", "year", "language", "status"];
const NAMES = { status: WORDS.status };
const LIMIT = 12,
  CONSIDERED = 16,
  TRIED = 8;
const loaded = {};
let dialog,
  input,
  results,
  say,
  facets,
  shown = 0,
  asked = 0;

async function load() {
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  await pagefind.options({ baseUrl: root.pathname, noWorker: true, ranking: { termFrequency: 0 } });
  await pagefind.init();
  return pagefind;
}

// Loads once; after a failure the next question tries again.
function once(name, make) {
  loaded[name] ??= make().catch((error) => {
    delete loaded[name];
    throw error;
  });
  return loaded[name];
}

const engine = () => once("engine", load);
const opening = () =>
  once("opening", async () => (await fetch(new URL("pagefind/opening.json", root))).json());

const HAN = /[\u3400-\u9fff]+/g;

// What is asked, as the words of the index: a run of Chinese ABCD as AB BC CD.
function terms(text) {
  const paired = text.replace(
    HAN,
    (run) =>
      ` ${
        run.length < 2
          ? run
          : [...run]
              .slice(1)
              .map((next, at) => run[at] + next)
              .join(" ")
      } `,
  );
  return paired.toLowerCase().split(/\s+/).filter(Boolean);
}
// Topics are few and known from the start: a topic that is named comes first, whatever its rank.
async function named(text, filters) {
  const wanted = text.trim().toLowerCase();
  if (
    !wanted ||
    Object.keys(filters).some((name) => name !== "kind") ||
    (filters.kind ?? "topic") !== "topic"
  )
    return [];
  return (await opening()).topics.filter(({ meta }) =>
    [meta.title, meta.zh, ...(meta.also ?? "").split(" | ")].some((name) =>
      name?.toLowerCase().startsWith(wanted),
    ),
  );
}

// Entries with all words; if there are none, those with some of them, the most first.
async function find(text, filters) {
  const words = terms(text);
  const pagefind = await engine();
  const all = await pagefind.search(words.join(" ") || null, { filters });
  if (all.results.length || words.length < 2) return { hits: all.results, some: false };
  const counts = new Map();
  for (const word of words.slice(0, TRIED)) {
    for (const hit of (await pagefind.search(word, { filters })).results)
      counts.set(hit.id, { hit, count: (counts.get(hit.id)?.count ?? 0) + 1 });
  }
  return {
    hits: [...counts.values()].sort((a, b) => b.count - a.count).map(({ hit }) => hit),
    some: true,
  };
}

// Fetches the parts of the index that the words need so far, while the reader may still be typing.
const fetchAhead = (text) =>
  engine()
    .then((pagefind) => pagefind.preload(terms(text).join(" "), { filters: chosen() }))
    .catch(() => {});

const shared = (a, b) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
};

// For an unknown word Pagefind takes the one with the longest common prefix, even of one character:
// that is not a hit.
function fits(data, words) {
  const found = (data.locations ?? [])
    .map((at) =>
      data.content
        .split(/\s+/)
        [at]?.toLowerCase()
        .replace(/^[^\p{L}\p{N}]+/u, ""),
    )
    .filter(Boolean);
  return (
    !found.length ||
    !words.length ||
    words.some((word) => found.some((one) => shared(word, one) >= Math.min(3, word.length)))
  );
}

async function details(hits, words) {
  const found = await Promise.all(hits.slice(0, CONSIDERED).map((hit) => hit.data()));
  return found.filter((data) => fits(data, words));
}

// Whole names come first: Pagefind ranks by frequency and does not know what a name is.
function byName(text) {
  const wanted = text.trim().toLowerCase();
  const weight = (data) => {
    const own = [data.meta.title, data.meta.zh].filter(Boolean).map((name) => name.toLowerCase());
    const names = [...own, ...(data.meta.also ?? "").toLowerCase().split(" | ").filter(Boolean)];
    const kind = { topic: 0.3, technique: 0.2, paper: 0.1 }[data.meta.kind] ?? -0.8;
    if (!wanted) return kind;
    if (own.includes(wanted)) return 5 + kind;
    if (names.includes(wanted)) return 4 + kind;
    if (names.some((name) => name.startsWith(wanted))) return 2 + kind;
    return names.some((name) => name.includes(wanted)) ? 1 + kind : -1;
  };
  return (a, b) => weight(b) - weight(a);
}

// The address of an entry, from the root of the site. Topics carry it; the index has one file per
// entry.
const address = (data) => (data.raw_url ?? data.url).replace(/\.html$/, "/");

function entry(data) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(address(data).slice(1), tree);
  link.id = `kb-hit-${++shown}`;
  const title = document.createElement("strong");
  // Titles of papers stay as they are.
  const names = [data.meta.title, data.meta.zh ?? ""];
  const [own, also] = chinese && names[1] && data.meta.kind !== "paper" ? names.reverse() : names;
  title.textContent = own;
  const other = document.createElement("span");
  other.lang = also.search(HAN) < 0 ? "en" : "zh";
  other.textContent = also && ` ${also}`;
  const small = document.createElement("small");
  const kind = WORDS.kinds[data.meta.kind];
  small.append(...(kind ? nodes(kind) : []), data.meta.year ? ` · ${data.meta.year}` : "");
  const text = document.createElement("small");
  text.textContent = (chinese ? data.meta.zh_text : data.meta.en_text) ?? "";
  link.append(title, other, small, text);
  item.append(link);
  return item;
}

function chosen() {
  return Object.fromEntries(
    [...facets.querySelectorAll("select")]
      .filter((one) => one.value)
      .map((one) => [one.name, one.value]),
  );
}

async function search() {
  const text = input.value;
  await answer();
  if (text === input.value) dialog.dataset.answered = text;
}

async function answer() {
  const mine = ++asked;
  const filters = chosen();
  if (!input.value.trim() && !Object.keys(filters).length) {
    results.replaceChildren();
    tell(TEXTS.hint);
    return;
  }
  tell(TEXTS.searching);
  try {
    const topics = await named(input.value, filters);
    const { hits: ranked, some } = await find(input.value, filters);
    const found = await details(ranked, terms(input.value));
    if (mine !== asked) return;
    const known = new Set(topics.map((topic) => topic.url));
    const hits = [...topics, ...found.filter((hit) => !known.has(address(hit)))]
      .sort(byName(input.value))
      .slice(0, LIMIT);
    results.replaceChildren(...hits.map(entry));
    tell(outcome(hits.length, some));
  } catch {
    if (mine === asked) fail();
  }
}

const tell = (pair) => say.replaceChildren(...nodes(pair));

function outcome(count, some) {
  if (!count) return TEXTS.nothing;
  if (some) return TEXTS.some;
  return fill(count === LIMIT ? TEXTS.first : TEXTS.count, { count });
}

// Without an index there is still the page that lists everything.
function fail() {
  const link = document.createElement("a");
  link.href = new URL("browse/", tree);
  link.append(...nodes(TEXTS.index));
  tell(TEXTS.failed);
  say.append(" ", link);
}

const called = (name, value) => (NAMES[name]?.[value] ? plain(NAMES[name][value]) : value);

async function fillFacets() {
  const known = (await opening()).filters;
  for (const name of FACETS) {
    const values = Object.entries(known[name] ?? {}).sort(([a], [b]) =>
      name === "year" ? b.localeCompare(a) : a.localeCompare(b),
    );
    if (!values.length) continue;
    const box = document.createElement("label");
    box.textContent = plain(WORDS.facets[name]);
    const select = document.createElement("select");
    select.name = name;
    select.append(
      new Option(plain(WORDS.facets.all), ""),
      ...values.map(([value, count]) => new Option(`${called(name, value)} (${count})`, value)),
    );
    select.addEventListener("change", search);
    box.append(select);
    facets.append(box);
  }
}

function move(step) {
  const links = [...results.querySelectorAll("a")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  links[at]?.removeAttribute("aria-current");
  const next = links[(at + step + links.length + (at < 0 && step < 0 ? 1 : 0)) % links.length];
  next.setAttribute("aria-current", "true");
  next.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", next.id);
}

function keys(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && event.target === input) {
    event.preventDefault();
    (results.querySelector('a[aria-current="true"]') ?? results.querySelector("a"))?.click();
  }
}

const DIALOG = `
<header>
  <div class="kb-row">
    <input type="search" role="combobox" aria-expanded="true" aria-controls="kb-results"
      autocomplete="off" spellcheck="false">
    <button type="button"></button>
  </div>
  <div class="kb-facets"></div>
</header>
<p class="kb-say" role="status"></p>
<ol id="kb-results"></ol>`;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "kb-search";
  dialog.setAttribute("aria-label", plain(TEXTS.title));
  dialog.innerHTML = DIALOG;
  document.body.append(dialog);
  [input, results, say, facets] = ["input", "ol", ".kb-say", ".kb-facets"].map((one) =>
    dialog.querySelector(one),
  );
  input.setAttribute("aria-label", plain(TEXTS.title));
  input.placeholder = plain(TEXTS.examples);
  results.setAttribute("aria-label", plain(TEXTS.results));
  dialog.querySelector("button").append(...nodes(TEXTS.close));
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    fetchAhead(input.value);
    wait = setTimeout(search, 80);
  });
  dialog.addEventListener("keydown", keys);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  fillFacets().catch(() => {});
  engine().catch(() => {});
}

export function open() {
  if (!dialog) build();
  if (!dialog.open) dialog.showModal();
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
  const place = document.querySelector(".md-header__inner");
  const one = document.createElement("button");
  one.type = "button";
  one.className = "kb-open";
  one.setAttribute("aria-label", plain(TEXTS.title));
  one.innerHTML = `${GLASS}<span class="label"></span><kbd>/</kbd>`;
  one.querySelector(".label").append(...nodes(TEXTS.title));
  one.addEventListener("click", open);
  place?.insertBefore(one, place.querySelector(".md-header__source"));
}

button();
for (const one of document.querySelectorAll("[data-kb-search]"))
  one.addEventListener("click", open);
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    open();
  }
});
