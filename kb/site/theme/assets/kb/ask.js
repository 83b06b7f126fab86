// Answers a question from the index: which entries, in which order, and what was made of the words.
import { pasted } from "./pasted.js";
import { asKeys, pairs, reader, typedWords } from "./question.js";
import { alike, completions, doubled, isSpoken, nearest, spoken } from "./repair.js";
import { stem, stems, words } from "./spelling.js";

// A word counts by where it stands (mention, entry that this one is about, other name, name), and
// by how much of that it makes up.
const FIELD = [0.25, 1.5, 3, 4];
const SHARE = [1.2, 1.5, 3, 4];
// What a question that is a whole name adds, by what it is to the entry: identifier, name, other
// name, term that leads to it, author, family name of an author, title of a paper up to its colon.
const WHOLE = [1000, 300, 250, 270, 240, 200, 230];
// What a word counts that is the whole name of an entry, and from what on it is nearly that.
const NAMED = 8;
const NEARLY_NAMED = 6;
const KINDS = { topic: 1, technique: 1, paper: 0.9, resource: 0.8, list: 0.7, article: 0.65 };
const LONGEST_KEY = 48;
const CONSIDERED = 12;
// A long question with fewer answers than this is answered with what has most of its words, too.
const FEW = 3;
// A word that more of the entries than this have is not needed where another one is.
const COMMON = 0.3;

// Answers `text`; with `literal`, its words are taken as they are typed.
export async function ask(lexicon, text, filters = {}, literal = false) {
  const read = reader(await lexicon.file("vocabulary.json"));
  const within = await lexicon.within(filters);
  const key = pasted(text);
  if (key) return straight(lexicon, key, text, within);
  const first = await answer(lexicon, read, text, within, literal);
  const repaired = first.changes.length > 0 && first.again;
  const last = repaired ? await answer(lexicon, read, first.again, within, true) : first;
  const more = literal ? [] : await slips(lexicon, text, [...first.changes, ...first.absent], last);
  return { ...last, changes: [...first.changes, ...more] };
}

// Words that are found by their stem though they are misspelt, each with what was meant. What stands
// in a hit is spelt right; words that are `told` of already are left out.
async function slips(lexicon, text, told, { hits }) {
  const shown = await Promise.all(hits.slice(0, CONSIDERED).map((one) => lexicon.shown(one)));
  const known = new Set([...told.flat(), ...shown.flatMap(Object.values)].flatMap(words));
  const found = [];
  for (const [word, typed] of shown.length ? typedWords(text) : []) {
    const meant = /^[a-z]{6,}$/.test(word) && !known.has(word) && (await doubled(lexicon, word));
    if (meant) found.push([typed, meant]);
  }
  return found;
}

const nothing = { hits: [], some: false, absent: [], changes: [], begins: [], marks: [] };

// An identifier or an address leads to its entry, or nowhere.
async function straight(lexicon, key, text, within) {
  const ours = /\/([a-z0-9-]+)\/?$/.exec(key);
  const found =
    (await lexicon.value("keys", key)) ?? (ours && (await lexicon.value("keys", `id:${ours[1]}`)));
  if (!found) return { ...nothing, absent: [text.trim()], address: true };
  const ranked = pairsOf(found).sort(([a, x], [b, y]) => x - y || a - b);
  const hits = ranked.map(([entry]) => entry).filter((one) => !within || within.has(one));
  return { ...nothing, hits, straight: true };
}

const byScore = ([a, x], [b, y]) => y.score - x.score || a - b;
const pairsOf = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);

async function answer(lexicon, read, typed, within, literal) {
  const plain = read.plain(typed);
  const text = read.mainland(plain);
  const whole = await wholes(lexicon, [plain.trim(), text]);
  if (!whole.size && read.isEmpty(text)) return { ...nothing, empty: true };
  const asked = await found(lexicon, read, text, literal, whole.size > 0);
  const { units, absent, changes, begins, again } = asked;
  const scores = await ranked(lexicon, units, whole, within);
  const either = read.compares(text) ? await wholes(lexicon, typedOf(units)) : new Map();
  const complete = [...scores].filter(fitting(read, text, units, whole, either));
  const order = (a, b) => (either.get(b[0]) ?? 0) - (either.get(a[0]) ?? 0) || byScore(a, b);
  const told = { absent, changes, begins, again, marks: units.flatMap((unit) => unit.marks) };
  if (!whole.size && !enough(units, absent)) return { ...nothing, ...told };
  const best = complete.sort(order).map(([entry]) => entry);
  if (!best.length || (best.length < FEW && units.length >= FEW)) {
    const others = [...scores].filter(([entry]) => !best.includes(entry));
    best.push(
      ...most(others, units)
        .sort(byScore)
        .map(([entry]) => entry),
    );
  }
  const hits = whole.size ? best : await literally(lexicon, text, best);
  return { ...told, hits, some: !complete.length || absent.length > 0 };
}

const typedOf = (units) => units.map(({ typed }) => typed);

// Which entries answer a question in full: those with all units. To one that compares two things,
// what is called by either is an answer, too; to a name of which most words say nothing, as `once
// for all`, only what is called so.
function fitting(read, text, units, whole, either) {
  const needed = units.filter((unit) => unit.needed).length;
  if (whole.size && read.isHollow(text)) return ([entry]) => whole.has(entry);
  return ([entry, { of }]) => of === needed || either.has(entry);
}

// Those of the best hits whose title has the question word for word come before the others.
async function literally(lexicon, text, hits) {
  const asked = ` ${stems(text).join(" ")} `;
  if (asked.trim().split(" ").length < 2) return hits;
  const best = hits.slice(0, CONSIDERED);
  const shown = await Promise.all(best.map((entry) => lexicon.shown(entry)));
  const has = ({ en, zh }) =>
    [en, zh].some((name) => name && ` ${stems(name).join(" ")} `.includes(asked));
  const first = best.filter((_, at) => has(shown[at]));
  return [...first, ...hits.filter((entry) => !first.includes(entry))];
}

// Entries of which the question is a whole name, with what that adds.
async function wholes(lexicon, texts) {
  const keys = new Set(texts.flatMap(asKeys).map((key) => key.slice(0, LONGEST_KEY)));
  const ids = texts.slice(0, 1).map((text) => `id:${text.toLowerCase()}`);
  const found = new Map();
  for (const held of await Promise.all([...ids, ...keys].map((key) => lexicon.value("keys", key))))
    for (const [entry, code] of pairsOf(held ?? [])) {
      const bonus = WHOLE[code >> 3] - 30 * (code & 7);
      found.set(entry, Math.max(bonus, found.get(entry) ?? 0));
    }
  return found;
}

// Whether what is known of the question is worth an answer: most of its words, or a whole concept.
function enough(units, absent) {
  if (!absent.length) return units.length > 0;
  return (
    units.some((unit) => unit.concept !== undefined && !unit.common) ||
    units.length >= 3 * absent.length
  );
}

// What is known of each unit of the question, what is absent, and what was changed. Of one that is
// a name as a whole (`named`), nothing is absent.
async function found(lexicon, read, text, literal, named) {
  const said = typedWords(text);
  const known = [];
  const absent = [];
  const changes = [];
  const begins = [];
  let again = text;
  const run = literal || named ? null : await misheard(lexicon, text);
  if (run) return { units: [], absent, begins, changes: [run], again: text.replace(...run) };
  const units = await Promise.all(read.units(text).map((one) => evaluated(lexicon, one)));
  for (const unit of await glued(lexicon, units)) {
    if (unit.entries.size) known.push(unit);
    if (unit.entries.size || named) continue;
    const [others, change, start] = await repaired(lexicon, read, unit, said, literal);
    if (change) {
      changes.push(change);
      again = again.toLowerCase().replace(change[0].toLowerCase(), change[1]);
    } else if (others.length) {
      known.push(...others);
      if (start) begins.push(start);
    } else if (!unit.light) absent.push(said.get(unit.typed) ?? unit.typed);
  }
  const { count } = await lexicon.opening();
  return { units: withNeeds(known, count), absent, changes, begins, again };
}

// Two words of which one stands nowhere, as the one word that they are elsewhere: `sage attention`.
// `net` says little by itself: `mobile net`.
async function glued(lexicon, units) {
  const found = [];
  for (const unit of units) {
    const before = found.at(-1);
    const halves = before && [before, unit];
    const lacking =
      halves?.some((one) => one.word && !one.entries.size) || (before && unit.typed === "net");
    const word = lacking && halves.every((one) => /^[a-z0-9]+$/.test(one.typed));
    const whole = word ? await joinedWord(lexicon, before.typed, unit.typed) : null;
    if (whole?.entries.size) found.splice(-1, 1, whole);
    else found.push(unit);
  }
  return found;
}

async function joinedWord(lexicon, one, other) {
  const word = one + other;
  const found = await evaluated(lexicon, { typed: word, parts: [stem(word)], word });
  return { ...found, marks: [one, other, word] };
}

// Which units an entry must have: all but what is common, and what only goes with another one.
function withNeeds(units, count) {
  const needed = units.map((unit) => !unit.light && unit.entries.size <= COMMON * count);
  const all = !needed.includes(true);
  return units.map((unit, at) => ({ ...unit, needed: all || needed[at] }));
}

// A run of Chinese that stands nowhere as it is typed, or whose sound is typed in several words of
// Latin letters, and the name that was meant.
async function misheard(lexicon, text) {
  const said = text.trim().split(" ");
  if (said.length > 1 && said.every(isSpoken) && (await anyUnknown(lexicon, said))) {
    const heard = await spoken(lexicon, said.join(""));
    if (heard) return [text.trim(), heard];
  }
  for (const run of text.match(/[\u3400-\u9fff]{2,12}/g) ?? []) {
    const held = await Promise.all(pairs(run).map((pair) => lexicon.value("terms", pair)));
    if (held.every((one) => one !== undefined)) continue;
    const meant = await alike(lexicon, run);
    if (meant && meant !== run) return [run, meant];
  }
  return null;
}

async function anyUnknown(lexicon, words) {
  const held = await Promise.all(words.map((word) => lexicon.value("terms", stem(word))));
  return held.includes(undefined);
}

async function repaired(lexicon, read, unit, said, literal) {
  if (unit.piece) return repairedPiece(lexicon, read, unit, literal);
  if (!unit.word) return [[], null, ""];
  const called = await byKey(lexicon, unit);
  if (called.entries.size) return [[called], null, ""];
  const typed = said.get(unit.word) ?? unit.word;
  const short = read.isName(typed);
  if (!short) {
    const longer = await completions(lexicon, unit.word);
    const whole = await union(lexicon, unit, longer);
    if (whole.entries.size) return [[whole], null, unit.word];
  }
  if (!literal && !isMarked(typed) && (!short || unit.word.length > 5)) {
    const meant = (await spoken(lexicon, unit.word)) || (await nearest(lexicon, unit.word));
    if (meant) return [[], [typed, meant], ""];
  }
  return [[], null, ""];
}

// A word with a mark, as `naïve`, is spelt so on purpose.
const isMarked = (typed) => /\p{M}/u.test(typed.normalize("NFD"));

// The entries whose id or whole name is this word, though it stands in no text: `kvcache`.
async function byKey(lexicon, unit) {
  const keys = [`id:${unit.word}`, stem(unit.word), unit.word];
  const held = await Promise.all(keys.map((key) => lexicon.value("keys", key)));
  const entries = new Map(held.flatMap((flat) => pairsOf(flat ?? [])).map(([one]) => [one, NAMED]));
  const { count } = await lexicon.opening();
  return { ...unit, entries, rarity: rarity(count, entries.size), marks: [unit.typed] };
}

async function repairedPiece(lexicon, read, unit, literal) {
  const parts = await Promise.all(read.apart(unit.piece).map((one) => evaluated(lexicon, one)));
  if (parts.length && parts.every((part) => part.entries.size)) return [parts, null, ""];
  const loose = await covering(lexicon, unit);
  if (loose.entries.size) return [[loose], null, ""];
  const meant = literal ? "" : await alike(lexicon, unit.piece);
  return meant
    ? [[], [unit.piece, meant], ""]
    : [parts.filter((part) => part.entries.size), null, ""];
}

// A unit with the entries that have it: the concept in any of its words, or all its parts.
async function evaluated(lexicon, unit) {
  const { count } = await lexicon.opening();
  const ask = unit.concept === undefined ? unit.parts : [`=${unit.concept}`, ...unit.parts];
  const [held, ...rest] = await Promise.all(ask.map((term) => lexicon.entriesWith(term)));
  const parts = unit.concept === undefined ? [held, ...rest] : rest;
  const entries = new Map();
  for (const [entry, weights] of together(parts)) entries.set(entry, mean(weights.map(weight)));
  if (unit.concept !== undefined)
    for (const [entry, own] of held)
      entries.set(entry, Math.max(weight(own), 0.7 * (entries.get(entry) ?? 0)));
  return { ...unit, entries, rarity: rarity(count, entries.size), marks: [unit.typed] };
}

const rarity = (count, size) => Math.log(1 + count / Math.max(1, size));
const weight = (code) => FIELD[code >> 4] + (SHARE[code >> 4] * (code & 15)) / 15;
const mean = (all) => all.reduce((sum, one) => sum + one, 0) / Math.sqrt(all.length);

// The entries that are in all of `parts`, with their weights.
function* together(parts) {
  const [first, ...rest] = [...parts].sort((a, b) => a.size - b.size);
  for (const [entry, own] of first) {
    if (rest.every((part) => part.has(entry)))
      yield [entry, [own, ...rest.map((part) => part.get(entry))]];
  }
}

// The entries with any of several words.
async function union(lexicon, unit, words) {
  const { count } = await lexicon.opening();
  const stems = [...new Set(words.map(stem))];
  const entries = new Map();
  for (const held of await Promise.all(stems.map((one) => lexicon.entriesWith(one))))
    for (const [entry, code] of held)
      entries.set(entry, Math.max(weight(code), entries.get(entry) ?? 0));
  return { ...unit, entries, rarity: rarity(count, entries.size), marks: [unit.typed, ...words] };
}

// The entries that have every character of a piece of Chinese in one of its pairs.
async function covering(lexicon, unit) {
  const { count } = await lexicon.opening();
  const held = await Promise.all(unit.parts.map((pair) => lexicon.entriesWith(pair)));
  const entries = new Map();
  for (const entry of new Set(held.flatMap((one) => [...one.keys()]))) {
    const has = held.map((one) => one.has(entry));
    const all = has.every((one, at) => one || ((has[at - 1] ?? false) && (has[at + 1] ?? false)));
    if (all && has.length > 1)
      entries.set(entry, mean(held.map((one) => (one.has(entry) ? weight(one.get(entry)) : 0))));
  }
  return { ...unit, entries, rarity: rarity(count, entries.size), marks: [unit.typed] };
}

// Each entry with its score and how many units it has.
async function ranked(lexicon, units, whole, within) {
  const { kinds, kind_of: kindOf, matters } = await lexicon.opening();
  const scores = new Map();
  const allowed = (entry) => !within || within.has(entry);
  const needed = units.filter((unit) => unit.needed).length;
  for (const unit of units)
    for (const [entry, own] of unit.entries) {
      if (!allowed(entry)) continue;
      const held = scores.get(entry) ?? { score: 0, of: 0, rare: 0, most: 0 };
      held.score += unit.rarity * own;
      held.most = Math.max(held.most, own);
      held.rare += unit.rarity;
      held.of += unit.needed ? 1 : 0;
      scores.set(entry, held);
    }
  for (const [entry, bonus] of whole) {
    if (!allowed(entry)) continue;
    const held = scores.get(entry) ?? { score: 0, rare: 0 };
    scores.set(entry, { ...held, of: needed, bonus });
  }
  for (const [entry, held] of scores) {
    const kind = KINDS[kinds[kindOf[entry]]] ?? 0.8;
    const known = held.bonus ? held.bonus + 10 * kind + held.score / 4 : held.score * kind;
    held.score = known + 0.3 * Number(matters[entry]);
  }
  return scores;
}

// Where no entry has all units: those with the most, by how rare they are, and those that one unit
// is the name of.
function most(scores, units) {
  const all = units.reduce((sum, unit) => sum + unit.rarity, 0);
  for (const [, held] of scores) held.score *= held.rare / all;
  return scores.filter(([, held]) => held.rare >= 0.5 * all || held.most >= NEARLY_NAMED);
}
