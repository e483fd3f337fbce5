// All takes of one question, two of them side by side.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { listen } from "../events.js";
import { problemNotice } from "../components/notices.js";
import { notThere } from "../report/sections.js";
import { skeleton } from "../components/work-state.js";
import { setPageTitle } from "../router.js";
import { chosenPair, firstPair } from "../format/takes.js";
import { takesTable, comparedMeasures } from "../takes/tables.js";
import { Pair, bestStretches } from "../takes/pair.js";
import { comparedWording } from "../takes/wording.js";
import { countWords } from "../format/time.js";

/** Milliseconds: news of several answers at once lead to one look. */
const GATHER = 300;

export function openTakes(container, id) {
  const page = new TakesPage(container, id, new URLSearchParams(location.search).get("with"));
  return () => page.close();
}

class TakesPage {
  /** @type {any} */
  #list = null;
  /** @type {any} */
  #pair = null;
  /** @type {any} */
  #comparison = null;
  /** @type {unknown} */
  #problem = null;
  #players = new Pair();
  #timer = 0;
  #closed = false;

  constructor(container, id, other) {
    this.container = container;
    this.id = id;
    this.asked = [id, other].filter(Boolean);
    const stop = listen({
      answer: (answer) => this.#concerns(answer) && this.#soon(),
      deleted: (gone) => this.#has(gone) && this.#soon(),
    });
    this.close = () => {
      this.#closed = true;
      clearTimeout(this.#timer);
      stop();
      this.#players.close();
    };
    this.#draw();
    this.#load();
  }

  #has(id) {
    return this.#list?.takes.some(({ answer }) => answer === id);
  }

  #concerns({ id, question }) {
    return this.#has(id) || (question !== null && question === this.#list?.question);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), GATHER);
  }

  async #load() {
    try {
      // The take of this address may have been deleted meanwhile; any other one knows its question.
      const left = this.#list?.takes.map(({ answer }) => answer) ?? [];
      this.#list = await firstThatIsThere([this.id, ...left], api.takes);
      this.#problem = null;
      setPageTitle(`Takes: ${this.#list.question ?? "no question"}`);
      const kept = this.#pair && firstPair(this.#list.takes, this.#pair);
      await this.#compare(kept ?? firstPair(this.#list.takes, this.asked));
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  /** @param {[string, string]|null} pair */
  async #compare(pair) {
    this.#pair = pair;
    if (pair) {
      this.#players.show(this.#pairOfTakes());
      this.#draw();
      const comparison = await api.comparison(...pair);
      // Another pair may have been chosen meanwhile.
      if (this.#pair === pair) {
        this.#comparison = comparison;
      }
    } else {
      this.#comparison = null;
    }
  }

  #pairOfTakes() {
    return this.#pair.map((id) => this.#list.takes.find(({ answer }) => answer === id));
  }

  async #choose(side, id) {
    const pair = chosenPair(this.#pair, side, id, this.#list.takes);
    const [first, second] = pair.map(encodeURIComponent);
    history.replaceState(null, "", `/answers/${first}/takes?with=${second}`);
    try {
      await this.#compare(pair);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="report takes">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    const list = this.#list;
    if (!list) {
      return this.#problem ? notThere(this.#problem) : skeleton();
    }
    return html`
      <header class="report-head">
        <h1>${list.question ?? "Takes"}</h1>
        ${list.takes.length > 1 ? html`<div class="facts"><span>${countWords(list.takes.length, "take")}</span></div>` : nothing}
        ${list.question && list.takes.length > 1 ? html`<div class="buttons">${this.#again("button")}</div>` : nothing}
      </header>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${list.takes.length > 1
        ? html`${this.#difference()} ${takesTable(list, this.#pair, (side, id) => this.#choose(side, id))} ${this.#sideBySide()}`
        : this.#alone(list)}
    `;
  }

  /** The comparison of the two that are chosen; null until it has come. */
  get #fitting() {
    const comparison = this.#comparison;
    return this.#pair && comparison?.first === this.#pair[0] && comparison?.second === this.#pair[1] ? comparison : null;
  }

  /** What differs comes first. */
  #difference() {
    if (!this.#pair || this.#problem) {
      return nothing;
    }
    return this.#fitting
      ? comparedMeasures(this.#fitting, this.#pairOfTakes())
      : html`<div class="takes-differs" aria-hidden="true"><div class="skeleton takes-difference-skeleton"></div></div>`;
  }

  #sideBySide() {
    if (!this.#pair) {
      return html`<p class="lead">Two takes are shown here side by side as soon as two of them have a report. You do not need to reload this page.</p>`;
    }
    const pictures = this.#players.pictures;
    const takes = this.#pairOfTakes();
    const comparison = this.#fitting;
    return html`
      ${pictures.some(Boolean) ? html`<div class="takes-pictures">${pictures.map((picture) => html`<div>${picture ?? nothing}</div>`)}</div>` : nothing}
      ${this.#players.element}
      ${comparison
        ? html`${bestStretches(comparison, takes, this.#players)} ${comparedWording(comparison.wording, takes, this.#players)}`
        : this.#problem
          ? nothing
          : skeleton()}
    `;
  }

  /** With one take there is nothing to compare yet. */
  #alone({ question, takes }) {
    const report = html`<a class="button" href="/answers/${encodeURIComponent(takes[0].answer)}" data-page>Back to its report</a>`;
    if (!question) {
      return html`<div class="empty">
        <h2>This answer has no question.</h2>
        <p class="lead">Takes are answers to the same question. Add a question to this answer on its report.</p>
        <div class="buttons">${report}</div>
      </div>`;
    }
    return html`<div class="empty">
      <h2>There is one take so far.</h2>
      <p class="lead">
        Answer this question again to compare both takes here. You will see what differs, what you said in other words,
        and the best part of each.
      </p>
      <div class="buttons">${this.#again("button button-main")} ${report}</div>
    </div>`;
  }

  #again(kind) {
    return html`<a class=${kind} href="/?again=${encodeURIComponent(this.#list.takes.at(-1).answer)}" data-page>Practise again</a>`;
  }
}

/** What the first of these ids that is still there answers with. */
async function firstThatIsThere(ids, ask) {
  for (const id of ids.slice(0, -1)) {
    try {
      return await ask(id);
    } catch (error) {
      if (error.code !== "not_found") {
        throw error;
      }
    }
  }
  return ask(ids.at(-1));
}
