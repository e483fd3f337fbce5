// All answers: newest first, by day; of a session, with a tag, or with words that were said in them.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { addressOf, readAddress, answerRow, titleOf } from "../answers/answer-row.js";
import { AnswerList, answerFilters, answerSkeleton, answerDays, noAnswers, noneFits } from "../answers/answer-list.js";
import { searchCount, searchField, searchResults, TranscriptSearch } from "../answers/search.js";
import { askForTags } from "../answers/tags-dialog.js";
import { listen } from "../events.js";
import { announce, problemNotice } from "../components/notices.js";
import { confirm } from "../components/dialog.js";
import { finishUnfinished } from "../components/work-state.js";
import { countWords } from "../format/time.js";
import { listenToTimeLeft } from "../time-left.js";

export function openAnswers(container) {
  const page = new Answers(container);
  return () => page.close();
}

class Answers {
  #sessions = [];
  #tags = [];
  /** @type {unknown} */
  #problem = null;
  /** Ids of recordings that are being finished. */
  #finishing = new Set();
  #list;
  #search;
  /** Resolves once the sessions and tags to choose from are here. */
  #choices;

  constructor(container) {
    this.container = container;
    const { words, ...filters } = readAddress();
    this.#list = new AnswerList(filters, () => this.#draw());
    this.#search = new TranscriptSearch(words, () => this.#searched());
    const stopTimes = listenToTimeLeft(() => this.#draw());
    const stop = listen({ answer: (answer) => this.#changed(answer), deleted: (id) => this.#remove(id), connected: () => this.#list.lookAgain() });
    this.close = () => {
      stop();
      stopTimes();
      this.#search.close();
    };
    this.#draw();
    this.#list.load();
    this.#choices = this.#loadChoices();
    if (this.#search.active) {
      this.#search.search();
    }
  }

  async #loadChoices() {
    const none = { items: [] };
    const [sessions, tags] = await Promise.all([api.sessions().catch(() => none), api.tags().catch(() => none)]);
    this.#sessions = sessions.items;
    this.#tags = tags.items;
    this.#draw();
  }

  #changed(answer) {
    this.#search.take(answer);
    this.#list.take(answer);
  }

  #remove(id) {
    this.#search.remove(id);
    this.#list.remove(id);
  }

  #searched() {
    this.#keepAddress();
    this.#draw();
  }

  #keepAddress() {
    history.replaceState(null, "", addressOf({ ...this.#list.filters, words: this.#search.words.trim() }));
  }

  #choose(changes) {
    this.#list = new AnswerList({ ...this.#list.filters, ...changes }, () => this.#draw());
    this.#keepAddress();
    this.#draw();
    this.#list.load();
  }

  async #delete(answer) {
    const yes = await confirm({
      title: `Delete “${answer.title || "this answer"}”?`,
      text: "The recording, its transcript and its report will be deleted. This cannot be undone.",
      yes: "Delete it",
    });
    if (yes && (await this.#attempt(() => api.delete(answer.id)))) {
      this.#remove(answer.id);
      announce("Deleted.");
      this.#focusHeading();
      this.#loadChoices();
    }
  }

  async #deleteSession(session) {
    const yes = await confirm({
      title: `Delete the session “${session.name}”?`,
      text: `Its ${countWords(session.answers, "answer")}, with recordings, transcripts and reports, will be deleted. This cannot be undone.`,
      yes: "Delete all of it",
    });
    if (yes && (await this.#attempt(() => api.deleteSession(session.id)))) {
      await this.#loadChoices();
      this.#choose({ session: "" });
    }
  }

  async #changeTags(answer) {
    await this.#choices;
    const known = [...this.#tags].sort((one, other) => other.answers - one.answers).map(({ tag }) => tag);
    const tags = await askForTags({ title: titleOf(answer), tags: answer.tags, known });
    if (!tags) {
      return;
    }
    await this.#attempt(async () => {
      this.#changed(await api.change(answer.id, { tags }));
      announce("Tags saved.");
    });
    if (!this.#list.items?.some(({ id }) => id === answer.id)) {
      // It has the chosen tag no longer, so its row is gone.
      this.#focusHeading();
    }
    this.#loadChoices();
  }

  /** A recording that was interrupted: with what this browser still has of it, else with what arrived. */
  async #finish(answer) {
    this.#finishing.add(answer.id);
    this.#draw();
    await this.#attempt(async () => this.#changed(await finishUnfinished(answer.id)));
    this.#finishing.delete(answer.id);
    this.#draw();
  }

  /** Resolves to whether it was done; if not, the page says why. */
  async #attempt(action) {
    this.#problem = null;
    try {
      await action();
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
    return this.#problem === null;
  }

  #focusHeading() {
    this.container.querySelector("h1").focus();
  }

  #draw() {
    const problem = this.#problem ?? this.#list.problem;
    render(
      html`
        <div class="answers-head">
          <div class="page-head">
            <h1 tabindex="-1">Answers</h1>
            <p class="facts">
              <span>${this.#list.items ? countWords(this.#list.total, "answer") : "Looking…"}</span>
              <span><a href="/upload" data-page>Upload a recording</a></span>
            </p>
          </div>
          ${this.#search.active ? nothing : this.#filters()}
        </div>
        ${this.#hasNone() ? nothing : searchField(this.#search)}
        <p class="answers-count" role="status">${searchCount(this.#search)}</p>
        ${problem ? problemNotice(problem) : nothing} ${this.#search.active ? searchResults(this.#search) : this.#answers()}
      `,
      this.container,
    );
  }

  #filters() {
    return answerFilters(
      { sessions: this.#sessions, tags: this.#tags, chosen: this.#list.filters },
      { onChoose: (changes) => this.#choose(changes), onDeleteSession: (session) => this.#deleteSession(session) },
    );
  }

  /** Whether there is nothing to search in. */
  #hasNone() {
    const { items, filters } = this.#list;
    return items?.length === 0 && !filters.session && !filters.tag && !this.#search.active;
  }

  #answers() {
    const { items, problem, filters } = this.#list;
    if (!items) {
      return problem ? nothing : answerSkeleton();
    }
    if (items.length === 0) {
      return this.#hasNone() ? noAnswers() : noneFits();
    }
    return answerDays(this.#list, (answer) =>
      answerRow(
        answer,
        { finishing: this.#finishing.has(answer.id), session: filters.session },
        {
          onDelete: () => this.#delete(answer),
          onTags: () => this.#changeTags(answer),
          onRetry: () => this.#attempt(() => api.retry(answer.id)),
          onFinish: () => this.#finish(answer),
        },
      ),
    );
  }
}
