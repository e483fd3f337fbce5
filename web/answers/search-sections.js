// The field that searches what was said, and what was found: the words in their place, and the way to hear them.

import { html, nothing, repeat, live } from "../templating.js";
import { playIcon, searchIcon } from "../components/icons.js";
import { problemNotice } from "../components/problem.js";
import { countWords } from "../format/sizes.js";
import { clock } from "../format/time.js";
import { answerBones, showMore } from "./list-sections.js";
import { answerFacts, answerWhat, tagLinks, titleOf, whenWords } from "./row.js";

/** @param {import("./transcript-search.js").TranscriptSearch} search */
export function searchField(search) {
  const clear = (event) => {
    // Its button goes with the words.
    const { form } = event.target;
    search.type("");
    form.querySelector("input").focus();
  };
  const submit = (event) => {
    event.preventDefault();
    if (search.active) {
      search.search();
    }
  };
  const pressed = (event) => {
    if (event.key === "Escape" && search.words) {
      event.preventDefault();
      clear(event);
    }
  };
  return html`<form class="answers-search" role="search" @submit=${submit}>
    <label class="visually-hidden" for="answers-search">Search what you said</label>
    ${searchIcon()}
    <input
      id="answers-search"
      type="search"
      placeholder="Search what you said"
      autocomplete="off"
      enterkeyhint="search"
      maxlength="500"
      .value=${live(search.words)}
      @input=${(event) => search.type(event.target.value)}
      @keydown=${pressed}
    />
    ${search.words ? html`<button class="button button-plain" type="button" aria-label="Clear the search" @click=${clear}>Clear</button>` : nothing}
  </form>`;
}

/** How many, said aloud too. */
export function searchCount(search) {
  if (!search.active || search.problem) {
    return "";
  }
  if (search.items === null) {
    return "Searching…";
  }
  return search.total === 0 ? `Nothing found for “${search.found}”.` : `${countWords(search.total, "answer")} with “${search.found}”`;
}

/** What was found, in place of the list. */
export function searchResults(search) {
  if (search.problem) {
    return problemNotice(search.problem);
  }
  if (search.items === null) {
    return answerBones();
  }
  if (search.items.length === 0) {
    return html`<div class="empty search-empty">
      <p class="lead">
        All the words must be in one answer. Try fewer of them, or another word for the same thing. Endings do not
        matter: “listen” finds “listened”. In “quotes”, words are found side by side.
      </p>
    </div>`;
  }
  return html`<ul class="found-list" aria-busy=${String(search.loading)}>
      ${repeat(search.items, ({ answer }) => answer.id, foundRow)}
    </ul>
    ${search.hasMore ? showMore(search.items.length, search.total, search.loading, () => search.search({ more: true })) : nothing}`;
}

function foundRow({ answer, snippet, moments }) {
  return html`<li class="answer-row found-row">
    ${answerWhat(answer)}
    <div class="found-words">
      <p class="snippet">${snippet.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))}</p>
      ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentLink(answer, moment))}</div>` : nothing}
    </div>
    <div class="answer-about">${answerFacts(answer, whenWords(answer))} ${tagLinks(answer)}</div>
  </li>`;
}

/** To the report, at the time at which the words are said. */
function momentLink(answer, { start, text }) {
  return html`<a class="moment" href="/answers/${answer.id}?at=${start.toFixed(1)}" data-place aria-label="${clock(start)}, “${text}”: listen in ${titleOf(answer)}">
    ${playIcon()}${clock(start)}
  </a>`;
}
