// The words of the interface in the language of the page, which carries them as JSON, and the ways in
// which the scripts show them.
export const WORDS = JSON.parse(document.getElementById("kb-words").textContent);

// A text with each `{name}` replaced by its value.
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// A text for attributes and options, and as nodes.
export const plain = (text) => text;
export const nodes = (text) => [text];
