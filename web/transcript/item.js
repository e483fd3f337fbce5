// One thing of a transcript as it is read: a word, a filler, a pause, missing sound. The text is the view's.

import { wordShape } from "../report/timeline/shapes.js";
import { html, classMap, nothing } from "../templating.js";
import { isMinorPause } from "./passages.js";

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
  const space = item.joined ? "" : " ";
  if (item.kind === "pause") {
    const { long, start, end, shape, note, text } = item;
    const width = Math.min(WIDEST_GAP, Math.max(NARROWEST_GAP, (end - start) * GAP_PIXELS));
    const classes = classMap({ gap: true, "gap-long": Boolean(long), "gap-within": shape === "crossed-bar", chosen });
    // The space belongs to the word after it: copied text has one, whether pauses are marked or not.
    return html`<span class=${classes} data-item=${index} tabindex=${tabindex} role="img" aria-label=${note} data-length=${text} .style=${long ? "" : `width: ${width}px`}>${long ? html`<span class="aside">${text}</span>` : nothing}</span>`;
  }
  if (item.kind === "gap") {
    return html`${space}<span class="quiet" data-item=${index} tabindex=${tabindex}>[${item.text}]</span>`;
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
  return html`${space}<span class=${classes} data-item=${index} tabindex=${tabindex} data-shape=${filler ? (item.shape ?? "") : nothing} title=${filler ? filler.title : nothing}>${item.shape ? wordShape({ shape: item.shape, source: filler.source }) : nothing}${item.text}${item.note ? html`<span class="visually-hidden aside"> (${item.note})</span>` : nothing}</span>`;
}

// What the looks of words and pauses mean. The shapes before fillers are those of the timeline's legend.

/** Before the example of a legend's entry: the mark that it explains. */
const EXAMPLES = {
  "long-pause": ({ example }) => html`<span class="gap gap-long" aria-hidden="true">${example}</span>`,
  "within-pause": () => html`<span class="gap gap-within gap-example" aria-hidden="true"></span>`,
  "short-pause": () => html`<span class="gap gap-example" aria-hidden="true"></span>`,
  uncertain: ({ example }) => html`<span class="example uncertain" aria-hidden="true">${example}</span>`,
  corrected: ({ example }) => html`<span class="example corrected" aria-hidden="true">${example}</span>`,
};

/**
 * Only the looks that are there.
 * @param {object[]} legend of the view
 * @param {object[]} items that are shown
 */
export function transcriptLegend(legend, items) {
  const hasShort = items.some(isMinorPause);
  const looks = legend.filter(({ mark }) => EXAMPLES[mark] && (mark !== "short-pause" || hasShort));
  if (looks.length === 0) {
    return nothing;
  }
  return html`<ul class="transcript-legend" aria-label="How words are marked">
    ${looks.map((entry) => html`<li>${EXAMPLES[entry.mark](entry)} <span>${entry.text}</span></li>`)}
  </ul>`;
}
