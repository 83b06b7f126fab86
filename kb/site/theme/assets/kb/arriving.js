// How much of a download has arrived: a bar and megabytes.
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export const arriving = (whole, name) => {
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  const both = document.createElement("span");
  both.className = "kb-arriving";
  both.append(bar, said);
  bar.max = whole;
  bar.setAttribute("aria-label", name);
  return {
    node: both,
    // Beside `place`, as soon as something has arrived.
    show(bytes, place) {
      if (!both.isConnected) place.after(both);
      bar.value = Math.min(bytes, whole);
      said.textContent = `${megabytes(bar.value)} / ${megabytes(whole)} MB`;
    },
  };
};
