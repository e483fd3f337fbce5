// The take itself: the question, the ring, the level beside the stop button. Everything else is gone.

import { html, render, nothing } from "../templating.js";
import { announce } from "../components/announce.js";
import { pauseIcon, stopIcon } from "../components/icons.js";
import { recordingErrorWords } from "../format/recording-errors.js";
import { lengthWords } from "../format/time.js";
import { stayAwake } from "./wake-lock.js";
import { onKeys } from "./keys.js";
import { LevelBar } from "./level-bar.js";
import { preferences, remember } from "./preferences.js";
import { lengthRing } from "./ring.js";
import { selfView } from "./self-view.js";

/** Milliseconds between two looks at the clock: seconds must not seem to jump. */
const LOOK_EVERY = 250;
/** Seconds for which the cue says what to do. */
const CUE_SECONDS = 4;
/** Seconds without any sound from which it is said. Longer than a person thinks in silence with the room around them. */
const SILENCE_SAID = 8;

/**
 * Step, over as soon as the take is; no outcome: the take itself knows how it ended.
 * @param {HTMLElement} room
 * @param {{take: object, capture: object, question: object, aim: object|null, maximum: number|null, place: string}} context
 *   `take` is recording already
 */
export function recordingStep(room, { take, capture, question, aim, maximum, place }, done) {
  let silentFor = 0;
  let over = false;
  const bar = new LevelBar(capture.stream, (level) => (silentFor = level.silent_for));
  const picture = capture.hasPicture ? selfView(capture.stream) : null;

  const stop = () => {
    if (!over) {
      over = true;
      // Whether it could be sent is told by the step that follows.
      take.stop().catch(() => {});
      done();
    }
  };

  const pause = () => {
    if (take.state === "recording") {
      take.pause();
      announce("Paused.");
    } else if (take.state === "paused") {
      take.resume();
      announce("Recording.");
    }
    draw();
  };

  const choose = (changes) => {
    remember(changes);
    draw();
  };

  const look = () => {
    if (maximum !== null && take.elapsed >= maximum) {
      announce("The time is up. Recording has stopped.");
      stop();
    } else if (["stopped_early", "discarded"].includes(take.state) && !over) {
      over = true;
      done();
    } else if (!over) {
      draw();
    }
  };

  const draw = () => {
    const paused = take.state === "paused";
    const { ringHidden, pictureHidden } = preferences();
    const cue = !paused && take.elapsed < CUE_SECONDS ? "speak when ready" : "";
    const message = messageWords(take, paused ? 0 : silentFor) || (ringHidden ? cue : "");
    render(
      html`<section class=${paused ? "recording recording-paused" : "recording"}>
        <p class="recording-state">
          <span class="recording-dot" aria-hidden="true"></span>
          <strong>${paused ? "Paused" : "Recording"}</strong>
          ${place ? html`<span class="quiet">${place}</span>` : nothing}
        </p>
        <h1 class="question" tabindex="-1">${question.text}</h1>
        <div class="recording-middle">
          ${ringHidden ? nothing : lengthRing(take.elapsed, maximum, aim, cue)} ${picture && !pictureHidden ? picture : nothing}
        </div>
        <p class="recording-message" role="status">${message}</p>
        <div class="recording-controls">
          ${bar.element}
          <button class="button button-main button-large recording-stop" type="button" @click=${stop}>
            ${stopIcon()} Stop <kbd>S</kbd><kbd>Enter</kbd>
          </button>
          <button class="button button-large recording-pause" type="button" @click=${pause}>
            ${paused ? html`<span class="recording-dot" aria-hidden="true"></span> Go on` : html`${pauseIcon()} Pause`} <kbd>P</kbd><kbd>Space</kbd>
          </button>
        </div>
        <div class="recording-foot">
          <button class="button button-plain" type="button" @click=${() => choose({ ringHidden: !ringHidden })}>${ringHidden ? "Show the time" : "Hide the time"}</button>
          ${picture
            ? html`<button class="button button-plain" type="button" @click=${() => choose({ pictureHidden: !pictureHidden })}>${pictureHidden ? "Show yourself" : "Hide yourself"}</button>`
            : nothing}
          ${maximum === null ? nothing : html`<span class="quiet small">Stops by itself at ${lengthWords(maximum)}</span>`}
        </div>
      </section>`,
      room,
    );
  };

  draw();
  const timer = setInterval(look, LOOK_EVERY);
  take.addEventListener("change", look);
  const stopKeys = onKeys({ p: pause, " ": pause, s: stop, Enter: stop });
  const sleepAgain = stayAwake();
  return () => {
    sleepAgain();
    clearInterval(timer);
    take.removeEventListener("change", look);
    stopKeys();
    bar.close();
  };
}

/** What must be said while the person speaks, and no more than that. */
function messageWords(take, silentFor) {
  if (take.error) {
    const { title, text } = recordingErrorWords(take.error);
    return html`<strong>${title}</strong> ${text}`;
  }
  return silentFor > SILENCE_SAID ? "Nothing is heard. Is the microphone muted?" : "";
}
