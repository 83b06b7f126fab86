// Reads zip archives: what Python's packages travel in.
const END = 0x06054b50;

// The members of the archive `content` (an ArrayBuffer), each a path and its bytes; folders are left
// out. Sizes of 4 GB and more are not read.
export function members(content) {
  const view = new DataView(content);
  const short = (at) => view.getUint16(at, true);
  const long = (at) => view.getUint32(at, true);
  let end = content.byteLength - 22;
  while (end >= 0 && long(end) !== END) end--;
  if (end < 0) throw new Error("this is no zip archive");
  const found = [];
  let at = long(end + 16);
  for (let left = short(end + 10); left > 0; left--) {
    const path = new TextDecoder().decode(new Uint8Array(content, at + 46, short(at + 28)));
    const header = long(at + 42);
    const start = header + 30 + short(header + 26) + short(header + 28);
    const bytes = new Uint8Array(content, start, long(at + 20));
    if (!path.endsWith("/")) found.push(inflated(path, bytes, short(at + 10) !== 0));
    at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
  }
  return Promise.all(found);
}

async function inflated(path, bytes, deflated) {
  if (!deflated) return [path, bytes];
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return [path, new Uint8Array(await new Response(plain).arrayBuffer())];
}
