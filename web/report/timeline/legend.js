// What the shapes mean, and how many there are of each.

import { html, nothing } from "../../templating.js";
import { legendShape } from "./shapes.js";

const byShape = (shape) => (mark) => mark.shape === shape;
const bySource = (source) => (mark) => mark.source === source;

const MEANINGS = [
  { example: { shape: "bar" }, label: "Pause at the end of a sentence or clause", holds: byShape("bar") },
  { example: { shape: "crossed-bar" }, label: "Pause within a clause", holds: byShape("crossed-bar") },
  { example: { shape: "dot" }, label: "Filled pause (um, uh)", holds: byShape("dot") },
  { example: { shape: "ringed-dot" }, label: "Filled pause, unsure", holds: byShape("ringed-dot") },
  { example: { shape: "diamond" }, label: "Discourse marker (like, you know)", holds: byShape("diamond") },
  { example: { shape: "ringed-diamond" }, label: "Discourse marker, unsure", holds: byShape("ringed-diamond") },
  { example: { shape: "dot", source: "heard" }, label: "With a stem: heard in the sound, not in the text", holds: bySource("heard") },
  { example: { shape: "dot", source: "person" }, label: "Underlined: put there by you", holds: bySource("person") },
];

/** Only the shapes that are there. */
export function legend(marks) {
  const counted = MEANINGS.map((meaning) => ({ ...meaning, count: marks.filter(meaning.holds).length })).filter(({ count }) => count > 0);
  if (counted.length === 0) {
    return nothing;
  }
  return html`<ul class="legend" aria-label="What the shapes mean">
    ${counted.map(({ example, label, count }) => html`<li>${legendShape(example)}<span>${label}</span><span class="quiet">${count}</span></li>`)}
  </ul>`;
}
