// One spelling for what can be spelt in several ways. The same as `kb.spelling`, for what a reader
// types; `tests/data/spellings.tsv` holds both to it.
const APART = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  æ: "ae",
  œ: "oe",
  ı: "i",
  þ: "th",
  ð: "d",
};
const WORD = /[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{L}\p{N}])+/gu;
const AMERICAN = [
  [/(?<=...)is(?=(e|ed|es|er|ers|ing|able|ations?)$)/, "iz"],
  [/(?<=...)ys(?=(e|ed|er|ers|ing)$)/, "yz"],
  [/(?<=...)our(?=(s|ed|ing|s?hood|able|al)?$)/, "or"],
  [/(?<=..)([tb])re(?=s?$)/, "$1er"],
  [/(?<=...)ogue(?=s?$)/, "og"],
  [/(?<=..)ence(?=s?$)/, "ense"],
  [/^artefact/, "artifact"],
  [/^grey/, "gray"],
  [/^programme(?=s?$)/, "program"],
];
// Ending, the least that must be left, what takes its place.
const ENDINGS = [
  ["izations", 3, "iz"],
  ["ization", 3, "iz"],
  ["izable", 3, "iz"],
  ["izing", 3, "iz"],
  ["ized", 3, "iz"],
  ["izer", 3, "iz"],
  ["ize", 3, "iz"],
  ["ations", 4, ""],
  ["ation", 4, ""],
  ["ating", 4, ""],
  ["ated", 4, ""],
  ["ative", 4, ""],
  ["ator", 4, ""],
  ["ate", 4, ""],
  ["ional", 4, ""],
  ["ability", 4, ""],
  ["ibility", 4, ""],
  ["able", 4, ""],
  ["ible", 4, ""],
  ["ity", 4, ""],
  ["ings", 3, ""],
  ["ing", 3, ""],
  ["ed", 3, ""],
  ["ssion", 2, "ss"],
  ["tion", 3, "t"],
  ["sion", 3, "s"],
  ["e", 3, ""],
];

export function normal(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ßøłđæœıþð]/g, (letter) => APART[letter]);
}

export function words(text) {
  const found = normal(text)
    .replace(/(?<=[a-z])['’](?=[a-z])/g, "")
    .match(WORD);
  return (found ?? []).flatMap((word) => /^([0-9]+)([a-z]{2,})$/.exec(word)?.slice(1) ?? [word]);
}

function single(word) {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^suiy]s$/.test(word) || word.endsWith("ys") ? word.slice(0, -1) : word;
}

export function stem(typed) {
  if (!/^[a-z]{4,}$/.test(typed)) return typed;
  let word = typed;
  for (const [pattern, instead] of AMERICAN) word = word.replace(pattern, instead);
  word = single(word);
  const fits = ([ending, least]) => word.endsWith(ending) && word.length - ending.length >= least;
  const found = ENDINGS.find(fits);
  if (found) word = word.slice(0, -found[0].length) + found[2];
  return word.length > 3 && /([^sz])\1$/.test(word) ? word.slice(0, -1) : word;
}

export const isHan = (word) => /^[\u3400-\u9fff]/.test(word);
export const stems = (text) => words(text).map(stem);
export const key = (text) => stems(text).join("");
