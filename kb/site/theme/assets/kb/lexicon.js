// Looks things up in the files that `kb.site.search.index` writes. Each file is fetched when it is
// needed, and once.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Map([...LETTERS].map((letter, at) => [letter, at]));

// Numbers of entries from the gaps between them; with `weighed`, each with its weight.
export function decoded(text, weighed) {
  const found = new Map();
  let entry = -1;
  let at = 0;
  while (at < text.length) {
    let gap = 0;
    let shift = 0;
    let value = 32;
    while (value >= 32) {
      value = VALUE.get(text[at++]);
      gap += (value & 31) << shift;
      shift += 5;
    }
    entry += gap + 1;
    found.set(entry, weighed ? VALUE.get(text[at++]) : 0);
  }
  return found;
}

// The number of the last of the sorted `firsts` that is not beyond `key`.
function place(firsts, key) {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Whoever opens it says how a file of the index is read: `read(path)` gives its JSON.
export function lexicon(read) {
  const kept = new Map();
  const file = (path) => {
    if (!kept.has(path)) {
      const reading = read(path);
      reading.catch(() => kept.delete(path));
      kept.set(path, reading);
    }
    return kept.get(path);
  };
  const opening = () => file("opening.json");

  // What stands under `key` in a family of files; undefined if nothing does.
  async function value(family, key) {
    const { firsts } = await opening();
    const at = place(firsts[family], key);
    return at < 0 ? undefined : own(await file(`${family}/${at}.json`), key);
  }

  // All keys of a family that begin with `start`, with what stands under them.
  async function beginning(family, start) {
    const { firsts } = await opening();
    const first = Math.max(0, place(firsts[family], start));
    const last = place(firsts[family], `${start}\uffff`);
    const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const files = await Promise.all(numbers.map((at) => file(`${family}/${at}.json`)));
    return files.flatMap(Object.entries).filter(([key]) => key.startsWith(start));
  }

  // The entries that have `term`, each with its weight.
  async function entriesWith(term) {
    const found = await value("terms", term);
    return found === undefined ? new Map() : decoded(found, true);
  }

  // What is shown of the entry with this number.
  async function shown(number) {
    const { per_file: size } = await opening();
    return (await file(`entries/${Math.floor(number / size)}.json`))[number % size];
  }

  // The numbers of the entries that have all the values in `filters`; null if it asks for none.
  async function within(filters) {
    const asked = Object.entries(filters);
    if (!asked.length) return null;
    const facets = await file("facets.json");
    const sets = asked.map(([name, chosen]) => decoded(own(facets[name] ?? {}, chosen) ?? ""));
    return new Set([...sets[0].keys()].filter((one) => sets.every((set) => set.has(one))));
  }

  return { file, opening, value, beginning, entriesWith, shown, within };
}

const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
