// What the shapes mean, and how many there are of each.

import { html, nothing } from "../templating.js";
import { legendShape } from "./shapes.js";

const MEANINGS = [
  { shape: "bar", label: "Pause" },
  { shape: "dot", label: "Filled pause (um, uh)" },
  { shape: "ringed-dot", label: "Filled pause, unsure" },
  { shape: "diamond", label: "Discourse marker (like, you know)" },
  { shape: "ringed-diamond", label: "Discourse marker, unsure" },
];

/** Only the shapes that are there. */
export function legend(marks) {
  const counted = MEANINGS.map(({ shape, label }) => ({
    shape,
    label,
    count: marks.filter((mark) => mark.shape === shape).length,
  })).filter(({ count }) => count > 0);
  if (counted.length === 0) {
    return nothing;
  }
  return html`<ul class="legend" aria-label="What the shapes mean">
    ${counted.map(({ shape, label, count }) => html`<li>${legendShape(shape)}<span>${label}</span><span class="quiet">${count}</span></li>`)}
  </ul>`;
}
