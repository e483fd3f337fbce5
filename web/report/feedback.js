// One thing to keep and one to try, each with its moments; what is tried comes with the exercise for it.

import { momentButton } from "../components/icons.js";
import { REFLECTION, reflectionWords } from "../format/practice.js";
import { html, nothing } from "../templating.js";

/**
 * @param {object} report its view
 * @param {object} answer
 * @param {(start: number) => void} play
 */
export function feedback(report, answer, play) {
  const { observations, drill } = report;
  const [keep, attempt] = ["keep", "try"].map((kind) => observations.find((one) => one.kind === kind));
  const notes = observations.filter(({ kind }) => kind === "note");
  const felt = howItFelt(answer.reflection, report);
  if (observations.length === 0 && felt === nothing) {
    return nothing;
  }
  return html`<section class="observations" aria-label="One thing to keep, one to try">
    ${keep || felt !== nothing ? html`<div class="observations-kept">${keep ? observation(keep, play) : nothing} ${felt}</div>` : nothing}
    ${attempt ? observation(attempt, play, drill) : nothing}
    ${notes.map(({ text, moments }) => html`<div class="observation-note"><p>${text}</p>${momentButtons(moments, play)}</div>`)}
  </section>`;
}

function observation({ kind, title, text, moments }, play, drill = undefined) {
  return html`<div class=${`observation observation-${kind}`}>
    <h2>${title}</h2>
    <p>${text}</p>
    ${momentButtons(moments, play)} ${drill ? exercise(drill) : nothing}
  </div>`;
}

function momentButtons(moments, play) {
  return moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentButton(moment, play))}</div>` : nothing;
}

function exercise({ title, steps }) {
  return html`<div class="drill">
    <h3>${title}</h3>
    <ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
  </div>`;
}

/** Which figure stands beside which question. */
const BESIDE = { length: "length", fillers: "fillers" };

/**
 * How it felt, beside how it was.
 * @param {object|null} reflection
 * @param {object} report its view
 */
function howItFelt(reflection, { figures }) {
  const said = REFLECTION.filter(({ name }) => reflectionWords(name, reflection));
  if (said.length === 0) {
    return nothing;
  }
  return html`<table class="how-it-felt">
    <thead>
      <tr>
        <td></td>
        <th scope="col">How it felt</th>
        <th scope="col">How it was</th>
      </tr>
    </thead>
    <tbody>
      ${said.map(({ name, question }) => {
        const figure = figures.find((one) => one.figure === BESIDE[name]);
        return html`<tr>
          <th scope="row">${question}</th>
          <td class="own-said">${reflectionWords(name, reflection)}</td>
          <td>${figure?.summary ?? ""}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
