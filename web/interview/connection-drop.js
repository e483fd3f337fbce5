// The connection drops on purpose: sound and picture stop, and one practises what to do. Nothing of the real connection
// is touched.

import { announce } from "../components/notices.js";
import { clock, spokenTime } from "../format/time.js";
import { onKeys } from "../practice/stage.js";
import { html, nothing, render } from "../templating.js";
import { interviewerPicture } from "./asking.js";

/** Milliseconds into a question at which everything stops. */
const DROPS_AFTER = 1_500;
/** Seconds after which the guides say: do not wait longer, write or call. */
const WRITE_AFTER = 60;
/** Milliseconds that an attempt to join again takes. */
const JOINING = 2_000;

/**
 * Step. Outcome: "back" when the person is in the interview again; "end" to end it.
 * @param {HTMLElement} container
 * @param {{step: object, voice: import("./voice.js").InterviewerVoice, contact: any, place: string}} context
 *   `contact` {name, phone, email}: the person's own card; null where there is none
 */
export function connectionDropStep(container, { step, voice, contact, place }, done) {
  /** asked | frozen | joining | told */
  let state = "asked";
  let attempts = 0;
  let droppedAt = 0;
  /** @type {any} */
  let timer = 0;

  const elapsed = () => (droppedAt ? (performance.now() - droppedAt) / 1000 : 0);

  const drop = () => {
    voice.stop();
    state = "frozen";
    droppedAt = performance.now();
    announce("The connection has dropped. This is practice.");
    timer = setInterval(draw, 1000);
    draw();
  };

  const join = () => {
    state = "joining";
    attempts += 1;
    draw();
    setTimeout(() => {
      if (state === "joining") {
        state = "frozen";
        announce("Still not connected.");
        draw();
      }
    }, JOINING);
  };

  const draw = () => {
    const seconds = elapsed();
    const late = seconds >= WRITE_AFTER;
    render(
      html`<section class="asking">
        ${place ? html`<p class="quiet">${place}</p>` : nothing}
        ${interviewerPicture({ interviewer: step.interviewer, speaking: state === "asked" && voice.speaking, frozen: state !== "asked" })}
        <h1 class=${state === "asked" ? "question asking-caption" : "question"} tabindex="-1">
          ${state === "asked" ? step.text : "The connection has dropped."}
        </h1>
        ${state === "asked"
          ? nothing
          : html`<p class="quiet">This is practice: your own connection is fine.</p>
              <p class="big-time" role="timer" aria-label="Time without connection: ${spokenTime(seconds)}">${clock(seconds)}</p>
              <p class="drop-words" role="status">${words({ state, attempts, late })}</p>
              ${late ? contactCard(contact) : nothing}
              <div class="buttons preparation-buttons">
                ${late
                  ? html`<button class="button button-main button-large" type="button" @click=${() => done("back")}>I have written or called</button>`
                  : nothing}
                <button class=${late ? "button button-large" : "button button-main button-large"} type="button" ?disabled=${state === "joining"} @click=${join}>
                  Join again <kbd>J</kbd>
                </button>
                ${late
                  ? nothing
                  : html`<button class="button button-plain" type="button" @click=${() => skip()}>Skip to one minute</button>`}
                <button class="button button-plain" type="button" @click=${() => done("end")}>End the interview here</button>
              </div>`}
      </section>`,
      container,
    );
  };

  const skip = () => {
    droppedAt -= Math.max(0, WRITE_AFTER - elapsed()) * 1000;
    draw();
    // The button that was pressed is gone.
    container.querySelector("h1")?.focus({ preventScroll: true });
  };

  draw();
  const start = setTimeout(drop, DROPS_AFTER);
  const stopKeys = onKeys({ j: () => state === "frozen" && join() });
  return () => {
    clearTimeout(start);
    clearInterval(timer);
    state = "told";
    stopKeys();
  };
}

function words({ state, attempts, late }) {
  if (state === "joining") {
    return "Joining again…";
  }
  if (late) {
    return "A minute has passed. Do not wait longer: write or call now, in one sentence.";
  }
  return attempts === 0 ? "Stay calm. Join again with the same link." : "Still not connected. Try once more, and look at the clock.";
}

/** Whom to write to or call: their own card, or how to get one. */
function contactCard(contact) {
  const known = contact && (contact.name || contact.phone || contact.email);
  return html`<div class="drop-contact">
    ${known
      ? html`<p class="quiet small">Your contact</p>
          ${contact.name ? html`<p><strong>${contact.name}</strong></p>` : nothing} ${contact.phone ? html`<p>${contact.phone}</p>` : nothing}
          ${contact.email ? html`<p>${contact.email}</p>` : nothing}`
      : html`<p>You have no contact saved yet. Ask for a name and a phone number before each interview. You can keep them in Settings.</p>`}
  </div>`;
}
