// What this is, above the first question: shown until there is an answer of one's own.

import { api } from "../api.js";
import { listen } from "../events.js";
import { html, nothing, render } from "../templating.js";

/** Most answers that are looked through; the samples alone are fewer. */
const ENOUGH = 20;

/** Whether nothing but samples is there. */
export const isFirstStart = (answers) => answers.every(({ source }) => source === "sample");

/**
 * The sample whose report shows most at one look: the one with too many fillers, else any. Null while none is ready.
 * @param {any[]} answers
 */
export function exampleOf(answers) {
  const ready = answers.filter(({ source, available }) => source === "sample" && available.includes("report"));
  const isFull = ({ figures }) => figures.some(({ figure, mark }) => figure === "fillers" && mark === "above");
  return ready.find(isFull) ?? ready[0] ?? null;
}

/** The answers that decide it. Where they cannot be had, there is no welcome: the page works without. */
export const firstAnswers = () => api.answers({ limit: ENOUGH }).then(({ items }) => items, () => null);

export class Welcome {
  /** By id. @type {Map<string, any>} */
  #answers;
  #stopListening;

  /** @param {any[]} answers from `firstAnswers` */
  constructor(answers) {
    this.#answers = new Map(answers.map((answer) => [answer.id, answer]));
    this.element = document.createElement("div");
    // The samples may still be on their way.
    this.#stopListening = listen({
      answer: (answer) => {
        this.#answers.set(answer.id, answer);
        this.#draw();
      },
      deleted: (id) => {
        this.#answers.delete(id);
        this.#draw();
      },
    });
    this.#draw();
  }

  close() {
    this.#stopListening();
  }

  #draw() {
    const answers = [...this.#answers.values()];
    render(isFirstStart(answers) ? welcome(exampleOf(answers)) : nothing, this.element);
  }
}

function welcome(example) {
  return html`<section class="welcome" aria-labelledby="welcome-title">
    <div class="welcome-part">
      <h2 id="welcome-title">How it works</h2>
      <p class="welcome-words">
        Answer a question out loud, and see your length, pace, pauses and filler words, with one thing to change. Everything stays on this machine:
        nothing you say is sent anywhere.
      </p>
    </div>
    ${example
      ? html`<div class="welcome-part">
          <h2>A finished report, to look at first</h2>
          <p class="welcome-words">${example.summary.headline}</p>
          <a class="button" href="/answers/${example.id}" data-page>Open this report</a>
        </div>`
      : nothing}
  </section>`;
}
