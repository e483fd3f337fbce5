// Before the take: only the question and the time.

import { recordIcon, soundIcon, stopIcon } from "../components/icons.js";
import { announce } from "../components/notices.js";
import { unheardWords } from "../format/practice.js";
import { clock, lengthWords, spokenTime } from "../format/time.js";
import { html, nothing, render } from "../templating.js";
import { NotesEditor } from "./notes-editor.js";
import { onKeys } from "./stage.js";
import { Countdown } from "./times.js";

/** Seconds left at which those who listen are told. */
const TOLD_AT = new Set([30, 10]);
/** Milliseconds that recording waits for notes to be saved. */
const NOTES_PATIENCE = 500;
const soon = () => new Promise((resolve) => setTimeout(resolve, NOTES_PATIENCE));

/**
 * Step. Outcome: "start" or "back".
 * @param {HTMLElement} container
 * @param {{question: object, kind: "prepare"|"read", seconds: number|null, maximum: number|null, place: string, begun: boolean,
 *   hear?: import("../interview/during-take.js").Heard|null, aloud?: boolean,
 *   notes?: import("./question-notes.js").QuestionNotes|null, asks?: boolean}} context
 *   seconds to prepare, null as long as one likes; `place` is 'Question 2 of 5' or empty;
 *   `begun`: questions of the same interview were answered before; `hear`: what says the question where the person asks
 *   for it; `aloud`: it is said at once, and the time to prepare begins when it has ended; `notes` can still be written;
 *   `asks`: an interviewer asks the question after this, and recording starts when that has ended
 */
export function preparationStep(
  container,
  { question, kind, seconds, maximum, place, begun, hear = null, aloud = false, notes = null, asks = false },
  done,
) {
  const editor = notes?.possible ? new NotesEditor(notes, { folded: true }) : null;
  const countdown = seconds === null ? null : new Countdown(seconds);
  let message = "";
  let asking = aloud;
  let over = false;

  const say = async () => {
    message = "";
    draw();
    const said = await hear?.voice.say(hear.line);
    message = unheardWords(said?.code);
    if (!over) {
      draw();
    }
  };

  const sayOrStop = () => (hear?.voice.speaking ? hear.voice.stop() : say());

  /** Nothing that is said may still be heard when recording begins. */
  const start = async () => {
    if (!over) {
      over = true;
      hear?.voice.stop();
      // What was typed last goes with the take that is made now.
      await Promise.all([hear?.voice.quiet(), Promise.race([notes?.loaded.then(() => notes.save()), soon()])]);
      done("start");
    }
  };

  const draw = () =>
    render(
      html`<section class="preparation">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        ${question.scenario ? html`<p class="scenario">${question.scenario}</p>` : nothing}
        <h1 class="question" tabindex="-1">${question.text}</h1>
        ${countdown
          ? html`<div class="preparation-time">
              <p class="big-time" role="timer" aria-label="Time left: ${spokenTime(countdown.left)}">${clock(countdown.left)}</p>
              <p class="quiet">${kind === "read" ? "to read and think" : "to prepare"}, ${nextWords(asking, asks)}</p>
            </div>`
          : nothing}
        <div class="buttons preparation-buttons">
          <button class=${asks ? "button button-main button-large" : "button button-main button-record button-large"} type="button" @click=${start}>
            ${asks ? "I have read it" : html`${recordIcon()} Start recording`} <kbd>Enter</kbd>
          </button>
          ${hear
            ? html`<button class="button button-large" type="button" @click=${sayOrStop}>
                ${hear.voice.speaking ? html`${stopIcon()} Stop the voice` : html`${soundIcon()} Hear the question`} <kbd>H</kbd>
              </button>`
            : nothing}
          <button class="button button-plain" type="button" @click=${() => done("back")}>
            ${begun ? "End the interview here" : html`Back <kbd>Esc</kbd>`}
          </button>
        </div>
        <p role="status">${message}</p>
        ${editor?.element ?? nothing}
        <p class="quiet small">${maximum === null ? "You stop when you are done." : `Recording stops by itself at ${lengthWords(maximum)}.`}</p>
      </section>`,
      container,
    );

  const tick = () => {
    draw();
    if (countdown && TOLD_AT.has(countdown.left) && countdown.left < countdown.seconds) {
      announce(`${countdown.left} seconds left.`);
    }
  };
  countdown?.addEventListener("tick", tick);
  countdown?.addEventListener("end", start);
  hear?.voice.addEventListener("change", draw);
  draw();
  if (aloud) {
    say().then(() => {
      asking = false;
      if (!over) {
        countdown?.start();
      }
    });
  } else {
    countdown?.start();
  }
  // One key too many must not end an interview.
  /** @type {Record<string, () => void>} */
  const keys = begun ? {} : { Escape: () => done("back") };
  const stopKeys = onKeys({ Enter: start, ...(hear ? { h: sayOrStop } : {}), ...keys });
  return () => {
    over = true;
    countdown?.stop();
    hear?.voice.removeEventListener("change", draw);
    hear?.voice.stop();
    editor?.close();
    stopKeys();
  };
}

/** What follows the time to prepare. */
function nextWords(asking, asks) {
  if (asks) {
    return "then you are asked";
  }
  return asking ? "as soon as the question was asked" : "then recording starts by itself";
}

// Three slow breaths before a take. The words lead; the circle only goes along.

const BREATHS = 3;
/** Seconds. About six breaths a minute, the pace that is usually taught for calming down. */
const IN_SECONDS = 4;
const OUT_SECONDS = 6;

/** Step. Outcome: nothing; the breaths are over or were skipped. */
export function breathsStep(container, _context, done) {
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
      container,
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
