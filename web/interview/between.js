// Between two questions: a word of thanks while the next one is chosen, and the pause before a station.

import { announce } from "../components/notices.js";
import { Countdown } from "../practice/times.js";
import { onKeys } from "../practice/stage.js";
import { clock, spokenTime } from "../format/time.js";
import { html, nothing, render } from "../templating.js";
import { interviewerPicture } from "./asking.js";

/**
 * Step. Outcome: nothing; it is over with `until`.
 * @param {HTMLElement} container
 * @param {{place: string, voice: import("./voice.js").InterviewerVoice, words: {text: string, interviewer: number},
 *   until: Promise<unknown>}} context
 */
export function betweenStep(container, { place, voice, words, until }, done) {
  const draw = () =>
    render(
      html`<section class="asking">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        ${interviewerPicture({ interviewer: words.interviewer, speaking: voice.speaking })}
        <h1 class="question asking-caption" tabindex="-1">${words.text}</h1>
      </section>`,
      container,
    );
  voice.addEventListener("change", draw);
  draw();
  until.then(() => done());
  return () => voice.removeEventListener("change", draw);
}

/**
 * Step: a pause that ends by itself. Outcome: "on" or "end".
 * @param {HTMLElement} container
 * @param {{place: string, seconds: number, station: boolean}} context
 */
export function pauseStep(container, { place, seconds, station }, done) {
  const countdown = new Countdown(seconds);
  const draw = () =>
    render(
      html`<section class="preparation">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        <h1 class="question" tabindex="-1">${station ? "Walk to the next station." : "A moment to breathe."}</h1>
        <div class="preparation-time">
          <p class="big-time" role="timer" aria-label="Time left: ${spokenTime(countdown.left)}">${clock(countdown.left)}</p>
          <p class="quiet">then it continues by itself</p>
        </div>
        <div class="buttons preparation-buttons">
          <button class="button button-main button-large" type="button" @click=${() => done("on")}>Continue now <kbd>Enter</kbd></button>
          <button class="button button-plain" type="button" @click=${() => done("end")}>End the interview here</button>
        </div>
      </section>`,
      container,
    );
  countdown.addEventListener("tick", () => {
    draw();
    if (countdown.left === 10 && seconds > 10) {
      announce("10 seconds left.");
    }
  });
  countdown.addEventListener("end", () => done("on"));
  draw();
  countdown.start();
  const stopKeys = onKeys({ Enter: () => done("on") });
  return () => {
    countdown.stop();
    stopKeys();
  };
}
