// One thing of a transcript as it is read: a word, a filler, a pause.

import { fillerWords } from "../format/marks.js";
import { shortLengthWords } from "../format/time.js";
import { wordShape } from "../report/timeline/shapes.js";
import { html, classMap, nothing } from "../templating.js";

/** Pixels a second of pause: long ones are wider, none takes over the line. */
const GAP_PIXELS = 18;
const WIDEST_GAP = 64;
const NARROWEST_GAP = 9;

/** What is only seen by its look, for those who listen. */
const KINDS = { filled_pause: "filled pause", discourse_marker: "filler" };

/**
 * @param {object} item of `passages.js`
 * @param {number} index
 * @param {{active: boolean, chosen: boolean, found: boolean, foundNow: boolean}} marks how it stands out just now
 */
export function itemTemplate(item, index, { active, chosen, found, foundNow }) {
  const tabindex = active ? "0" : "-1";
  if (item.kind === "pause") {
    const words = shortLengthWords(item.end - item.start);
    const width = Math.min(WIDEST_GAP, Math.max(NARROWEST_GAP, (item.end - item.start) * GAP_PIXELS));
    const classes = classMap({ gap: true, "gap-within": item.shape === "crossed-bar", chosen });
    return html`<span class=${classes} data-item=${index} tabindex=${tabindex} role="img" aria-label=${`pause of ${words}`} data-length=${words} .style=${`width: ${width}px`}></span> `;
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
  return html`<span class=${classes} data-item=${index} tabindex=${tabindex} data-shape=${filler ? item.shape : nothing} title=${filler ? fillerWords(filler) : nothing}>${item.shape ? wordShape({ shape: item.shape, source: filler.source }) : nothing}${item.text}${aside(item)}</span> `;
}

/** Heard, not seen, and not copied. */
function aside({ filler, closes, uncertain, corrected }) {
  const said = [];
  if (closes) {
    said.push(KINDS[filler.kind] ?? "filler");
    if (filler.state === "unsure") {
      said.push("not certain");
    }
  }
  if (uncertain) {
    said.push("not certain");
  }
  if (corrected) {
    said.push("put right");
  }
  return said.length > 0 ? html`<span class="visually-hidden aside"> (${said.join(", ")})</span>` : nothing;
}

// What the looks of words in a transcript mean. The shapes before fillers are those of the timeline's legend.

const MEANINGS = [
  { name: "uncertain", example: "word", label: "the recogniser was not certain: about two in three of these are wrong" },
  { name: "corrected", example: "word", label: "put right by you" },
];

/** Only the looks that are there. @param {object[]} items */
export function transcriptLegend(items) {
  const present = MEANINGS.filter(({ name }) => items.some((item) => item[name]));
  if (present.length === 0) {
    return nothing;
  }
  return html`<ul class="transcript-legend" aria-label="How words are marked">
    ${present.map(({ name, example, label }) => html`<li><span class=${`example ${name}`} aria-hidden="true">${example}</span> <span>${label}</span></li>`)}
  </ul>`;
}
