// While an interviewer speaks: who speaks, what is said as a caption, and a way to go on at once.

import { html, nothing, render } from "../templating.js";
import { onKeys } from "../practice/stage.js";

const NAMES = ["First interviewer", "Second interviewer"];

/**
 * Step. Outcome: "on" when it was said, or the person went on; "end" to end the interview.
 * @param {HTMLElement} container
 * @param {{voice: import("./voice.js").InterviewerVoice, asking: {line: string|null, text: string, interviewer?: number},
 *   caption?: string, smaller?: string, place: string, onward: string, back: string, byPerson?: boolean, rung?: Promise<void>|null}} context
 *   `back`: what the way out is called, empty for none; `caption` stands where the sound's words differ; `smaller` is the question that it is about; `byPerson`: somebody
 *   in the room says it; `rung`: a bell that is heard before
 */
export function askingStep(container, { voice, asking, caption = asking.text, smaller = "", place, onward, back, byPerson = false, rung = null }, done) {
  /** asking | waiting: nothing was heard, so it is read, and the person goes on by themselves */
  let state = "asking";
  let over = false;

  const go = (outcome) => {
    if (!over) {
      over = true;
      voice.stop();
      done(outcome);
    }
  };

  const draw = () => {
    const speaking = state === "asking" && voice.speaking;
    render(
      html`<section class="asking">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        ${interviewerPicture({ interviewer: asking.interviewer ?? 0, speaking })}
        ${smaller ? html`<p class="quiet asking-about">${smaller}</p>` : nothing}
        <h1 class="question asking-caption" tabindex="-1">${caption}</h1>
        ${byPerson ? html`<p class="quiet">Recording starts when you press the button. Wait until the question was asked.</p>` : nothing}
        <div class="buttons preparation-buttons">
          <button class=${state === "waiting" ? "button button-main button-large" : "button button-large"} type="button" @click=${() => go("on")}>
            ${onward} <kbd>Enter</kbd>
          </button>
          ${back ? html`<button class="button button-plain" type="button" @click=${() => go("end")}>${back}</button>` : nothing}
        </div>
      </section>`,
      container,
    );
  };

  const say = async () => {
    await rung;
    if (over) {
      return;
    }
    const { spoken } = await voice.say(asking);
    if (over) {
      return;
    }
    if (spoken) {
      go("on");
    } else {
      state = "waiting";
      draw();
    }
  };

  voice.addEventListener("change", draw);
  draw();
  say();
  const stopKeys = onKeys({ Enter: () => go("on") });
  return () => {
    over = true;
    voice.removeEventListener("change", draw);
    stopKeys();
  };
}

/** Who asks: a plain sign, not a face, that shows who speaks and whether. */
export function interviewerPicture({ interviewer, speaking, frozen = false }) {
  const words = frozen ? "the picture stands still" : speaking ? "speaking" : "listening";
  return html`<div class=${`interviewer${speaking ? " interviewer-speaking" : ""}${frozen ? " interviewer-frozen" : ""}`}>
    <svg viewBox="0 0 96 96" aria-hidden="true" focusable="false">
      <circle class="interviewer-ring" cx="48" cy="48" r="46"></circle>
      <circle class="interviewer-head" cx="48" cy="38" r="15"></circle>
      <path class="interviewer-shoulders" d="M20 82c2-17 13-25 28-25s26 8 28 25z"></path>
    </svg>
    <p class="quiet small">${NAMES[interviewer] ?? NAMES[0]}, <span>${words}</span></p>
  </div>`;
}
