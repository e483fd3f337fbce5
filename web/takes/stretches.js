// The best stretch of each take, to listen to.

import { html, nothing } from "../templating.js";
import { playIcon } from "../components/icons.js";
import { clock, lengthWords } from "../format/time.js";
import { SIDES, takeName } from "../format/takes.js";

/**
 * @param {object} comparison of the service
 * @param {[object, object]} takes
 * @param {import("./pair.js").Pair} pair
 */
export function bestStretches({ best_stretches: stretches, verdicts }, takes, pair) {
  const both = [stretches.first, stretches.second];
  return html`<section aria-labelledby="stretch-title">
    <h2 id="stretch-title" class="section-title">${verdicts ? "The best stretch of each" : "The longest stretch of each"}</h2>
    <p class="quiet takes-how">The longest part of each take without a filler and without a silence of 1 s. What it says is for you to judge.</p>
    <ul class="stretches">
      ${both.map(
        (stretch, place) => html`<li>
          <p class="takes-side"><span class="side-letter">${SIDES[place]}</span> ${takeName(takes[place])}</p>
          ${stretch
            ? html`<p class="stretch-words">${lengthWords(stretch.end - stretch.start)}, from ${clock(stretch.start)} to ${clock(stretch.end)}</p>
                ${pair.canPlay(place)
                  ? html`<button class="button" type="button" aria-label=${`Hear it: the stretch of ${takeName(takes[place]).toLowerCase()}`} @click=${() => pair.play(place, stretch)}>
                      ${playIcon()}<span>Hear it</span>
                    </button>`
                  : nothing}`
            : html`<p class="quiet">No stretch of 10 s or more.</p>`}
        </li>`,
      )}
    </ul>
  </section>`;
}
