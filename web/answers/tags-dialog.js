// The tags of one answer: looked at, taken off, added.

import { html, render, nothing, repeat } from "../templating.js";
import { LONGEST_TAG, MOST_TAGS, readTags, sameTag } from "../format/time.js";

/** Tags used before that are offered as buttons; the field offers the rest. */
const OFFERED = 8;

/**
 * Ask which tags an answer should have.
 * @param {{title: string, tags: string[], known: string[]}} present `known`: the person's tags, the likeliest first
 * @returns {Promise<string[]|null>} null when nothing is to change
 */
export function askForTags({ title, tags: before, known }) {
  let tags = [...before];
  let said = "";
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  const field = () => /** @type {HTMLInputElement} */ (dialog.querySelector("input"));

  const add = (typed) => {
    const fresh = readTags(typed).filter((tag) => !tags.some((present) => sameTag(present, tag)));
    const fitting = fresh.slice(0, MOST_TAGS - tags.length);
    tags = [...tags, ...fitting];
    said = fitting.length > 0 ? `Added ${fitting.join(", ")}.` : "";
    draw();
  };
  const addTyped = () => {
    add(field().value);
    field().value = "";
    field().focus();
  };
  const remove = (tag) => {
    tags = tags.filter((one) => one !== tag);
    said = `Removed ${tag}.`;
    draw();
    field().focus();
  };
  const pressed = (event) => {
    // With nothing typed, Enter saves as everywhere.
    if (event.key === "Enter" && field().value.trim()) {
      event.preventDefault();
      addTyped();
    }
  };

  const draw = () => {
    const unused = known.filter((tag) => !tags.some((present) => sameTag(present, tag)));
    const full = tags.length >= MOST_TAGS;
    render(
      html`<form method="dialog" class="dialog-body tags-dialog">
        <h2 id="dialog-title">Tags of “${title}”</h2>
        <p class="quiet">A word or two to find this answer again: a school, a kind of station, something you work on.</p>
        ${tags.length > 0
          ? html`<ul class="tags" aria-label="On this answer">
              ${repeat(
                tags,
                (tag) => tag,
                (tag) => html`<li class="tag tag-on">
                  ${tag}<button class="tag-off" type="button" aria-label="Remove ${tag}" @click=${() => remove(tag)}><span aria-hidden="true">×</span></button>
                </li>`,
              )}
            </ul>`
          : nothing}
        <div class="tag-entry">
          <label class="field">
            <span class="field-label">Add a tag</span>
            <input autocomplete="off" maxlength=${LONGEST_TAG} list="dialog-tags" autofocus ?disabled=${full} @keydown=${pressed} />
          </label>
          <button class="button" type="button" ?disabled=${full} @click=${addTyped}>Add</button>
        </div>
        <datalist id="dialog-tags">${unused.map((tag) => html`<option value=${tag}></option>`)}</datalist>
        ${unused.length > 0 && !full
          ? html`<div class="tags" role="group" aria-label="Used before">
              ${unused.slice(0, OFFERED).map((tag) => html`<button class="tag" type="button" aria-label="Add ${tag}" @click=${() => add(tag)}><span aria-hidden="true">+</span> ${tag}</button>`)}
            </div>`
          : nothing}
        <p class="quiet small" role="status">${full ? `${MOST_TAGS} tags are the most that an answer can have.` : said}</p>
        <div class="buttons">
          <button class="button" type="button" @click=${() => dialog.close("no")}>Leave as it was</button>
          <button class="button button-main" value="yes">Save</button>
        </div>
      </form>`,
      dialog,
    );
  };

  draw();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "yes") {
        add(field().value);
      }
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? tags : null);
    });
    dialog.showModal();
  });
}
