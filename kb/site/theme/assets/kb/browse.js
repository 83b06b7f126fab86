// Filters for the index of everything. Without this script the whole table is shown.
import { fill, WORDS } from "./words.js";

const FIRST = 40; // rows that a narrow screen shows before it is asked for the rest
const table = document.querySelector("[data-kb-index]");
if (table) {
  const rows = [...table.tBodies[0].rows];
  const place = document.querySelector("[data-kb-filters]");
  place.className = "kb-facets";
  const narrow = matchMedia("(max-width: 44.9844em)");
  const folder = document.createElement("details");
  folder.className = "kb-filters";
  folder.open = !narrow.matches;
  place.before(folder);
  const summary = document.createElement("summary");
  summary.textContent = WORDS.search.filters;
  folder.append(summary, place);
  const names = JSON.parse(place.dataset.kbFilters || "{}");
  const facets = ["kind", "topics", "year", "language", "status", "saves", "state", "host"];
  const said = WORDS.browse;
  const called = (name, value) => names[name]?.[value] ?? value;
  const values = (row, name) => (row.dataset[name] ?? "").split(" ").filter(Boolean);
  const controls = {};
  const add = (label, control) => {
    const box = document.createElement("label");
    box.textContent = label;
    box.append(control);
    place.append(box);
  };
  const words = Object.assign(document.createElement("input"), {
    type: "search",
    placeholder: said.placeholder,
  });
  add(said.contains, words);
  for (const name of facets) {
    const counts = new Map();
    for (const row of rows)
      for (const value of values(row, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size < 2) continue;
    const select = document.createElement("select");
    select.append(
      new Option(WORDS.facets.all, ""),
      ...[...counts]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([value, count]) => new Option(`${called(name, value)} (${count})`, value)),
    );
    controls[name] = select;
    add(WORDS.facets[name], select);
  }
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  folder.after(count);
  const rest = document.createElement("button");
  rest.type = "button";
  rest.className = "md-button kb-rest";
  table.parentElement.after(rest);
  let most = narrow.matches ? FIRST : Number.POSITIVE_INFINITY;
  rest.addEventListener("click", () => {
    most = Number.POSITIVE_INFINITY;
    apply();
  });
  const apply = () => {
    const text = words.value.trim().toLowerCase();
    let left = 0;
    for (const row of rows) {
      const fits =
        (!text || row.textContent.toLowerCase().includes(text)) &&
        Object.entries(controls).every(
          ([name, one]) => !one.value || values(row, name).includes(one.value),
        );
      left += fits;
      row.hidden = !fits || left > most;
    }
    rest.hidden = left <= most;
    rest.textContent = fill(WORDS.search.all, { count: left });
    const counted = fill(said.count, { left, all: rows.length });
    count.replaceChildren(left ? counted : said.none);
    const query = new URLSearchParams(
      Object.entries({
        q: words.value,
        ...Object.fromEntries(Object.entries(controls).map(([name, one]) => [name, one.value])),
      }).filter(([, value]) => value),
    );
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("q") ?? "";
  for (const [name, one] of Object.entries(controls)) one.value = asked.get(name) ?? "";
  const fold = table.closest("details");
  if (fold && asked.size) fold.open = true;
  place.addEventListener("input", apply);
  apply();
}
