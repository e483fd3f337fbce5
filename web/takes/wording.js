// What both takes say, side by side. The lesser part is marked: what was said differently in takes that are
// much alike, what was said in the same words in takes that are not.

import { html, nothing } from "../templating.js";
import { SIDES, takeName } from "../format/takes.js";

/** Sentences of a passage that was said otherwise in one line; of all of a long answer no eye finds its way. */
const SENTENCES_A_LINE = 3;

const MARKED = {
  changed: { words: "is what was said differently.", heard: "Differently: " },
  same: { words: "is what was said in the same words.", heard: "In the same words: " },
};

const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * @param {object} wording of the comparison
 * @param {[object, object]} takes
 * @param {import("./pair.js").Pair} pair
 */
export function comparedWording(wording, takes, pair) {
  const lines = linesOf(wording.passages);
  const marked = markedKind(wording);
  const first = [0, 1].map((place) => lines.flatMap(({ sides }) => sides[place])[0]);
  return html`<section aria-labelledby="wording-title">
    <h2 id="wording-title" class="section-title">What was said</h2>
    <p class="wording-share">${wording.sentence}</p>
    ${wording.hint ? html`<p class="takes-how">${wording.hint}</p>` : nothing}
    ${lines.length > 0
      ? html`<p class="quiet small takes-how">
            ${marked ? html`<span class="said-marked">Underlined</span> ${MARKED[marked].words} ` : nothing}Press a passage to hear it. Fillers are left out.
          </p>
          <div class=${marked === "changed" ? "wording wording-alike" : "wording"} role="group" aria-label="Both takes, line by line. Arrow keys go from passage to passage within a take, Enter plays." @keydown=${pressed}>
            <div class="wording-line wording-heads" aria-hidden="true">
              ${takes.map((take, place) => html`<p class="takes-side"><span class="side-letter">${SIDES[place]}</span> ${takeName(take)}</p>`)}
            </div>
            ${lines.map(
              ({ sides }) => html`<div class="wording-line">
                ${sides.map(
                  (said, place) => html`<p data-side=${SIDES[place]}>
                    <span class="side-letter wording-side" aria-hidden="true">${SIDES[place]}</span>
                    <span class="visually-hidden">${takeName(takes[place])}:</span>
                    ${said.length > 0
                      ? said.map((piece) => pieceOf(piece, place, piece === first[place], marked, pair))
                      : html`<span class="quiet wording-nothing" aria-hidden="true">–</span><span class="visually-hidden">nothing here</span>`}
                  </p>`,
                )}
              </div>`,
            )}
          </div>`
      : nothing}
  </section>`;
}

/** The kind of passage that is marked; null where all of it is of one kind. */
function markedKind({ same_share: share, passages }) {
  const kinds = new Set(passages.map(({ kind }) => kind));
  if (kinds.size < 2) {
    return null;
  }
  return share !== null && share >= 0.5 ? "changed" : "same";
}

/** Passages in lines: a new one begins where a sentence is over in both takes. */
function linesOf(passages) {
  const lines = [];
  /** @type {any} */
  let line = null;
  const add = (kind, sides, closes) => {
    if (!line) {
      line = { sides: [[], []] };
      lines.push(line);
    }
    sides.forEach((said, place) => line.sides[place].push(...said.map((piece) => ({ ...piece, kind }))));
    line = closes ? null : line;
  };
  for (const { kind, first, second, closes } of passages) {
    const most = Math.max(first.length, second.length);
    for (let from = 0; from < most; from += SENTENCES_A_LINE) {
      const upTo = from + SENTENCES_A_LINE;
      add(kind, [first.slice(from, upTo), second.slice(from, upTo)], upTo < most || closes);
    }
  }
  return lines;
}

function pieceOf(piece, place, isFirst, marked, pair) {
  const mark = piece.kind === marked;
  const play = (event) => pair.play(place, piece, event.currentTarget);
  return html`<span class=${mark ? "said said-marked" : "said"} role="button" tabindex=${isFirst ? "0" : "-1"} @click=${(event) => selecting() || play(event)} @keydown=${(event) => isPress(event) && play(event)}
      >${mark ? html`<span class="visually-hidden">${MARKED[marked].heard}</span>` : nothing}${piece.text}</span
    > `;
}

/** Selecting text to copy it is no wish to hear it. */
const selecting = () => getSelection()?.isCollapsed === false;

function isPress(event) {
  const press = event.key === "Enter" || event.key === " ";
  if (press) {
    event.preventDefault();
  }
  return press;
}

/** From passage to passage of one take; only one of each take is in the order of Tab. */
function pressed(event) {
  const piece = event.target.closest(".said");
  if (!piece) {
    return;
  }
  const side = piece.closest("[data-side]").dataset.side;
  const all = [...event.currentTarget.querySelectorAll(`[data-side="${side}"] .said`)];
  const targets = { Home: all[0], End: all.at(-1) };
  const target = targets[event.key] ?? (event.key in KEYS ? all[all.indexOf(piece) + KEYS[event.key]] : null);
  if (target || event.key in KEYS) {
    event.preventDefault();
  }
  if (target) {
    all.forEach((each) => each.setAttribute("tabindex", each === target ? "0" : "-1"));
    target.focus();
  }
}
