// The switch between the languages is a plain link. This script makes it keep the place on the page,
// offers it once to those whose browser prefers the other language, and shows the page for what is
// not found in the language of its address.
const link = document.querySelector("[data-kb-switch]");
const KEY = "kb-language-hint";

// The page about this one has an anchor of its own; elsewhere both languages have the same.
function keepPlace() {
  const address = new URL(link.href);
  if (!address.hash || link.dataset.kept) {
    address.hash = location.hash;
    link.dataset.kept = "true";
  }
  link.href = address;
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return "unknown";
  }
}

function forget() {
  try {
    localStorage.setItem(KEY, "closed");
  } catch {
    // It will be shown again.
  }
}

function hint() {
  const box = document.createElement("aside");
  box.className = "kb-hint";
  box.lang = link.lang;
  const go = Object.assign(document.createElement("a"), {
    href: link.href,
    hreflang: link.hreflang,
    textContent: link.dataset.read,
  });
  const close = Object.assign(document.createElement("button"), {
    type: "button",
    textContent: link.dataset.close,
  });
  close.addEventListener("click", () => {
    forget();
    box.remove();
  });
  go.addEventListener("click", () => {
    keepPlace();
    go.href = link.href;
  });
  box.append(
    Object.assign(document.createElement("span"), { textContent: link.dataset.hint }),
    go,
    close,
  );
  document.querySelector(".md-main")?.before(box);
}

const spoken = (tag) => tag?.toLowerCase().split("-")[0];

if (link) {
  link.addEventListener("click", keepPlace);
  link.addEventListener("auxclick", keepPlace);
  if (spoken(navigator.language) === link.lang && !remembered()) hint();
}

const lost = [...document.querySelectorAll("[data-kb-lost]")];
if (lost.length && link) {
  const root = new URL("../../", import.meta.url).pathname;
  const own = location.pathname.startsWith(`${root}zh/`) ? "zh" : "en";
  for (const one of lost) one.hidden = one.lang !== own;
}
