// Reloads the page when the preview would answer it differently now.
const { stamp } = document.currentScript.dataset;
const pause = (time) => new Promise((done) => setTimeout(done, time));

async function changed() {
  const asked = new URLSearchParams({ page: location.pathname, stamp });
  const answer = await fetch(`/_preview/changed?${asked}`, { cache: "no-store" });
  return answer.ok && (await answer.json()).changed;
}

(async () => {
  for (;;) {
    try {
      if (await changed()) {
        location.reload();
        return;
      }
    } catch {
      await pause(2000); // the preview was stopped, or is starting again
    }
  }
})();
