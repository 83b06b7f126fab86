// HTML that Python made of an entry, as a document of its own: no scripts, no requests but the
// site's styles, links in new tabs. The frame that shows it is sandboxed, too.
const DROPPED = "script, iframe, frame, object, embed, form, base, meta, link, style, template";

// `html` of the page at `place` below `root`, as text for `srcdoc`.
export function shown(html, place, root, lang) {
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const one of made.querySelectorAll(DROPPED)) one.remove();
  for (const one of made.querySelectorAll("*"))
    for (const { name } of [...one.attributes])
      if (/^on|^(src|srcset|style|ping|action|formaction|background|poster)$/i.test(name))
        one.removeAttribute(name);
  for (const one of made.querySelectorAll("[href]")) lead(one, place, root);
  made.documentElement.lang = lang;
  made.body.className = "kb-framed";
  for (const name of ["scheme", "primary", "accent"])
    made.body.setAttribute(
      `data-md-color-${name}`,
      document.body.getAttribute(`data-md-color-${name}`) ?? "",
    );
  const inside = Object.assign(made.createElement("main"), { className: "md-typeset" });
  inside.append(...made.body.childNodes);
  made.body.append(inside);
  for (const sheet of document.querySelectorAll("link[rel=stylesheet]"))
    made.head.append(
      Object.assign(made.createElement("link"), { rel: "stylesheet", href: sheet.href }),
    );
  return `<!doctype html>${made.documentElement.outerHTML}`;
}

// Markdown leads to files, HTML to addresses: both become addresses here.
function lead(one, place, root) {
  const href = one.getAttribute("href");
  const file = /^[^:]*\.md(#.*)?$/.test(href);
  const base = new URL(file ? place : place.replace(/\.md$/, "/"), root);
  let to;
  try {
    to = new URL(file ? href.replace(/(index)?\.md/, file && "/").replace("//", "/") : href, base);
  } catch {
    return one.removeAttribute("href");
  }
  if (!/^https?:$/.test(to.protocol)) return one.removeAttribute("href");
  one.setAttribute("href", to.href);
  one.setAttribute("target", "_blank");
  one.setAttribute("rel", "noopener noreferrer");
}
