// What a reader may have meant by a word that stands nowhere: a word that begins with it, one that
// is spelt nearly alike, a Chinese name that sounds alike or differs in one character.
import { stem } from "./spelling.js";

const LETTERS_TO_COMPLETE = 4;
const MOST_COMPLETIONS = 24;
const LONGEST_NAME = 12;

// Words of the index that begin with `typed`, if that is a good part of them.
export async function completions(lexicon, typed) {
  if (typed.length < LETTERS_TO_COMPLETE) return [];
  const found = await lexicon.beginning("words", typed);
  return found
    .map(([word]) => word)
    .filter((word) => typed.length / word.length >= 0.33)
    .slice(0, MOST_COMPLETIONS);
}

const allowed = (length) => (length < 5 ? 0 : length < 8 ? 1 : 2);
const digits = (word) => word.replace(/\D+/g, "");

// The word of the index that is spelt most like `typed`; nothing if none is near.
export async function nearest(lexicon, typed) {
  const most = allowed(typed.length);
  if (!most) return "";
  const back = [...typed].reverse().join("");
  const [starts, ends] = await Promise.all([
    lexicon.beginning("words", typed.slice(0, 2)),
    lexicon.beginning("ends", back.slice(0, 2)),
  ]);
  const known = new Map([
    ...starts,
    ...ends.map(([word, rank]) => [[...word].reverse().join(""), rank]),
  ]);
  let [best, least] = ["", Number.POSITIVE_INFINITY];
  for (const [word, rank] of known) {
    if (word.length < 4 || digits(word) !== digits(typed)) continue;
    const away = distance(typed, word, most);
    const begins = word[0] === typed[0];
    const cost = away + (rank === 1 ? 0 : 0.5) + (begins ? 0 : 0.25);
    if (!begins && away > 1) continue; // few slip at the first letter, and then only there
    if (away <= most && cost < least) [best, least] = [word, cost];
  }
  return best;
}

// The word of the index that `typed` is but for a letter that is double in one of the two, where both
// have one stem; nothing if `typed` is a word itself, or differs as British `modelling` does.
export async function doubled(lexicon, typed) {
  const known = async (word) => (await lexicon.value("words", word)) !== undefined;
  if (await known(typed)) return "";
  for (const [at, letter] of [...typed].entries()) {
    const rest = typed.slice(at + 1);
    const other = typed.slice(0, at) + (rest[0] === letter ? rest : letter + letter + rest);
    const same = stem(other) === stem(typed) && american(other) !== american(typed);
    if (same && (await known(other))) return other;
  }
  return "";
}

const american = (word) => word.replace(/ll(?=(ing|ed|er)s?$)/, "l");

// Letters that must be changed, added, left out or swapped; more than `most` is all the same.
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1];
      row[to] = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (same ? 0 : 1));
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1])
        row[to] = Math.min(row[to], before[to - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

const ALIKE = [
  ["zh", "z"],
  ["ch", "c"],
  ["sh", "s"],
  ["ng", "n"],
];
const blurred = (sound) => ALIKE.reduce((said, [one, other]) => said.replaceAll(one, other), sound);

async function soundOf(lexicon, piece) {
  const sounds = await lexicon.file("sounds.json");
  const of = new Map(
    Object.entries(sounds).flatMap(([sound, all]) => [...all].map((one) => [one, sound])),
  );
  return [...piece].map((one) => of.get(one) ?? "?").join("");
}

const shared = (one, other) => [...one].filter((each) => other.includes(each)).length;

// The Chinese name that sounds like `piece`, or is written like it but for one character.
export async function alike(lexicon, piece) {
  if (piece.length < 2 || piece.length > LONGEST_NAME) return "";
  const sounding = (await lexicon.value("hints", `~${await soundOf(lexicon, piece)}`)) ?? [];
  const heard = best(
    piece,
    sounding.filter((name) => shared(piece, name) >= Math.max(1, Math.floor(piece.length / 2))),
  );
  if (heard) return heard;
  if (piece.length < 4) return ((await lexicon.value("hints", `!${piece}`)) ?? [])[0] ?? "";
  const shorter = [...piece].map((_, at) => piece.slice(0, at) + piece.slice(at + 1));
  const asked = [piece, ...shorter].map((one) => lexicon.value("hints", `?${one}`));
  const written = (await Promise.all(asked)).flatMap((names) => names ?? []);
  const exact = await Promise.all(
    shorter
      .filter((one) => one.length > 3)
      .map(async (one) => ((await lexicon.value("keys", one)) ? [one] : [])),
  );
  return best(
    piece,
    [...written, ...exact.flat()].filter((name) => distance(piece, name, 1) <= 1),
  );
}

const best = (piece, names) => names.sort((a, b) => shared(piece, b) - shared(piece, a))[0] ?? "";

// Whether a word may be the sound of Chinese, syllable by syllable.
const SYLLABLES = /^(?:(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?[aeiouv]{1,3}(?:ng?|r(?![aeiouv]))?)+$/;
export const isSpoken = (typed) => SYLLABLES.test(typed);

// The Chinese name whose sound is typed in Latin letters: `lianghua`.
export async function spoken(lexicon, typed) {
  if (typed.length < 4 || !isSpoken(typed)) return "";
  return ((await lexicon.value("hints", `~${blurred(typed)}`)) ?? [])[0] ?? "";
}
