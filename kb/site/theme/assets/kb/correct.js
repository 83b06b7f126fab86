// "Suggest a correction" beside each ground: the forge's form with what the page knows filled in.
// Nothing is drawn where the repository is not on a forge that has the form.
import { WORDS } from "./words.js";

const TEXTS = WORDS.correct,
  LONGEST = 7_500; // of an address; the forge refuses 8 kB

const address = (forge, { entry, field, now, page }, whole = true) => {
  const asked = new URLSearchParams({
    template: "correct.yml",
    title: `correct: ${entry}`,
    entry,
    field,
  });
  if (whole) asked.set("now", now);
  if (page) asked.set("page", page);
  const made = `${forge}/issues/new?${asked}`;
  return made.length > LONGEST && whole ? address(forge, { entry, field, page }, false) : made;
};

const forge = document.getElementById("kb-words").dataset.repository.replace(/\/$/, "");
if (/^https:\/\/github\.[\w.-]+\/[^/]+\/[^/]+$/.test(forge))
  for (const one of document.querySelectorAll("[data-entry][data-field]")) {
    const link = document.createElement("a");
    link.className = "kb-correct";
    link.href = address(forge, one.dataset);
    link.rel = "nofollow";
    link.title = TEXTS.title;
    link.setAttribute("aria-label", `${TEXTS.title}: ${one.dataset.field}`);
    link.append(TEXTS.link);
    one.append(" ", link);
  }
