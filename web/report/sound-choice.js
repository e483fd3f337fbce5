// The choice of the sound that is measured, for a recording with several sound tracks or a voice on each side.

import { isUnderWay, progressWords } from "../format/work.js";
import { html, live, nothing } from "../templating.js";

/**
 * @param {object} report the view of the report
 * @param {object} answer
 * @param {(field: "track"|"channel", value: number|string) => void} onChoose
 */
export function soundChoices(report, answer, onChoose) {
  if (!report.sounds?.length) {
    return nothing;
  }
  const measuring = isUnderWay(answer);
  return html`<section class="sound-choices" aria-label="Sound of this recording">
    ${report.sounds.map((choice) => options(choice, measuring ? answer[choice.field] : null, onChoose))}
    <div role="status">${measuring ? underWay(answer) : nothing}</div>
    ${playsBothSides(report, answer) ? html`<p class="quiet">When you play the video, you hear both sides.</p>` : nothing}
  </section>`;
}

/**
 * @param {any} choice of the view
 * @param {number|string|null} next what is being measured now, if the person chose it
 * @param {(field: "track"|"channel", value: number|string) => void} onChoose
 */
function options({ field, title, options: all }, next, onChoose) {
  const chosen = next ?? all.find(({ measured }) => measured)?.value;
  return html`<fieldset>
    <legend>${title}</legend>
    ${all.map(
      ({ value, label, detail, readable = true }) => html`<label class="sound-option">
        <input type="radio" name=${`sound-${field}`} .checked=${live(value === chosen)} ?disabled=${!readable} @change=${() => onChoose(field, value)} />
        <span>${label}</span>
        ${detail ? html`<span class="quiet">${detail}</span>` : nothing}
      </label>`,
    )}
  </fieldset>`;
}

function underWay(answer) {
  return html`<p>${progressWords(answer)}…</p>
    <p class="quiet">Until that is done, this report is about the sound before.</p>`;
}

const playsBothSides = (report, answer) =>
  Boolean(answer.media_type?.startsWith("video/")) && report.sounds.some(({ field }) => field === "channel");
