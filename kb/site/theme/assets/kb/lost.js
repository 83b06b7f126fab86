// The page for what is not found: the words of the address are looked up, and the nearest entries
// stand on the page.
import { ask } from "./ask.js";
import { hit } from "./hit.js";
import { index } from "./search.js";

const root = new URL("../../", import.meta.url);
const MOST = 5;

// What the address seems to name, in ways that the search may know.
function readings() {
  const path = decoded(location.pathname.slice(root.pathname.length)).split("/").filter(Boolean);
  const last = (path.at(-1) ?? "").slice(0, 120).replace(/\.\w{2,5}$/, "");
  const words = last.replace(/[-_+.]+/g, " ").trim();
  return [last, words, words.replace(/(\D)(\d{4})(\D)/g, "$1 $2 $3")].filter(Boolean);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function nearest() {
  for (const text of new Set(readings())) {
    const answer = await ask(index, text);
    if (answer.hits.length) return answer;
  }
  return null;
}

const places = [...document.querySelectorAll("[data-kb-near]")];
const answer = places.length ? await nearest().catch(() => null) : null;
if (answer) {
  const entries = await Promise.all(answer.hits.slice(0, MOST).map((one) => index.shown(one)));
  for (const place of places) {
    const chinese = place.dataset.kbNear === "zh";
    const tree = new URL(chinese ? "zh/" : "./", root);
    const address = (entry) => new URL(entry.url.slice(1), tree);
    const items = entries.map((entry) => hit(entry, answer.marks, address, chinese));
    place.querySelector("ol").replaceChildren(...items);
    place.hidden = false;
  }
}
