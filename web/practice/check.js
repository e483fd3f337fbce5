// Can you be heard? The level as you speak, a test of three seconds, and what it was like.

import { api } from "../api.js";
import { html, render, nothing } from "../templating.js";
import { announce } from "../components/notices.js";
import { playIcon, stopIcon } from "../components/icons.js";
import { RecordingError } from "../recording/errors.js";
import { checkMicrophone } from "../recording/microphone-check.js";
import { listMicrophones } from "../recording/microphone.js";
import { verdictWords } from "../format/errors.js";
import { onKeys } from "./stage.js";
import { LevelBar, selfView } from "./monitor.js";
import { preferences, remember } from "./preferences.js";

const TEST_SECONDS = 3;

/**
 * Step. Outcome: "on" (to the question), "back", {microphone: id} when another is wanted, or {error}.
 * @param {HTMLElement} container
 * @param {{capture: object, onward: string}} context `onward` is what the button to go on says
 */
export function checkStep(container, { capture, onward }, done) {
  let microphones = [];
  /** @type {any} null | "testing" | what checkMicrophone found */
  let test = null;
  const sound = new Audio();
  const bar = new LevelBar(capture.stream);
  const picture = capture.hasPicture ? selfView(capture.stream) : null;

  const start = async () => {
    if (test === "testing") {
      return;
    }
    release();
    test = "testing";
    draw();
    announce("Speak now.");
    try {
      test = await checkMicrophone(capture, { seconds: TEST_SECONDS });
      remember({ checked: true });
      // For the set-up check. The test here does not depend on it.
      api.setUpItem("microphone", { value: test.figures }).catch(() => {});
      sound.src = test.url;
    } catch (error) {
      done({ error });
      return;
    }
    draw();
    // The button that was pressed is another one now, in another place.
    /** @type {HTMLElement} */ (container.querySelector(".button-main")).focus();
    announce(verdictWords(test.verdict).title);
  };

  const release = () => {
    sound.pause();
    test?.release?.();
    test = null;
  };

  const draw = () => {
    const found = test && test !== "testing" ? test : null;
    const good = found?.verdict === "good";
    const words = found ? verdictWords(found.verdict) : null;
    const testButton = html`<button class=${good ? "button button-large" : "button button-main button-large"} type="button" aria-disabled=${String(test === "testing")} @click=${start}>
      ${test === "testing" ? "Listening… speak now" : found ? "Test again" : `Test for ${TEST_SECONDS} seconds`}
    </button>`;
    const goOn = (main, label) =>
      html`<button class=${main ? "button button-main button-large" : "button button-large"} type="button" @click=${() => done("on")}>${label}</button>`;
    render(
      html`<section class="check">
        <div class="page-head">
          <h1 tabindex="-1">Can you be heard?</h1>
          <p class="lead">Say a sentence or two as you would in the interview. The bar should move only when you speak.</p>
        </div>
        ${picture ?? nothing}
        <div class="check-level">
          ${bar.element}
          <p class="quiet small level-scale" aria-hidden="true"><span>silent</span><span>speech</span><span>too loud</span></p>
        </div>
        ${microphones.length > 1
          ? html`<label class="field check-microphone">
              <span class="field-label">Microphone</span>
              <select @change=${(event) => done({ microphone: event.target.value })}>
                ${microphones.map(({ id, name }) => html`<option value=${id} ?selected=${name === capture.deviceName}>${name}</option>`)}
              </select>
            </label>`
          : html`<p class="quiet small">${capture.deviceName}</p>`}
        <div class="check-verdict">
          ${words
            ? html`<div class="notice"><strong>${words.title}</strong> ${words.text}</div>`
            : nothing}
        </div>
        <div class="buttons">
          ${good ? goOn(true, onward) : testButton}
          ${found
            ? html`<button class="button button-large check-play" type="button" @click=${toggle}>
                ${sound.paused ? playIcon() : stopIcon()} ${sound.paused ? "Listen to the test" : "Stop"}
              </button>`
            : nothing}
          ${good ? testButton : nothing}
          ${!good && found ? goOn(false, "Continue as it is") : nothing}
          ${!found && preferences().checked ? goOn(false, "Continue without the test") : nothing}
          <button class="button button-plain" type="button" @click=${() => done("back")}>Back</button>
        </div>
      </section>`,
      container,
    );
  };

  const toggle = () => {
    if (sound.paused) {
      sound.currentTime = 0;
      sound.play().catch(() => draw());
    } else {
      sound.pause();
    }
  };
  for (const name of ["play", "pause", "ended"]) {
    sound.addEventListener(name, draw);
  }

  draw();
  listMicrophones().then(
    (found) => {
      microphones = found;
      draw();
    },
    () => {
      // Only the choice is missing; the browser's own microphone is open already.
    },
  );
  const stopKeys = onKeys({ Escape: () => done("back") });
  const stopListening = capture.onLost(() => done({ error: new RecordingError("device_lost") }));
  return () => {
    stopKeys();
    stopListening();
    release();
    bar.close();
  };
}
