// Three slow breaths before a take. The words lead; the circle only goes along.

import { html, render, nothing } from "../templating.js";
import { onKeys } from "./keys.js";

const BREATHS = 3;
/** Seconds. About six breaths a minute, the pace that is usually taught for calming down. */
const IN_SECONDS = 4;
const OUT_SECONDS = 6;

/** Step. Outcome: nothing; the breaths are over or were skipped. */
export function breathsStep(room, context, done) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let breath = 0;
  let inward = false;
  let timer = 0;

  const draw = () =>
    render(
      html`<section class="breaths">
        <h1 class="visually-hidden" tabindex="-1">Three slow breaths</h1>
        ${calm ? nothing : html`<div class=${inward ? "breath-circle breath-in" : "breath-circle"} aria-hidden="true"><div></div></div>`}
        <p class="breath-words" role="status">${inward ? "Breathe in" : breath === 0 ? "Sit back, let your shoulders drop" : "Breathe out"}</p>
        <p class="quiet">${breath === 0 ? "Three slow breaths" : `${breath} of ${BREATHS}`}</p>
        <button class="button button-plain" type="button" @click=${() => done()}>Skip <kbd>Esc</kbd></button>
      </section>`,
      room,
    );

  const next = () => {
    if (!inward && breath === BREATHS) {
      done();
      return;
    }
    inward = !inward;
    breath += inward ? 1 : 0;
    draw();
    timer = setTimeout(next, (inward ? IN_SECONDS : OUT_SECONDS) * 1000);
  };

  draw();
  // A moment with the circle at rest, so that the first breath is not begun late.
  timer = setTimeout(next, 1500);
  const stopKeys = onKeys({ Escape: () => done() });
  return () => {
    clearTimeout(timer);
    stopKeys();
  };
}
