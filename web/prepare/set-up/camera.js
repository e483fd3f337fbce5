// The camera with a guide to put oneself into: its picture, its light, and stills to compare an outfit with the last one.

import { announce } from "../../components/notices.js";
import { recordingErrorWords } from "../../format/errors.js";
import { RecordingError } from "../../recording/errors.js";
import { html, nothing, render, svg } from "../../templating.js";
import { countFrames, listCameras, openCamera, pictureOf, stillOf } from "./camera-stream.js";
import { EYES, HEAD, measureLight, middleOf, SHEET, unitOf } from "./picture.js";

/** Seconds over which pictures are counted. */
const COUNTED = 3;
/** Seconds to pick the sheet up after the button was pressed. */
const COUNTDOWN = 3;
/** Pictures in which light is measured, and milliseconds between two of them. */
const MEASUREMENTS = 7;
const BETWEEN = 120;

const WORDS = {
  permission_refused: {
    title: "Greenroom may not use the camera.",
    text: "Allow the camera for this page, then try again. The browser asks beside the address, or in its settings.",
  },
  no_camera: { title: "No camera was found.", text: "Connect one or turn it on, then try again." },
  microphone_busy: {
    title: "The camera cannot be used now.",
    text: "Perhaps another program uses it. Close that program, then try again.",
  },
  device_lost: { title: "The camera was disconnected.", text: "Connect it again, then open it." },
};

export class CameraPanel {
  /** @type {MediaStream|null} */
  #stream = null;
  #video = document.createElement("video");
  #cameras = [];
  /** @type {""|"opening"|"counting"|"measuring"|"still"} */
  #busy = "";
  #seconds = 0;
  #note = "";
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  /**
   * @param {object} keep
   * @param {(figures: object) => void} keep.picture told what the camera gives
   * @param {(figures: object) => void} keep.light
   * @param {(picture: Blob, note: string) => Promise<unknown>} keep.still
   */
  constructor(keep) {
    this.keep = keep;
    this.element = document.createElement("div");
    this.element.className = "camera-panel";
    Object.assign(this.#video, { muted: true, autoplay: true, playsInline: true });
    this.#video.setAttribute("aria-label", "You, as the camera sees you");
    this.#draw();
  }

  close() {
    this.#closed = true;
    this.#letGo();
  }

  #letGo() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
    this.#busy = "";
  }

  async #open(deviceId) {
    this.#letGo();
    this.#busy = "opening";
    this.#problem = null;
    this.#draw();
    try {
      const stream = await openCamera(deviceId);
      if (this.#closed) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      this.#stream = stream;
      const [track] = stream.getVideoTracks();
      track.addEventListener("ended", () => this.#lose(stream), { once: true });
      const size = new Promise((resolve) => this.#video.addEventListener("loadeddata", resolve, { once: true }));
      this.#video.srcObject = stream;
      this.#video.play().catch(() => {
        // A browser that waits for a press: the picture stands still until then.
      });
      await size;
      this.#cameras = await listCameras().catch(() => []);
      await this.#count(stream);
    } catch (error) {
      this.#letGo();
      this.#problem = error;
    }
    this.#draw();
  }

  async #count(stream) {
    this.#busy = "counting";
    this.#draw();
    const counted = await countFrames(this.#video, COUNTED);
    // Another camera may have been opened meanwhile, or this one closed.
    if (this.#stream !== stream) {
      return;
    }
    const { frameRate } = stream.getVideoTracks()[0].getSettings();
    this.#busy = "";
    this.keep.picture({ width: this.#video.videoWidth, height: this.#video.videoHeight, frame_rate: frameRate ?? null, counted });
  }

  #lose(stream) {
    if (this.#stream === stream) {
      this.#letGo();
      this.#problem = new RecordingError("device_lost", { camera: true });
      this.#draw();
    }
  }

  async #measure() {
    const stream = this.#stream;
    if (this.#busy || !stream) {
      return;
    }
    this.#busy = "measuring";
    const before = measureLight(pictureOf(this.#video)).sheet;
    announce(`Hold the sheet in its frame. It is measured in ${COUNTDOWN} seconds.`);
    for (this.#seconds = COUNTDOWN; this.#seconds > 0; this.#seconds -= 1) {
      this.#draw();
      await pause(1000);
    }
    const measured = [];
    while (measured.length < MEASUREMENTS && this.#stream === stream) {
      measured.push(measureLight(pictureOf(this.#video)));
      await pause(BETWEEN);
    }
    if (this.#stream === stream) {
      this.#busy = "";
      this.#draw();
      this.keep.light({ ...middleOf(measured), before });
    }
  }

  async #take() {
    if (this.#busy || !this.#stream) {
      return;
    }
    await this.#keepStill(this.#video);
  }

  async #add(field) {
    const file = field.files?.[0];
    field.value = "";
    if (file) {
      const bitmap = await createImageBitmap(file).catch(() => null);
      if (bitmap) {
        await this.#keepStill(bitmap);
        bitmap.close();
      } else {
        this.#problem = { title: "This file is no picture that can be read.", text: "Nothing was kept. Choose a JPEG, PNG or WebP picture." };
        this.#draw();
      }
    }
  }

  async #keepStill(source) {
    this.#busy = "still";
    this.#problem = null;
    this.#draw();
    try {
      await this.keep.still(await stillOf(source), this.#note);
      this.#note = "";
      announce("The still is kept on this machine.");
    } catch (error) {
      this.#problem = error;
    }
    this.#busy = "";
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`${this.#stream ? this.#opened() : this.#shut()} ${this.#trouble()}`, this.element);
    }
  }

  #shut() {
    return html`<div class="camera-picture camera-shut">${guide(16 / 9, { sheet: false })}</div>
      <div class="buttons">
        <button class="button button-main" type="button" aria-disabled=${String(this.#busy === "opening")} @click=${() => this.#busy || this.#open()}>
          ${this.#busy === "opening" ? "Opening the camera…" : "Open the camera"}
        </button>
        ${this.#picker()}
      </div>`;
  }

  #opened() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const waiting = this.#busy !== "";
    const measuring = this.#busy === "measuring";
    return html`<div class="camera-picture camera-open">
        ${this.#video} ${guide(width && height ? width / height : 16 / 9, { sheet: true, words: !measuring })}
        ${measuring && this.#seconds > 0 ? html`<p class="camera-countdown" aria-hidden="true">${this.#seconds}</p>` : nothing}
      </div>
      <p class="quiet small">You see yourself as in a mirror. Stills show you as others do.</p>
      ${this.#cameras.length > 1
        ? html`<label class="field">
            <span class="field-label">Camera</span>
            <select @change=${(event) => this.#open(event.target.value)}>
              ${this.#cameras.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.#deviceId()}>${name}</option>`)}
            </select>
          </label>`
        : nothing}
      <div class="buttons">
        <button class="button button-main" type="button" aria-disabled=${String(waiting)} @click=${() => this.#measure()}>
          ${this.#busy === "counting" ? "Counting pictures…" : measuring ? "Hold the sheet still…" : "Measure the light"}
        </button>
        <button class="button" type="button" @click=${() => this.#shutDown()}>Close the camera</button>
      </div>
      <div class="camera-still">
        <label class="field">
          <span class="field-label">Note for the next still <span class="quiet">(optional)</span></span>
          <input autocomplete="off" maxlength="100" .value=${this.#note} @change=${(event) => (this.#note = event.target.value)} />
        </label>
        <div class="buttons">
          <button class="button" type="button" aria-disabled=${String(waiting)} @click=${() => this.#take()}>Take a still</button>
          ${this.#picker()}
        </div>
      </div>`;
  }

  #picker() {
    return html`<label class="button camera-add">
      <input class="visually-hidden" type="file" accept="image/jpeg,image/png,image/webp" @change=${(event) => this.#add(event.target)} />
      Add a picture…
    </label>`;
  }

  #deviceId() {
    return this.#stream?.getVideoTracks()[0].getSettings().deviceId;
  }

  #shutDown() {
    this.#letGo();
    this.#draw();
    /** @type {HTMLElement} */ (this.element.querySelector("button")).focus();
  }

  #trouble() {
    const problem = /** @type {any} */ (this.#problem);
    if (!problem) {
      return nothing;
    }
    const words = problem.title ? problem : (WORDS[problem.code] ?? recordingErrorWords(problem));
    return html`<div class="notice" role="alert"><strong>${words.title}</strong> ${words.text}</div>`;
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An oval for the head, a line for the eyes and, to measure light, a frame for the sheet. */
function guide(ratio, { sheet, words = true }) {
  // In hundredths of the guide's unit.
  const unit = unitOf({ width: ratio, height: 1 });
  const [width, height] = [(100 * ratio) / unit, 100 / unit];
  const middle = width / 2;
  const lines = (name) => svg`<ellipse class=${name} cx=${middle} cy=${100 * HEAD.y} rx=${100 * HEAD.across} ry=${100 * HEAD.up}></ellipse>
    <path class=${name} d=${`M${middle - 150 * HEAD.across} ${100 * EYES}H${middle + 150 * HEAD.across}`}></path>
    ${sheet
      ? svg`<rect class=${name} x=${middle - 100 * SHEET.across} y=${100 * SHEET.top} width=${200 * SHEET.across} height=${100 * (SHEET.bottom - SHEET.top)}></rect>`
      : svg`<path class=${name} d=${`M${middle - 42} 100C${middle - 40} 76 ${middle - 22} 70 ${middle - 9} 66M${middle + 42} 100C${middle + 40} 76 ${middle + 22} 70 ${middle + 9} 66`}></path>`}`;
  return html`<svg class="camera-guide" viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    ${lines("guide-under")} ${lines("guide-over")}
    ${sheet && words ? svg`<text x=${middle} y=${50 * (SHEET.bottom + SHEET.top) + 1.2}>white paper here</text>` : nothing}
  </svg>`;
}
