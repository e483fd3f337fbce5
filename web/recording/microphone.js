// Opens the microphone, and the camera if wanted, with the browser's sound processing off, and tells what was granted.

import { RecordingError } from "./errors.js";

/** Processing for calls changes what is measured: it removes breaths and quiet ends of words, and moves the level. */
const UNPROCESSED = {
  noiseSuppression: false,
  autoGainControl: false,
  echoCancellation: false,
  channelCount: 1,
};

/** Enough to see oneself; a larger picture would only make the recording larger. */
const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" };

/** A microphone that is open. */
export class Capture {
  #listeners = new Set();
  #lost = false;
  #closing = new AbortController();

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.stream = stream;
    this.track = stream.getAudioTracks()[0];
    this.hasPicture = stream.getVideoTracks().length > 0;
    this.deviceName = this.track.label;
    this.granted = grantedBy(this.track.getSettings(), this.hasPicture);
    const { signal } = this.#closing;
    this.track.addEventListener("ended", () => this.#lose(), { signal });
    navigator.mediaDevices.addEventListener("devicechange", () => this.#look(), { signal });
  }

  /** Whether the system or a switch on the microphone keeps its sound back. */
  get muted() {
    return this.track.muted;
  }

  /**
   * Be told once if the microphone goes away; at once if it already has.
   * @param {() => void} listener
   * @returns {() => void} stop
   */
  onLost(listener) {
    if (this.#lost || this.track.readyState === "ended") {
      queueMicrotask(listener);
      return () => {};
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Let go of the microphone and the camera: the browser's sign of recording goes out. */
  close() {
    this.#closing.abort();
    this.#listeners.clear();
    this.stream.getTracks().forEach((track) => track.stop());
  }

  #lose() {
    if (!this.#lost) {
      this.#lost = true;
      [...this.#listeners].forEach((listener) => listener());
    }
  }

  /** Some systems tell of an unplugged device only by the list of what is there. */
  async #look() {
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "audioinput");
    const { deviceId } = this.track.getSettings();
    // Without permission the list has no ids, and says nothing.
    const gone = deviceId && devices.every((device) => device.deviceId !== deviceId) && devices.some((device) => device.deviceId);
    if (gone || devices.length === 0 || this.track.readyState === "ended") {
      this.#lose();
    }
  }
}

/** The API's `capture` object: what the track says is so, null where it does not say. */
function grantedBy(settings, video) {
  // Newer browsers name the kind of echo cancellation where older ones said true.
  const flag = (value) => (value === undefined ? null : Boolean(value));
  return {
    echo_cancellation: flag(settings.echoCancellation),
    noise_suppression: flag(settings.noiseSuppression),
    auto_gain_control: flag(settings.autoGainControl),
    channel_count: settings.channelCount ?? null,
    sample_rate: settings.sampleRate ?? null,
    video,
  };
}

/**
 * Ask for the microphone. The browser may ask the person first.
 * @param {{camera?: boolean, deviceId?: string}} [options] a microphone that is not there any more gives the usual one
 * @returns {Promise<Capture>}
 * @throws {RecordingError} insecure_page, not_supported, permission_refused, no_microphone, microphone_busy, no_camera
 */
export async function openCapture({ camera = false, deviceId } = {}) {
  if (!window.isSecureContext) {
    throw new RecordingError("insecure_page");
  }
  if (!navigator.mediaDevices?.getUserMedia || !mediaType(camera)) {
    throw new RecordingError("not_supported");
  }
  const audio = deviceId ? { ...UNPROCESSED, deviceId: { exact: deviceId } } : UNPROCESSED;
  try {
    return new Capture(await navigator.mediaDevices.getUserMedia({ audio, video: camera ? PICTURE : false }));
  } catch (error) {
    if (deviceId && ["OverconstrainedError", "NotFoundError"].includes(error.name)) {
      return openCapture({ camera });
    }
    throw await explained(error, camera);
  }
}

async function explained(error, camera) {
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return new RecordingError("permission_refused", { cause: error, camera: camera && (await isAllowed("microphone")) });
    case "NotFoundError":
    case "OverconstrainedError":
      return new RecordingError(camera && (await hasMicrophone()) ? "no_camera" : "no_microphone", { cause: error });
    default:
      // NotReadableError, AbortError: it is there, but the system does not give it.
      return new RecordingError("microphone_busy", { cause: error, camera });
  }
}

async function isAllowed(name) {
  try {
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    // Not every browser tells.
    return false;
  }
}

async function hasMicrophone() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some(({ kind }) => kind === "audioinput");
}

/**
 * The microphones to choose from; empty until the person has once allowed one.
 * @returns {Promise<{id: string, name: string}[]>}
 */
export async function listMicrophones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    // Windows lists the usual microphone a second time, as the one for calls.
    .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId && deviceId !== "communications")
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Microphone ${index + 1}` }));
}

// In which form this browser can record. The first that it can write is taken.

// WebM first: it is read while it grows. MP4 as browsers write it is fragmented, and can be too.
const SOUND_TYPES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"];
// VP8 before VP9: it costs a laptop's processor less than half, which the recogniser needs meanwhile.
const PICTURE_TYPES = [
  "video/webm;codecs=vp8,opus",
  "video/webm;codecs=vp9,opus",
  "video/webm",
  "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
  "video/mp4",
];

/** The media type to record in, null where this browser can record none of them. */
export function mediaType(hasPicture) {
  if (typeof MediaRecorder === "undefined") {
    return null;
  }
  return (hasPicture ? PICTURE_TYPES : SOUND_TYPES).find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}
