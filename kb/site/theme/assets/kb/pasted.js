// Identifiers and addresses as one pastes them, each as the one key that all its forms share. The
// same as `kb.site.search.pasted`; `tests/data/pasted.tsv` holds both to it.
const ARXIV =
  /(?:^|arxiv[:. /]*|\/(?:abs|pdf|html|papers|paper|forum)\/|10\.48550\/arxiv\.)(?:[a-z-]+(?:\.[a-z]{2})?\/(?=\d{4}\.))?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?(?:[?#/].*)?$/;
const DOI = /(?:^|doi[:. ]*|\/)(10\.\d{4,9}\/[^\s?#]+)/;
const OPENREVIEW = /openreview\.net\/\w+\?(?:.*&)?id=([\w-]+)/i;
const GITHUB = /(?:github\.com|githubusercontent\.com|codeload\.github\.com)[:/]([\w.-]+\/[\w.-]+)/;
const PROCEEDINGS = [
  [/proceedings\.mlr\.press\/(v\d+\/[\w-]+?)(?:\/[\w-]+)?(?:\.html|\.pdf)?$/, "pmlr"],
  [/(?:nips|neurips)\.cc\/.*?([0-9a-f]{32})/, "neurips"],
  [/openaccess\.thecvf\.com\/.*\/([\w-]+)_paper\.(?:html|pdf)$/, "cvf"],
  [/aclanthology\.org\/([\w.-]+?)(?:\.pdf|\.bib|v\d)?\/?$/, "acl"],
];
const ADDRESS = /^(?:https?:\/\/|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+\/\S*$/;
const TRACKING = /^(utm_.*|spm|fbclid|gclid)$/;
const WECHAT = /^(__biz|mid|idx|sn)$/;

// The key of `text` if it is an identifier or an address as a whole; nothing if it is words.
export function pasted(text) {
  const whole = text
    .normalize("NFKC")
    .trim()
    .replace(/^[<>()[\]"'.,;]+|[<>()[\]"'.,;]+$/g, "")
    .trim();
  const plain = whole.toLowerCase();
  const arxiv = ARXIV.exec(plain);
  if (arxiv) return `arxiv:${arxiv[1]}`;
  if (/\s/.test(plain.replace(/^doi/, "").replace(/^[: ]+/, ""))) return "";
  const doi = DOI.exec(plain);
  if (doi) return `doi:${doi[1].replace(/(\/(full|abstract|epdf|pdf))?(\.pdf|\.html)?$/, "")}`;
  const openreview = OPENREVIEW.exec(whole);
  if (openreview) return `openreview:${openreview[1]}`;
  const github = GITHUB.exec(plain);
  if (github) return `github:${github[1].replace(/\.git$/, "")}`;
  for (const [pattern, name] of PROCEEDINGS) {
    const found = pattern.exec(plain);
    if (found) return `${name}:${found[1]}`;
  }
  return ADDRESS.test(whole) ? `url:${page(whole)}` : "";
}

// The page that an address leads to, without scheme, fragment, tracking and ending.
function page(address) {
  const full = address.includes("://") ? address : `https://${address}`;
  let url;
  try {
    url = new URL(full);
  } catch {
    return full.toLowerCase();
  }
  const host = url.hostname.replace(/^www\./, "");
  const port = url.port ? `:${url.port}` : "";
  const identity =
    host === "mp.weixin.qq.com" ? (name) => WECHAT.test(name) : (name) => !TRACKING.test(name);
  const kept = [...url.searchParams].filter(([name]) => identity(name)).sort(byName);
  const query = kept.length ? `?${new URLSearchParams(kept)}` : "";
  return `${host}${port}${url.pathname.replace(/\/+$/, "")}${query}`
    .replace(/(\/index)?\.(html?|pdf)$/, "")
    .toLowerCase();
}

const byName = ([a, b], [c, d]) => (a < c ? -1 : a > c ? 1 : b < d ? -1 : b > d ? 1 : 0);
