// The words of the interface, which every page carries as JSON, and the ways in which the scripts
// show them.
export const WORDS = JSON.parse(document.getElementById("kb-words").textContent);

// A pair with each `{name}` replaced by its value.
export const fill = (pair, values) =>
  pair.map((text) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole));

// A pair as plain text, for attributes and options.
export const plain = ([en, zh]) => (en === zh ? en : `${en} ${zh}`);

// A pair as nodes, the Chinese marked as such.
export const nodes = ([en, zh]) => {
  if (en === zh) return [en];
  const chinese = document.createElement("span");
  chinese.lang = "zh";
  chinese.textContent = zh;
  return [en, " ", chinese];
};
