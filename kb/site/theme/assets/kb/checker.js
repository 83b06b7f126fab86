// The checks in a worker: loads Python, the rules and the catalogue once, then answers questions of
// the page. Its only channel is plain messages to it.
import { begin, loaded, onBytes, shut } from "./python.js";

const post = self.postMessage.bind(self);

async function start({ version, core }) {
  const catalogue = loaded("entries.json.packed").then((answer) => answer.text());
  const [python, entries] = await Promise.all([
    begin(version, [`runtime/${version}/${core}`, "checker.zip.packed"]),
    catalogue,
  ]);
  const answer = python.pyimport("kb.proposal.page").opened(entries);
  shut();
  return answer;
}

let answer;

onBytes((bytes) => post({ bytes }));

self.onmessage = async ({ data }) => {
  try {
    answer ??= start(data.checker).catch((error) => {
      answer = undefined;
      throw error;
    });
    const ready = await answer;
    post({ asked: data.asked, ...JSON.parse(ready(JSON.stringify(data.question))) });
  } catch (error) {
    const missing = error.missing || (error instanceof TypeError && !answer);
    post({
      asked: data.asked,
      failed: missing ? "missing" : "crashed",
      why: String(error?.message ?? error).slice(-300),
    });
  }
};
