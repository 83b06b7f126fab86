// Reads a question: what a reader types, as units that an entry must have, each a concept of the
// vocabulary, a word, or a piece of Chinese.
import { isHan, normal, stem, words } from "./spelling.js";

// The vocabulary of the index in the form in which questions are read with it.
export function reader({ phrases, simplified, taiwan, comparing, ...stopping }) {
  const { stop, stop_chinese: stopChinese, stepped_over: steppedOver } = stopping;
  const simple = new Map([...simplified[0]].map((one, at) => [one, [...simplified[1]][at]]));
  const island = Object.entries(taiwan).sort(longer);
  const stops = new Set(stop);
  const particles = new Set(stopChinese.filter((one) => one.length === 1));
  const fillers = stopChinese.filter((one) => one.length > 1).sort(byLength);
  const known = byStart(phrases);

  // In simplified characters, and in the words of the mainland.
  const plain = (text) => [...text.normalize("NFKC")].map((one) => simple.get(one) ?? one).join("");
  const mainland = (text) =>
    island.reduce((said, [there, here]) => said.replaceAll(there, here), text);

  // Which of `all` stands at `at`.
  const standing = (all, text, at) =>
    all.find((one) => [...one].every((character, step) => text[at + step]?.atom === character));
  const filler = (text, at) => standing(fillers, text, at);

  // The longest phrase that begins at `at`: its number, its atoms, and where it ends.
  function longest(text, at) {
    for (const [phrase, number] of known.get(startOf(text, at)) ?? []) {
      const own = matched(text, at, phrase);
      if (own) return { number, own: own.map((one) => text[one]), end: own.at(-1) + 1 };
    }
    return null;
  }

  // Where each atom of `phrase` stands in `text`; Chinese that says nothing may stand between them.
  function matched(text, at, phrase) {
    const found = [];
    let next = at;
    for (const atom of phrase) {
      let between = "";
      while (text[next]?.atom !== atom && found.length && between !== undefined) {
        between = standing(steppedOver, text, next);
        next += between?.length ?? 0;
      }
      if (text[next]?.atom !== atom) return null;
      found.push(next++);
    }
    return found;
  }

  const said = (text) => atomsOf(text).filter(({ atom }) => !stops.has(atom));
  const units = (text) => grouped(said(text));
  // Whether a question says nothing that could be looked for, as `the`.
  const isEmpty = (text) => !units(text).length;
  // Whether most words of a question say nothing.
  const isHollow = (text) => 2 * said(text).length < atomsOf(text).length;

  // Concepts, words, and the pieces of Chinese between them.
  function grouped(text) {
    const found = [];
    let piece = "";
    let broken = true;
    const close = () => {
      if (piece) found.push({ ...pieceOf(piece), after: !broken });
      piece = "";
    };
    for (let at = 0; at < text.length; ) {
      const phrase = longest(text, at);
      const empty = filler(text, at);
      if (!text[at].inside) {
        close();
        broken = true;
      }
      if (empty && !(phrase && phrase.end - at > empty.length)) {
        close();
        broken = true;
        at += empty.length;
      } else if (phrase) {
        close();
        found.push({
          ...concept(phrase.number, phrase.own),
          after: !broken,
        });
        broken = false;
        at = phrase.end;
      } else if (isHan(text[at].atom)) piece += text[at++].atom;
      else {
        close();
        found.push(word(text[at++]));
        broken = true;
      }
    }
    close();
    return joined(found);
  }

  // A single character beside a concept is looked for together with its neighbour.
  function joined(found) {
    return found.flatMap((unit, at) => {
      if (!unit.piece) return [unit];
      if ([...unit.piece].every((one) => particles.has(one))) return [];
      if (unit.piece.length > 1 || found.length === 1) return [unit];
      const [before, after] = [found[at - 1], found[at + 1]];
      if (before && unit.after && isHan(before.typed.at(-1)))
        return [light(before.typed.at(-1) + unit.piece)];
      return after?.after && isHan(after.typed) ? [light(unit.piece + after.typed[0])] : [];
    });
  }

  // A piece of Chinese without its particles, as several; nothing if that changes nothing.
  function apart(piece) {
    const found = [...piece]
      .map((one) => (particles.has(one) ? " " : one))
      .join("")
      .split(" ");
    const left = found.filter((one) => one.length > 1);
    return left.join("") === piece ? [] : left.map(pieceOf);
  }

  const compares = (text) => new RegExp(comparing).test(text.toLowerCase());

  return { plain, mainland, units, apart, isEmpty, isHollow, isName, compares };
}

const longer = ([a], [b]) => b.length - a.length;
const byLength = (a, b) => b.length - a.length;
const light = (pair) => ({ typed: pair, parts: [pair], light: true });
const word = ({ atom, typed }) => ({ typed, parts: [atom], word: typed });
const pieceOf = (piece) => ({ typed: piece, parts: pairs(piece), piece });

// A concept of the vocabulary, with its own words as the parts that would do, too.
function concept(number, own) {
  const typed = own.map((one) => (isHan(one.atom) ? one.atom : ` ${one.typed} `)).join("");
  const parts = words(typed).flatMap((one) => (isHan(one) ? pairs(one) : [stem(one)]));
  return { concept: number, typed: typed.replace(/\s+/g, " ").trim(), parts };
}

// The words of a text, each as typed and as its stem; of Chinese, its characters, which say whether
// they stand inside a run.
const atomsOf = (text) =>
  words(text).flatMap((typed) =>
    isHan(typed)
      ? [...typed].map((atom, at) => ({ atom, typed: atom, inside: at > 0 }))
      : [{ atom: stem(typed), typed }],
  );
const startOf = (text, at) =>
  isHan(text[at].atom) ? text[at].atom + (text[at + 1]?.atom ?? "") : text[at].atom;

// Each two adjacent characters, as Chinese stands in the index.
export function pairs(run) {
  if (run.length < 3) return [run];
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}

// Phrases by how they start, the longest first.
function byStart(phrases) {
  const found = new Map();
  for (const [phrase, number] of Object.entries(phrases)) {
    const atoms = phrase.split(" ");
    const start = isHan(atoms[0]) ? atoms.slice(0, 2).join("") : atoms[0];
    found.set(start, [...(found.get(start) ?? []), [atoms, number]]);
  }
  for (const held of found.values()) held.sort(([a], [b]) => b.length - a.length);
  return found;
}

// Whether a word is typed as a name or an abbreviation, not as the beginning of a word: LoRA, GPTQ.
const isName = (typed) => /\p{Lu}.*\p{Lu}|\p{L}\d/u.test(typed);

export const asKeys = (text) => {
  const plain = words(text);
  return [...new Set([plain.map(stem).join(""), plain.join("")])].filter(Boolean);
};
export const typedWords = (text) =>
  new Map((text.normalize("NFKC").match(/[\p{L}\p{N}]+/gu) ?? []).map((one) => [normal(one), one]));
