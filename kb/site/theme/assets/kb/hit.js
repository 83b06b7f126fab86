// One hit of the search: the link to the entry first, then what tells it from the others, with what
// was looked for marked.
import { isHan, stem, words } from "./spelling.js";
import { nodes, WORDS } from "./words.js";

export function hit(entry, marks, address, chinese) {
  const names = [entry.en, entry.zh ?? ""];
  // Titles of papers stay as they are.
  const [own, other] = chinese && entry.zh && entry.kind !== "paper" ? names.reverse() : names;
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address(entry);
  const title = document.createElement("strong");
  title.append(...marked(own, marks));
  link.append(title);
  item.append(link);
  if (other)
    item.append(" ", inLanguage("span", other, words(other).some(isHan) ? "zh" : "en", marks));
  const kind = WORDS.kinds[entry.kind];
  const facts = [entry.by, entry.venue, entry.year].filter(Boolean).join(" · ");
  const about = document.createElement("small");
  about.append(...(kind ? nodes(kind) : []), facts && " · ", ...marked(facts, marks));
  item.append(about);
  const text = chinese ? (entry.zh_text ?? entry.en_text) : (entry.en_text ?? entry.zh_text);
  if (text) item.append(inLanguage("small", text, chinese ? "zh" : "en", marks));
  return item;
}

function inLanguage(tag, text, language, marks) {
  const made = document.createElement(tag);
  made.lang = language;
  made.append(...marked(text, marks));
  return made;
}

// `text` as nodes, with each word that is in `marks`, in whatever form, marked.
function marked(text, marks) {
  const wanted = marks.flatMap((one) => words(one));
  const stems = new Set(wanted.filter((one) => !isHan(one)).map(stem));
  const runs = wanted.filter(isHan).sort((a, b) => b.length - a.length);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .flatMap((part) => (isMatch(part, stems) ? [mark(part)] : inRuns(part, runs)));
}

const isMatch = (part, stems) =>
  words(part).length > 0 && words(part).every((one) => stems.has(stem(one)));

function inRuns(part, runs) {
  const run = runs.find((one) => part.includes(one));
  if (!run) return [part];
  const at = part.indexOf(run);
  return [
    ...inRuns(part.slice(0, at), runs),
    mark(run),
    ...inRuns(part.slice(at + run.length), runs),
  ];
}

function mark(text) {
  const made = document.createElement("mark");
  made.textContent = text;
  return made;
}
