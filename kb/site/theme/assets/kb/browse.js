// Filters for the index of everything. Without this script the whole table stands there, which is fine.
const table = document.querySelector("[data-kb-index]");
if (table) {
  const rows = [...table.tBodies[0].rows];
  const place = document.querySelector("[data-kb-filters]");
  place.className = "kb-facets";
  const names = JSON.parse(place.dataset.kbFilters || "{}");
  const facets = {
    kind: "Kind 类型",
    topics: "Topic 主题",
    year: "Year 年份",
    language: "Language 语言",
    status: "Confirmed 核实",
    state: "State 状态",
    host: "Host 主机",
  };
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
    placeholder: "text 文字",
  });
  add("Contains 包含", words);
  for (const [name, label] of Object.entries(facets)) {
    const counts = new Map();
    for (const row of rows)
      for (const value of values(row, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size < 2) continue;
    const select = document.createElement("select");
    select.append(
      new Option("all 全部", ""),
      ...[...counts]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([value, count]) => new Option(`${names[name]?.[value] ?? value} (${count})`, value)),
    );
    controls[name] = select;
    add(label, select);
  }
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  place.after(count);
  const apply = () => {
    const text = words.value.trim().toLowerCase();
    let left = 0;
    for (const row of rows) {
      const fits =
        (!text || row.textContent.toLowerCase().includes(text)) &&
        Object.entries(controls).every(
          ([name, one]) => !one.value || values(row, name).includes(one.value),
        );
      row.hidden = !fits;
      left += fits;
    }
    count.textContent = left
      ? `${left} of ${rows.length} entries 条`
      : "No entry fits. Remove a filter. 没有符合的条目，请减少筛选条件。";
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
  place.addEventListener("input", apply);
  apply();
}
