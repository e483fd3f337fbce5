// All answers: newest first, by day, a session at a time if wished.

import { html, render, nothing, repeat, live } from "../templating.js";
import { api } from "../api.js";
import { listen } from "../live/events.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/dialog.js";
import { problemNotice } from "../parts/problem.js";
import { finishUnfinished } from "../practice/finish-unfinished.js";
import { errorWords, isWorthAnotherTry } from "../words/errors.js";
import { isUnderWay, progressShare, progressWords } from "../words/progress.js";
import { countWords } from "../words/sizes.js";
import { clock, dayWords, timeOfDay } from "../words/time.js";

export function openAnswers(room) {
  const page = new Answers(room);
  return () => page.close();
}

class Answers {
  #items = null;
  #next = null;
  #total = 0;
  #sessions = [];
  #session = new URLSearchParams(location.search).get("session") ?? "";
  #problem = null;
  #loading = false;
  /** Ids of recordings that are being finished. */
  #finishing = new Set();

  constructor(room) {
    this.room = room;
    this.close = listen({ answer: (answer) => this.#changed(answer), deleted: (id) => this.#remove(id) });
    this.#draw();
    this.#load();
    this.#loadSessions();
  }

  async #load({ more = false } = {}) {
    this.#loading = true;
    const session = this.#session;
    try {
      const page = await api.answers({ session, cursor: more ? this.#next : undefined });
      if (session !== this.#session) {
        return;
      }
      const known = more ? this.#items : [];
      const ids = new Set(known.map(({ id }) => id));
      this.#items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
      this.#next = page.next;
      this.#total = page.total;
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#loading = false;
    this.#draw();
  }

  async #loadSessions() {
    this.#sessions = (await api.sessions().catch(() => ({ items: [] }))).items;
    this.#draw();
  }

  #changed(answer) {
    if (!this.#items) {
      return;
    }
    const at = this.#items.findIndex(({ id }) => id === answer.id);
    if (at >= 0) {
      this.#items[at] = answer;
    } else if (!this.#session || answer.session?.id === this.#session) {
      const newest = this.#items[0];
      if (!newest || answer.created_at >= newest.created_at) {
        this.#items.unshift(answer);
        this.#total += 1;
      }
    }
    this.#draw();
  }

  #remove(id) {
    if (this.#items?.some((answer) => answer.id === id)) {
      this.#items = this.#items.filter((answer) => answer.id !== id);
      this.#total -= 1;
      this.#draw();
    }
  }

  #choose(session) {
    this.#session = session;
    this.#items = null;
    history.replaceState(null, "", session ? `/answers?session=${encodeURIComponent(session)}` : "/answers");
    this.#draw();
    this.#load();
  }

  async #delete(answer) {
    const yes = await confirm({
      title: `Delete “${answer.title || "this answer"}”?`,
      text: "The recording, its transcript and its report go for good.",
      yes: "Delete it",
    });
    if (yes) {
      await this.#attempt(() => api.delete(answer.id));
      this.#remove(answer.id);
      announce("Deleted.");
      this.room.querySelector("h1").focus();
    }
  }

  async #deleteSession() {
    const session = this.#sessions.find(({ id }) => id === this.#session);
    const yes = await confirm({
      title: `Delete the session “${session.name}”?`,
      text: `Its ${countWords(session.answers, "answer")}, with recordings, transcripts and reports, go for good.`,
      yes: "Delete all of it",
    });
    if (yes) {
      await this.#attempt(() => api.deleteSession(session.id));
      await this.#loadSessions();
      this.#choose("");
    }
  }

  /** A recording that was interrupted: with what this browser still has of it, else with what arrived. */
  async #finish(answer) {
    this.#finishing.add(answer.id);
    this.#draw();
    await this.#attempt(async () => this.#changed(await finishUnfinished(answer.id)));
    this.#finishing.delete(answer.id);
    this.#draw();
  }

  async #attempt(action) {
    try {
      await action();
    } catch (error) {
      this.#problem = error;
      this.#draw();
    }
  }

  #draw() {
    render(
      html`
        <div class="answers-head">
          <div class="place-head">
            <h1 tabindex="-1">Answers</h1>
            <p class="facts">
              <span>${this.#items ? countWords(this.#total, "answer") : "Looking…"}</span>
              <span><a href="/hand-in" data-place>Hand in a recording</a></span>
            </p>
          </div>
          ${this.#filter()}
        </div>
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${this.#list()}
      `,
      this.room,
    );
  }

  #filter() {
    if (this.#sessions.length === 0) {
      return nothing;
    }
    return html`<div class="answers-filter">
      <label class="visually-hidden" for="session-filter">Session</label>
      <select id="session-filter" class="select" .value=${live(this.#session)} @change=${(event) => this.#choose(event.target.value)}>
        <option value="" ?selected=${!this.#session}>All sessions</option>
        ${this.#sessions.map(
          ({ id, name, answers }) => html`<option value=${id} ?selected=${id === this.#session}>${name} (${answers})</option>`,
        )}
      </select>
      ${this.#session && this.#sessions.some(({ id }) => id === this.#session)
        ? html`<a class="button" href="/sessions/${encodeURIComponent(this.#session)}" data-place>Session report</a>
            <button class="button button-plain" type="button" @click=${() => this.#deleteSession()}>Delete session</button>`
        : nothing}
    </div>`;
  }

  #list() {
    if (!this.#items) {
      return this.#problem ? nothing : skeleton();
    }
    if (this.#items.length === 0) {
      return empty();
    }
    return html`
      ${repeat(
        [...byDay(this.#items)],
        ([day]) => day,
        ([day, answers]) => html`<section class="answers-day">
          <h2>${day}</h2>
          <ul>
            ${repeat(answers, ({ id }) => id, (answer) => this.#row(answer))}
          </ul>
        </section>`,
      )}
      ${this.#next
        ? html`<div class="answers-more">
            <button class="button" type="button" ?disabled=${this.#loading} @click=${() => this.#load({ more: true })}>Show more</button>
            <span class="quiet small">${this.#items.length} of ${this.#total}</span>
          </div>`
        : nothing}
    `;
  }

  #row(answer) {
    const title = titleOf(answer);
    return html`<li class="answer-row">
      <div class="answer-what">
        <a class="answer-title" href="/answers/${answer.id}" data-place>${title}</a>
        ${answer.question && answer.question !== title ? html`<p class="quiet">${answer.question}</p>` : nothing}
      </div>
      <div class="answer-state">${this.#state(answer)}</div>
      <div class="facts answer-facts">
        <time datetime=${answer.created_at}>${timeOfDay(answer.created_at)}</time>
        ${answer.take ? html`<span>take ${answer.take}</span>` : nothing}
        ${answer.format && !answer.session?.name.startsWith(answer.format.name) ? html`<span>${answer.format.name}</span>` : nothing}
        ${answer.duration ? html`<span>${clock(answer.duration)} long</span>` : nothing}
        ${answer.session ? html`<span>${answer.session.name}</span>` : nothing}
      </div>
      <button class="button button-plain answer-delete" type="button" aria-label="Delete ${title}" @click=${() => this.#delete(answer)}>Delete</button>
    </li>`;
  }

  #state(answer) {
    if (answer.work.state === "failed") {
      return html`<p><strong>${errorWords(answer.work.error).title}</strong></p>
        ${isWorthAnotherTry(answer.work.error)
          ? html`<button class="button button-plain" type="button" @click=${() => this.#attempt(() => api.retry(answer.id))}>Try again</button>`
          : nothing}`;
    }
    if (answer.work.state === "ready") {
      return html`<p>${answer.summary?.headline ?? ""}</p>`;
    }
    if (answer.intake === "interrupted" && answer.source === "recording") {
      return html`<p>${progressWords(answer)}</p>
        <button class="button" type="button" aria-label="Finish ${titleOf(answer)}" ?disabled=${this.#finishing.has(answer.id)} @click=${() => this.#finish(answer)}>
          ${this.#finishing.has(answer.id) ? "Finishing…" : "Finish it"}
        </button>`;
    }
    const share = progressShare(answer);
    return html`<p class="quiet">${progressWords(answer)}</p>
      ${isUnderWay(answer) && share !== null
        ? html`<div class="progress" aria-hidden="true"><div class="progress-done" .style=${`width: ${share * 100}%`}></div></div>`
        : nothing}`;
  }
}

const titleOf = (answer) => answer.title || answer.question || "Untitled answer";

function byDay(items) {
  const days = new Map();
  for (const answer of items) {
    const day = dayWords(answer.created_at);
    days.set(day, [...(days.get(day) ?? []), answer]);
  }
  return days;
}

function empty() {
  return html`<div class="empty">
    <h2>Your answers will be here.</h2>
    <p class="lead">Each with its length, its pace, its pauses and fillers, and the words you said. Start with one question.</p>
    <div class="buttons">
      <a class="button button-main button-large" href="/" data-place>Practise a question</a>
      <a class="button button-large" href="/hand-in" data-place>Hand in a recording</a>
    </div>
  </div>`;
}

function skeleton() {
  return html`<ul class="answers-bones" aria-hidden="true">
    ${[0, 1, 2, 3, 4].map(() => html`<li class="answer-row"><div class="bone bone-title"></div><div class="bone"></div></li>`)}
  </ul>`;
}
