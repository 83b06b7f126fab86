// The weight matrix of the home page: a slider puts recorded answers into the panel. Without this
// script the panel stands as it was recorded.
for (const panel of document.querySelectorAll("[data-kb-cut]")) {
  const { at, states, x, label } = JSON.parse(panel.dataset.kbCut);
  const readings = [...panel.querySelectorAll("[data-put]")];
  const weights = [...panel.querySelectorAll("[data-gone]")];
  const dots = [...panel.querySelectorAll(".dot")];
  const cursor = panel.querySelector(".cursor");
  const slider = Object.assign(document.createElement("input"), {
    type: "range",
    className: "kb-range",
    min: 0,
    max: states.length - 1,
    step: 1,
    value: at,
  });
  slider.setAttribute("aria-label", label);
  const show = () => {
    const number = Number(slider.value);
    const { say, y } = states[number];
    readings.forEach((one, place) => {
      one.textContent = say[place];
    });
    for (const one of weights)
      one.classList.toggle("gone", number > 0 && Number(one.dataset.gone) <= number);
    dots.forEach((dot, place) => {
      dot.setAttribute("cx", x[number]);
      dot.setAttribute("cy", y[place]);
    });
    cursor.setAttribute("d", cursor.getAttribute("d").replace(/^M[\d.]+/, `M${x[number]}`));
    slider.setAttribute("aria-valuetext", say[0]);
  };
  slider.addEventListener("input", show);
  panel.querySelector(".kb-cut-axis").append(slider);
  panel.classList.add("is-live");
  show();
}
