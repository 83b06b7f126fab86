// The map: highlights what a node is connected to; on its own page it also zooms and moves.
import { WORDS } from "./words.js";

for (const svg of document.querySelectorAll(".topic-map")) {
  const edges = [...svg.querySelectorAll(".edge[data-a]")];
  const light = (id) => {
    const near = new Set([id]);
    for (const edge of edges) {
      const on = edge.dataset.a === id || edge.dataset.b === id;
      edge.classList.toggle("lit", on);
      if (on) near.add(edge.dataset.a).add(edge.dataset.b);
    }
    svg.classList.toggle("dim", Boolean(id) && near.size > 1);
    for (const node of svg.querySelectorAll(".node"))
      node.classList.toggle("near", near.has(node.dataset.id));
  };
  for (const node of svg.querySelectorAll(".node")) {
    for (const event of ["mouseenter", "focus"])
      node.addEventListener(event, () => light(node.dataset.id));
    for (const event of ["mouseleave", "blur"]) node.addEventListener(event, () => light(null));
  }
  if (svg.closest("[data-kb-map]")) zoomable(svg);
}

function zoomable(svg) {
  const full = svg.viewBox.baseVal;
  const home = [full.x, full.y, full.width, full.height];
  let view = [...home],
    drag = null;
  const draw = () => svg.setAttribute("viewBox", view.map((value) => value.toFixed(1)).join(" "));
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(home[2] * 1.5, Math.max(home[2] / 8, view[2] * factor));
    const real = width / view[2];
    view = [x - (x - view[0]) * real, y - (y - view[1]) * real, width, view[3] * real];
    draw();
  };
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    return [
      view[0] + ((event.clientX - box.left) / box.width) * view[2],
      view[1] + ((event.clientY - box.top) / box.height) * view[3],
    ];
  };
  const move = (x, y) => {
    view[0] += x * view[2];
    view[1] += y * view[3];
    draw();
  };
  svg.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.15 : 0.87, ...point(event));
    },
    { passive: false },
  );
  svg.addEventListener("pointerdown", (event) => {
    drag = { at: point(event), id: event.pointerId, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag || drag.id !== event.pointerId) return;
    const [x, y] = point(event);
    if (Math.hypot(x - drag.at[0], y - drag.at[1]) > 4 * (view[2] / home[2])) drag.moved = true;
    if (!drag.moved) return;
    view[0] -= x - drag.at[0];
    view[1] -= y - drag.at[1];
    draw();
  });
  addEventListener("pointerup", () => {
    const was = drag;
    drag = null;
    if (was?.moved)
      svg.addEventListener("click", (event) => event.preventDefault(), {
        once: true,
        capture: true,
      });
  });
  const buttons = document.createElement("div");
  buttons.className = "map-buttons";
  for (const [text, label, act] of [
    ["+", WORDS.map.in, () => zoom(0.8)],
    ["−", WORDS.map.out, () => zoom(1.25)],
    [
      "⟲",
      WORDS.map.reset,
      () => {
        view = [...home];
        draw();
      },
    ],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    buttons.append(button);
  }
  svg.parentElement.append(buttons);
  svg.parentElement.addEventListener("keydown", (event) => {
    const acts = {
      "+": () => zoom(0.8),
      "=": () => zoom(0.8),
      "-": () => zoom(1.25),
      0: () => {
        view = [...home];
        draw();
      },
      ArrowLeft: () => move(-0.1, 0),
      ArrowRight: () => move(0.1, 0),
      ArrowUp: () => move(0, -0.1),
      ArrowDown: () => move(0, 0.1),
    };
    if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
}
