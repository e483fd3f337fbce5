// Which takes are looked at. What is chosen stands in the address, so that a page can be kept.

import { html, nothing, live } from "../templating.js";
import { languageName } from "../format/trends.js";

const TAKES = [
  { id: "first", name: "First takes" },
  { id: "retakes", name: "Retakes" },
];
const TIMING = [
  { id: "timed", name: "Timed" },
  { id: "untimed", name: "Untimed" },
];
/** In the order in which they are shown. */
const NAMES = ["takes", "timing", "kind", "language", "spoken", "session", "tag", "since", "until"];

/** What the address asks for, by name. */
export function filtersFrom(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ""]).filter(([, value]) => value));
}

/** The address of the page with these filters. */
export function addressOf(filters) {
  const query = new URLSearchParams(filters).toString();
  return query ? `/progress?${query}` : "/progress";
}

const counted = (id, name, takes) => ({ id, name: `${name} (${takes})` });

/** Selects that leave a choice: those with one alternative only would say the same as all. */
function selects(choices, chosen) {
  const several = (name, options) => options.length > 1 || chosen[name];
  return [
    { name: "takes", label: "Takes", all: "All takes", options: TAKES },
    { name: "timing", label: "Time limit", all: "Timed or not", options: TIMING },
    { name: "kind", label: "Kind of question", all: "All kinds", options: choices.kinds.map(({ id, name, takes }) => counted(id, name, takes)) },
    { name: "language", label: "First language", all: "All", options: choices.first_languages.map(({ name, takes }) => counted(name, name, takes)) },
    { name: "spoken", label: "Spoken language", all: "All", options: choices.spoken.map(({ code, takes }) => counted(code, languageName(code), takes)) },
    { name: "session", label: "Session", all: "All sessions", options: choices.sessions.map(({ id, name, takes }) => counted(id, name, takes)) },
    { name: "tag", label: "Tag", all: "All tags", options: choices.tags.map(({ tag, takes }) => counted(tag, tag, takes)), alone: true },
  ].filter(({ name, options, alone }) => several(name, options) || (alone && options.length > 0));
}

/**
 * @param {object} choices of the service
 * @param {object} chosen by name
 * @param {{onChange: (chosen: object) => void, shown: boolean, onShow: () => void}} options
 *   `shown`: on narrow pages the row is behind a button until it is asked for
 */
export function filterRow(choices, chosen, { onChange, shown, onShow }) {
  const choose = (name, value) => {
    const { [name]: _, ...rest } = chosen;
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  const count = Object.keys(chosen).length;
  return html`<form class="progress-filters" role="search" aria-label="Which takes" @submit=${(event) => event.preventDefault()}>
    <button class="button filters-show" type="button" aria-expanded=${shown} aria-controls="filters" @click=${onShow}>
      Choose takes${count > 0 ? ` (${count} chosen)` : ""}
    </button>
    <div id="filters" class=${shown ? "filters-row filters-shown" : "filters-row"}>
      ${selects(choices, chosen).map((filter) => select(filter, chosen[filter.name] ?? "", choose))}
      ${day("since", "From", chosen, choose)} ${day("until", "To", chosen, choose)}
      ${count > 0 ? html`<button class="button button-plain filters-all" type="button" @click=${() => onChange({})}>Show all</button>` : nothing}
    </div>
  </form>`;
}

function select({ name, label, all, options }, chosen, choose) {
  const known = options.some(({ id }) => id === chosen) || !chosen;
  const offered = known ? options : [...options, { id: chosen, name: chosen }];
  // Said of each option and not of the list: its value would be set before the option that has it.
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <select name=${name} @change=${(event) => choose(name, event.target.value)}>
      <option value="" .selected=${live(!chosen)}>${all}</option>
      ${offered.map((option) => html`<option value=${option.id} .selected=${live(option.id === chosen)}>${option.name}</option>`)}
    </select>
  </label>`;
}

function day(name, label, chosen, choose) {
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <input type="date" name=${name} .value=${live(chosen[name] ?? "")} @change=${(event) => choose(name, event.target.value)} />
  </label>`;
}
