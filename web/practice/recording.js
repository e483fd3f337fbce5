// The take itself: the question, the ring, the level beside the stop button. Everything else is gone.

import { pauseIcon, recordIcon, soundIcon, stopIcon } from "../components/icons.js";
import { announce, inNewTab } from "../components/notices.js";
import { recordingErrorWords } from "../format/errors.js";
import { clock, lengthWords, spokenTime } from "../format/time.js";
import { unheardWords } from "../format/practice.js";
import { VoiceDuringTake } from "../interview/during-take.js";
import { html, nothing, render, svg } from "../templating.js";
import { NotesAtLens } from "./notes-at-lens.js";
import { LevelBar, selfView } from "./monitor.js";
import { preferences, remember } from "./preferences.js";
import { onKeys } from "./stage.js";

/** Milliseconds between two looks at the clock: seconds must not seem to jump. */
const LOOK_EVERY = 250;
/** Seconds for which the cue says what to do. */
const CUE_SECONDS = 4;
/** Seconds without any sound from which it is said. Longer than a person thinks in silence with the room around them. */
const SILENCE_SAID = 8;

/**
 * Step, over as soon as the take is; no outcome: the take itself knows how it ended.
 * @param {HTMLElement} container
 * @param {{take: object, capture: object, question: object, aim: object|null, maximum: number|null, place: string,
 *   hear?: import("../interview/during-take.js").Heard|null, notes?: import("./question-notes.js").QuestionNotes["atLens"]}} context
 *   `take` is recording already; `hear` says the question again where the person asks for it; `notes` can be read
 *   meanwhile
 */
export function recordingStep(container, { take, capture, question, aim, maximum, place, hear = null, notes = null }, done) {
  let silentFor = 0;
  let over = false;
  /** Why the question could not be heard; empty where it could. */
  let unheard = "";
  const saying = hear && new VoiceDuringTake(take, hear.voice);
  const bar = new LevelBar(capture.stream, (level) => (silentFor = level.silent_for));
  const atLens = notes && new NotesAtLens(take, notes);
  const picture = capture.hasPicture ? selfView(capture.stream) : null;

  const stop = () => {
    if (!over) {
      over = true;
      saying?.stop();
      atLens?.count();
      // Whether it could be sent is told by the step that follows.
      take.stop().catch(() => {});
      done();
    }
  };

  const hearAgain = async () => {
    unheard = "";
    const said = hear && (await saying?.say(hear.line));
    unheard = unheardWords(said?.code);
  };

  const pause = () => {
    if (saying?.busy) {
      saying.goOn();
    } else if (take.state === "recording") {
      take.pause();
      announce("Paused.");
    } else if (take.state === "paused") {
      take.resume();
      announce("Recording.");
    }
    draw();
  };

  const toggleNotes = () => {
    atLens?.toggle();
    draw();
  };

  const choose = (changes) => {
    remember(changes);
    draw();
  };

  const look = () => {
    atLens?.count();
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
    const hearing = saying?.busy ? "You hear the question. Recording goes on when it ends." : unheard;
    const message = messageWords(take, paused ? 0 : silentFor) || hearing || (ringHidden ? cue : "");
    render(
      html`<section class=${paused ? "recording recording-paused" : "recording"}>
        ${atLens ? atLens.template() : nothing}
        <p class="recording-state">
          ${recordIcon()}
          <strong>${paused ? "Paused" : "Recording"}</strong>
          ${place ? html`<span class="quiet">${place}</span>` : nothing}
        </p>
        <h1 class="question" tabindex="-1">${question.text}</h1>
        ${question.scenario
          ? html`<details class="recording-scenario">
              <summary>Read the case again</summary>
              <p class="scenario">${question.scenario}</p>
            </details>`
          : nothing}
        <div class="recording-middle">
          ${ringHidden ? nothing : lengthRing(take.elapsed, maximum, aim, cue)} ${picture && !pictureHidden ? picture : nothing}
        </div>
        <p class="recording-message" role="status">${message}</p>
        <div class="recording-controls">
          ${bar.element}
          <button class="button button-main button-record button-large recording-stop" type="button" @click=${stop}>
            ${stopIcon()} Stop <kbd>S</kbd><kbd>Enter</kbd>
          </button>
          <button class="button button-large recording-pause" type="button" @click=${pause}>
            ${paused ? html`${recordIcon()} Continue` : html`${pauseIcon()} Pause`} <kbd>P</kbd><kbd>Space</kbd>
          </button>
        </div>
        <div class="recording-foot">
          ${saying
            ? html`<button class="button button-plain" type="button" ?disabled=${saying.busy} @click=${hearAgain}>${soundIcon()} Hear the question again <kbd>R</kbd></button>`
            : nothing}
          ${atLens ? html`<button class="button button-plain" type="button" @click=${toggleNotes}>${atLens.buttonWords} <kbd>N</kbd></button>` : nothing}
          <button class="button button-plain" type="button" @click=${() => choose({ ringHidden: !ringHidden })}>${ringHidden ? "Show the time" : "Hide the time"}</button>
          ${picture
            ? html`<button class="button button-plain" type="button" @click=${() => choose({ pictureHidden: !pictureHidden })}>${pictureHidden ? "Show yourself" : "Hide yourself"}</button>`
            : nothing}
          ${maximum === null ? nothing : html`<span class="quiet small">Stops by itself at ${lengthWords(maximum)}</span>`}
        </div>
      </section>`,
      container,
    );
  };

  draw();
  const timer = setInterval(look, LOOK_EVERY);
  take.addEventListener("change", look);
  saying?.addEventListener("change", look);
  const stopKeys = onKeys({ p: pause, " ": pause, s: stop, Enter: stop, n: toggleNotes, ...(saying ? { r: hearAgain } : {}) });
  const sleepAgain = holdWakeLock();
  return () => {
    sleepAgain();
    clearInterval(timer);
    take.removeEventListener("change", look);
    saying?.removeEventListener("change", look);
    saying?.stop();
    stopKeys();
    bar.close();
  };
}

/** What must be said while the person speaks, and no more than that. */
function messageWords(take, silentFor) {
  if (take.error) {
    const { title, text, link } = recordingErrorWords(take.error);
    return html`<strong>${title}</strong> ${text} ${inNewTab(link)}`;
  }
  return silentFor > SILENCE_SAID ? "Nothing is heard. Is the microphone muted?" : "";
}

// The length ring: a circle that fills with time. Its aim is a second line outside it, with a notch and words
// at either end; the words inside say where in the aim one is.

const SIZE = 320;
const MIDDLE = SIZE / 2;
const RADIUS = 104;
const AIM_RADIUS = RADIUS + 13;
const NOTCH = { from: RADIUS - 9, to: AIM_RADIUS + 5 };
const WORDS_RADIUS = AIM_RADIUS + 22;
/** What the whole circle stands for where nothing stops the take, as a multiple of the aim's end. */
const BEYOND_AIM = 1.5;
/** Seconds for a whole circle where there is neither an aim nor an end. */
const PLAIN_CIRCLE = 180;

/** Seconds for the whole circle. */
function circleSeconds(maximum, aim) {
  return maximum ?? (aim ? aim.high * BEYOND_AIM : PLAIN_CIRCLE);
}

/** A point at this share of the circle, from the top and clockwise. */
function point(share, radius) {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return { x: MIDDLE + radius * Math.cos(angle), y: MIDDLE + radius * Math.sin(angle) };
}

function arc(from, to, radius) {
  const [start, end] = [point(from, radius), point(to, radius)];
  const large = to - from > 0.5 ? 1 : 0;
  return `M${start.x} ${start.y}A${radius} ${radius} 0 ${large} 1 ${end.x} ${end.y}`;
}

/** Where in the aim this time is, in words; empty without an aim. */
function zoneWords(seconds, aim) {
  if (!aim) {
    return "";
  }
  if (seconds < aim.low) {
    return `aim from ${lengthWords(aim.low)}`;
  }
  return seconds <= aim.high ? "in the aim" : `past the aim of ${lengthWords(aim.high)}`;
}

/**
 * @param {number} seconds recorded
 * @param {number|null} maximum seconds at which the take stops
 * @param {{low: number, high: number}|null} aim
 * @param {string} cue words that stand inside instead of those about the aim; empty for none
 */
function lengthRing(seconds, maximum, aim, cue) {
  const whole = circleSeconds(maximum, aim);
  // A whole circle has no arc: its two ends would be one point.
  const share = Math.min(seconds / whole, 0.9999);
  const [low, high] = aim ? [aim.low / whole, Math.min(aim.high / whole, 0.9999)] : [0, 0];
  return html`<div class="ring">
    <svg viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true" focusable="false">
      <circle class="ring-track" cx=${MIDDLE} cy=${MIDDLE} r=${RADIUS}></circle>
      ${aim && low < high
        ? svg`<path class="ring-aim" d=${arc(low, high, AIM_RADIUS)}></path>`
        : nothing}
      ${seconds > 0 ? svg`<path class="ring-done" d=${arc(0, share, RADIUS)}></path>` : nothing}
      ${aim && low < high ? svg`${notch(low, aim.low)}${notch(high, aim.high)}` : nothing}
    </svg>
    <div class="ring-words">
      <p class="ring-time" role="timer" aria-label="Time recorded: ${spokenTime(seconds)}">${clock(seconds)}</p>
      <p class="ring-zone">${cue || zoneWords(seconds, aim)}</p>
    </div>
  </div>`;
}

/** '1 min', '45 s', '1:15': short, beside a notch. */
const notchWords = (seconds) => (seconds < 60 || seconds % 60 === 0 ? lengthWords(seconds) : clock(seconds));

function notch(share, seconds) {
  const [inner, outer, label] = [point(share, NOTCH.from), point(share, NOTCH.to), point(share, WORDS_RADIUS)];
  const side = label.x - MIDDLE;
  const anchor = Math.abs(side) < 20 ? "middle" : side > 0 ? "start" : "end";
  return svg`<line class="ring-notch" x1=${inner.x} y1=${inner.y} x2=${outer.x} y2=${outer.y}></line>
    <text class="ring-label" x=${label.x} y=${label.y} text-anchor=${anchor} dominant-baseline="middle">${notchWords(seconds)}</text>`;
}

// Keeps the screen on while somebody speaks: a device that falls asleep stops recording.

/** @returns {() => void} releases the lock */
function holdWakeLock() {
  let over = false;
  /** @type {WakeLockSentinel|null} */
  let lock = null;
  const ask = async () => {
    try {
      lock = await navigator.wakeLock?.request("screen");
      if (over) {
        lock?.release();
      }
    } catch {
      // Refused, for example with little power left: the device does as it is set.
    }
  };
  // The browser takes it back whenever the page is out of sight.
  const again = () => document.visibilityState === "visible" && ask();
  document.addEventListener("visibilitychange", again);
  ask();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", again);
    lock?.release();
  };
}
