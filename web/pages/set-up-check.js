// The set-up check: what can be measured is measured, the rest is asked; each item keeps when it was last looked at.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { announce, problemNotice } from "../components/notices.js";
import { contactOfCheck } from "../prepare/set-up/contact.js";
import { CameraPanel } from "../prepare/set-up/camera.js";
import { readBattery, tryWakeLock } from "../prepare/set-up/device.js";
import { itemRow } from "../prepare/set-up/item-row.js";
import { MicrophoneTest } from "../prepare/set-up/microphone.js";
import { SpeedFields } from "../prepare/set-up/speed.js";
import { Stills } from "../prepare/set-up/stills.js";
import { html, nothing, render } from "../templating.js";

export function openSetUpCheck(container) {
  const page = new SetUpCheck(container);
  return () => page.close();
}

class SetUpCheck {
  /** @type {any} null until it is here */
  #check = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #inOrder = inOrder();
  #microphone = new MicrophoneTest((figures) => this.#measured("microphone", figures));
  #stills = new Stills();
  #camera = new CameraPanel({
    picture: (figures) => this.#measured("camera", figures),
    light: (figures) => this.#measured("light", figures),
    still: (picture, note) => this.#stills.add(picture, note),
  });
  #speed = new SpeedFields((figures) => this.#measured("speed", figures));

  constructor(container) {
    this.container = container;
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#microphone.close();
    this.#camera.close();
  }

  #load() {
    return this.#after(() => api.setUpCheck());
  }

  #measured(item, value) {
    return this.#keep(item, { value });
  }

  async #keep(id, checked) {
    await this.#after(() => api.setUpItem(id, checked));
    const item = this.#check?.items.find((each) => each.id === id);
    if (item && !this.#problem) {
      announce(`${item.what}: ${item.state_words}. ${item.words ?? ""}`);
    }
  }

  async #after(action) {
    try {
      this.#check = await this.#inOrder(action);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (this.#closed) {
      return;
    }
    this.#speed.show(this.#check?.items.find(({ id }) => id === "speed")?.value);
    render(
      html`<div class="set-up">
        <div class="page-head">
          <a class="quiet" href="/prepare" data-page>Prepare</a>
          <h1>Set-up check</h1>
          <p class="lead">
            ${this.#check ? html`<span class="set-up-progress">${this.#check.progress_words}</span>` : html`<span class="skeleton set-up-skeleton" aria-hidden="true"></span>`}
          </p>
          <p class="quiet">What you do here is kept, so you can stop and go on later. Nothing leaves this machine.</p>
        </div>
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${this.#check ? this.#check.groups.map((group) => this.#group(group)) : skeleton()}
      </div>`,
      this.container,
    );
  }

  #group(group) {
    const heading = html`<h2 id=${`set-up-${group.id}`} class="section-title">${group.name}</h2>
      <span class="quiet small">${group.progress_words}</span>`;
    if (group.folded) {
      return html`<details class="set-up-group fold">
        <summary>${heading}</summary>
        ${this.#inside(group)}
      </details>`;
    }
    return html`<section class="set-up-group" aria-labelledby=${`set-up-${group.id}`}>
      <div class="set-up-head">${heading}</div>
      ${this.#inside(group)}
    </section>`;
  }

  #inside(group) {
    const items = this.#check.items.filter((item) => item.group === group.id);
    return html`${group.summary ? html`<p class="quiet set-up-summary">${group.summary}</p>` : nothing}
      ${group.id === "picture" ? this.#camera.element : nothing}
      <ul class="set-up-items">
        ${items.map((item) => itemRow(item, { answer: (asked, answer) => this.#keep(asked.id, { answer }), extra: (of) => this.#extra(of) }))}
      </ul>
      ${group.id === "picture" ? this.#stills.element : nothing} ${group.id === "backup" ? contactOfCheck(this.#check.coordinator) : nothing}
      ${group.id === "group"
        ? html`<p class="set-up-links"><a href="/prepare/questions-to-ask" data-page>Choose questions to ask</a></p>`
        : nothing}`;
  }

  /** What is done at an item besides an answer. */
  #extra({ id }) {
    switch (id) {
      case "microphone":
        return this.#microphone.element;
      case "speed":
        return this.#speed.element;
      case "battery":
        return measureButton("Read the battery", async () => this.#measured("battery", await readBattery()));
      case "screen":
        return measureButton("Try it", async () => this.#measured("screen", await tryWakeLock()));
      default:
        return nothing;
    }
  }
}

const measureButton = (words, measure) => html`<button class="button" type="button" @click=${measure}>${words}</button>`;

function skeleton() {
  return html`<div class="set-up-waiting" aria-hidden="true">
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}
