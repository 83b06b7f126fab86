// Answers questions with the search's own scripts: `node ask.mjs INDEX < questions.json`, where INDEX
// is a folder that `kb.site.search_index` wrote. What comes out is read by `test_answers.py`.
import { readFileSync } from "node:fs";

const scripts = new URL("../../kb/site/theme/assets/kb/", import.meta.url);
const { ask } = await import(new URL("ask.js", scripts));
const { lexicon } = await import(new URL("lexicon.js", scripts));

const folder = process.argv[2];
const index = lexicon(async (path) => JSON.parse(readFileSync(`${folder}/${path}`, "utf8")));
const SHOWN = 3;

async function answered(text) {
  const { hits, ...told } = await ask(index, text);
  const shown = await Promise.all(hits.slice(0, SHOWN).map((entry) => index.shown(entry)));
  const ids = shown.map(({ url }) => url.split("/").filter(Boolean).at(-1));
  return { ...told, hits: ids, count: hits.length };
}

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) answers.push(await answered(text));
console.log(JSON.stringify(answers));
