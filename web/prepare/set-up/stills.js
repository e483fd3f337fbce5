// Stills of oneself: the last one beside the one before, older ones folded. They stay on this machine.

import { addresses, api } from "../../api.js";
import { confirm } from "../../components/dialog.js";
import { binIcon } from "../../components/icons.js";
import { announce, problemNotice } from "../../components/notices.js";
import { html, nothing, render } from "../../templating.js";

/** As many as stand beside each other. */
const COMPARED = 2;

export class Stills {
  /** @type {any[]} */
  #stills = [];
  /** @type {unknown} */
  #problem = null;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "stills";
    this.#draw();
    this.#load();
  }

  /** @param {Blob} picture @param {string} note */
  async add(picture, note) {
    const still = await api.keepStill(picture, note);
    this.#stills = [still, ...this.#stills];
    this.#draw();
  }

  async #load() {
    try {
      this.#stills = (await api.stills()).items;
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #delete(still) {
    const yes = await confirm({ title: "Delete this still?", text: "It is kept nowhere else.", yes: "Delete it" });
    if (!yes) {
      return;
    }
    try {
      await api.deleteStill(still.id);
      this.#stills = this.#stills.filter(({ id }) => id !== still.id);
      this.#problem = null;
      announce("The still is deleted.");
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    const [compared, older] = [this.#stills.slice(0, COMPARED), this.#stills.slice(COMPARED)];
    render(
      html`${this.#problem ? problemNotice(this.#problem) : nothing}
        ${compared.length > 0
          ? html`<h3>Your stills</h3>
              <p class="quiet small">They are kept on this machine only, and they are part of the export.</p>
              <div class="still-list">${compared.map((still) => this.#still(still))}</div>`
          : nothing}
        ${older.length > 0
          ? html`<details class="fold still-older">
              <summary>Older stills</summary>
              <div class="still-list">${older.map((still) => this.#still(still))}</div>
            </details>`
          : nothing}`,
      this.element,
    );
  }

  #still(still) {
    const { id, note, taken_words: taken } = still;
    return html`<figure class="still">
      <img src=${addresses.still(id)} alt=${note ? `Still: ${note}` : "Still"} loading="lazy" />
      <figcaption>
        <span>${note ? html`<strong>${note}</strong><br />` : nothing}<span class="quiet small">${taken}</span></span>
        <button class="button button-plain button-delete" type="button" @click=${() => this.#delete(still)}>${binIcon()} Delete<span class="visually-hidden"> ${note ?? "this still"}</span></button>
      </figcaption>
    </figure>`;
  }
}
