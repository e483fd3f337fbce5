// One thing of a transcript as it is read: a word, a filler, a pause, missing sound. The text is the view's.

import { wordShape } from "../report/timeline/shapes.js";
import { html, classMap, nothing } from "../templating.js";

/** Pixels a second of pause: long ones are wider, none takes over the line. */
const GAP_PIXELS = 18;
const WIDEST_GAP = 64;
const NARROWEST_GAP = 9;

/**
 * @param {object} item of `passages.js`
 * @param {number} index
 * @param {{active: boolean, chosen: boolean, found: boolean, foundNow: boolean}} marks how it stands out just now
 */
export function itemTemplate(item, index, { active, chosen, found, foundNow }) {
  const tabindex = active ? "0" : "-1";
  if (item.kind === "pause") {
    const width = Math.min(WIDEST_GAP, Math.max(NARROWEST_GAP, (item.end - item.start) * GAP_PIXELS));
    const classes = classMap({ gap: true, "gap-within": item.shape === "crossed-bar", chosen });
    return html`<span class=${classes} data-item=${index} tabindex=${tabindex} role="img" aria-label=${item.note} data-length=${item.text} .style=${`width: ${width}px`}></span> `;
  }
  if (item.kind === "gap") {
    return html`<span class="quiet" data-item=${index} tabindex=${tabindex}>[${item.text}]</span> `;
  }
  const { filler } = item;
  const classes = classMap({
    word: true,
    filler: Boolean(filler),
    "filler-heard": item.kind === "heard",
    uncertain: Boolean(item.uncertain),
    corrected: Boolean(item.corrected),
    chosen,
    found,
    "found-now": foundNow,
  });
  return html`<span class=${classes} data-item=${index} tabindex=${tabindex} data-shape=${filler ? (item.shape ?? "") : nothing} title=${filler ? filler.title : nothing}>${item.shape ? wordShape({ shape: item.shape, source: filler.source }) : nothing}${item.text}${item.note ? html`<span class="visually-hidden aside"> (${item.note})</span>` : nothing}</span> `;
}

// What the looks of words in a transcript mean. The shapes before fillers are those of the timeline's legend.

const LOOKS = new Set(["uncertain", "corrected"]);

/** Only the looks that are there. @param {object[]} legend of the view */
export function transcriptLegend(legend) {
  const looks = legend.filter(({ mark }) => LOOKS.has(mark));
  if (looks.length === 0) {
    return nothing;
  }
  return html`<ul class="transcript-legend" aria-label="How words are marked">
    ${looks.map(({ mark, example, text }) => html`<li><span class=${`example ${mark}`} aria-hidden="true">${example}</span> <span>${text}</span></li>`)}
  </ul>`;
}
