// Before the take: only the question and the time.

import { html, render, nothing } from "../templating.js";
import { announce } from "../components/announce.js";
import { clock, lengthWords, spokenTime } from "../format/time.js";
import { onKeys } from "./keys.js";
import { Countdown } from "./times.js";

/** Seconds left at which those who listen are told. */
const TOLD_AT = new Set([30, 10]);

/**
 * Step. Outcome: "start" or "back".
 * @param {HTMLElement} room
 * @param {{question: object, kind: "prepare"|"read", seconds: number|null, maximum: number|null, place: string, begun: boolean}} context
 *   seconds to prepare, null as long as one likes; `place` is 'Question 2 of 5' or empty;
 *   `begun`: questions of the same interview were answered before
 */
export function preparationStep(room, { question, kind, seconds, maximum, place, begun }, done) {
  const countdown = seconds === null ? null : new Countdown(seconds);

  const draw = () =>
    render(
      html`<section class="preparation">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        <h1 class="question" tabindex="-1">${question.text}</h1>
        ${countdown
          ? html`<div class="preparation-time">
              <p class="big-time" role="timer" aria-label="Time left: ${spokenTime(countdown.left)}">${clock(countdown.left)}</p>
              <p class="quiet">${kind === "read" ? "to read and think" : "to prepare"}, then recording starts by itself</p>
            </div>`
          : nothing}
        <div class="buttons preparation-buttons">
          <button class="button button-main button-large" type="button" @click=${() => done("start")}>
            ${countdown ? "Start now" : "Start recording"} <kbd>Enter</kbd>
          </button>
          <button class="button button-plain" type="button" @click=${() => done("back")}>
            ${begun ? "End the interview here" : html`Back <kbd>Esc</kbd>`}
          </button>
        </div>
        <p class="quiet small">${maximum === null ? "You stop when you are done." : `Recording stops by itself at ${lengthWords(maximum)}.`}</p>
      </section>`,
      room,
    );

  const tick = () => {
    draw();
    if (TOLD_AT.has(countdown.left) && countdown.left < seconds) {
      announce(`${countdown.left} seconds left.`);
    }
  };
  countdown?.addEventListener("tick", tick);
  countdown?.addEventListener("end", () => done("start"));
  draw();
  countdown?.start();
  // One key too many must not end an interview.
  const back = begun ? {} : { Escape: () => done("back") };
  const stopKeys = onKeys({ Enter: () => done("start"), ...back });
  return () => {
    countdown?.stop();
    stopKeys();
  };
}
