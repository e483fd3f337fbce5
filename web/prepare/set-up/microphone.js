// The microphone, tested as it is before a take: three seconds of speech, then listening to them.

import { announce } from "../../components/notices.js";
import { playIcon, stopIcon } from "../../components/icons.js";
import { recordingErrorWords } from "../../format/errors.js";
import { LevelBar } from "../../practice/monitor.js";
import { preferences, remember } from "../../practice/preferences.js";
import { checkMicrophone } from "../../recording/microphone-check.js";
import { listMicrophones, openCapture } from "../../recording/microphone.js";
import { html, nothing, render } from "../../templating.js";

const TEST_SECONDS = 3;

export class MicrophoneTest {
  #testing = false;
  /** @type {any} */
  #capture = null;
  /** @type {LevelBar|null} */
  #bar = null;
  /** @type {any} what was heard last */
  #heard = null;
  #microphones = [];
  #used = "";
  /** @type {unknown} */
  #problem = null;
  #sound = new Audio();
  #closed = false;

  /** @param {(figures: object) => void} keep */
  constructor(keep) {
    this.keep = keep;
    this.element = document.createElement("div");
    this.element.className = "set-up-microphone";
    for (const name of ["play", "pause", "ended"]) {
      this.#sound.addEventListener(name, () => this.#draw());
    }
    this.#draw();
  }

  close() {
    this.#closed = true;
    this.#sound.pause();
    this.#heard?.release();
    this.#letGo();
  }

  async #test() {
    if (this.#testing) {
      return;
    }
    this.#testing = true;
    this.#problem = null;
    this.#sound.pause();
    this.#draw();
    try {
      const capture = await openCapture({ deviceId: preferences().microphone ?? undefined });
      this.#capture = capture;
      if (this.#closed) {
        return;
      }
      this.#used = capture.deviceName;
      this.#bar = new LevelBar(capture.stream);
      this.#draw();
      announce("Speak now.");
      const heard = await checkMicrophone(capture, { seconds: TEST_SECONDS });
      if (this.#closed) {
        heard.release();
        return;
      }
      this.#heard?.release();
      this.#heard = heard;
      this.#sound.src = heard.url;
      remember({ checked: true });
      this.keep(heard.figures);
      this.#microphones = await listMicrophones().catch(() => []);
    } catch (error) {
      this.#problem = error;
    } finally {
      this.#testing = false;
      this.#letGo();
      this.#draw();
    }
  }

  #letGo() {
    this.#bar?.close();
    this.#bar = null;
    this.#capture?.close();
    this.#capture = null;
  }

  #toggle() {
    if (this.#sound.paused) {
      this.#sound.currentTime = 0;
      this.#sound.play().catch(() => this.#draw());
    } else {
      this.#sound.pause();
    }
  }

  #draw() {
    if (this.#closed) {
      return;
    }
    const words = this.#problem ? recordingErrorWords(this.#problem) : null;
    render(
      html`${this.#bar?.element ?? nothing}
        <div class="buttons">
          <button class="button" type="button" aria-disabled=${String(this.#testing)} @click=${() => this.#test()}>
            ${this.#testing ? (this.#bar ? "Listening… speak now" : "Opening the microphone…") : this.#heard ? "Test again" : "Test the microphone"}
          </button>
          ${this.#heard && !this.#testing
            ? html`<button class="button" type="button" @click=${() => this.#toggle()}>
                ${this.#sound.paused ? playIcon() : stopIcon()} ${this.#sound.paused ? "Listen to the test" : "Stop"}
              </button>`
            : nothing}
        </div>
        ${this.#microphones.length > 1
          ? html`<label class="field">
              <span class="field-label">Microphone</span>
              <select @change=${(event) => remember({ microphone: event.target.value })}>
                ${this.#microphones.map(({ id, name }) => html`<option value=${id} ?selected=${name === this.#used}>${name}</option>`)}
              </select>
            </label>`
          : nothing}
        ${words ? html`<div class="notice" role="alert"><strong>${words.title}</strong> ${words.text}</div>` : nothing}`,
      this.element,
    );
  }
}
