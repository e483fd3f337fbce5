// The camera alone: opened, its pictures counted, and one of them taken.

import { RecordingError } from "../../recording/errors.js";

/** What meeting programs ask for at most. A camera that has less gives what it has. */
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
/** Pixels across of a still: enough to see a pattern. */
const STILL_WIDTH = 1280;
/** Bytes of a still at most: the service takes no more. */
const LARGEST_STILL = 1024 * 1024;
/** Lines of the picture in which light is measured; noise of single pixels drops out. */
const MEASURED_LINES = 180;

/**
 * @param {string} [deviceId]
 * @returns {Promise<MediaStream>}
 * @throws {RecordingError}
 */
export async function openCamera(deviceId) {
  if (!window.isSecureContext) {
    throw new RecordingError("insecure_page", { camera: true });
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new RecordingError("not_supported", { camera: true });
  }
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "user" };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...PICTURE, ...which } });
  } catch (error) {
    const codes = { NotAllowedError: "permission_refused", SecurityError: "permission_refused", NotFoundError: "no_camera", OverconstrainedError: "no_camera" };
    throw new RecordingError(codes[error.name] ?? "microphone_busy", { cause: error, camera: true });
  }
}

/** @returns {Promise<{id: string, name: string}[]>} the cameras, once one was allowed */
export async function listCameras() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId)
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Camera ${index + 1}` }));
}

/**
 * Pictures a second that really arrive: many cameras give fewer than they say where there is little light.
 * @param {HTMLVideoElement} video that plays
 * @param {number} seconds
 * @returns {Promise<number|null>} null where this browser does not count, or showed no pictures meanwhile
 */
export async function countFrames(video, seconds) {
  const before = framesOf(video);
  const start = performance.now();
  let hidden = document.hidden;
  const hide = () => {
    hidden = true;
  };
  document.addEventListener("visibilitychange", hide);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  document.removeEventListener("visibilitychange", hide);
  const after = framesOf(video);
  // Out of sight, or where the browser waits for a press, a video stands still, however fast the camera is.
  if (before === null || after === null || after === before || hidden) {
    return null;
  }
  return (after - before) / ((performance.now() - start) / 1000);
}

function framesOf(video) {
  return video.getVideoPlaybackQuality?.().totalVideoFrames ?? null;
}

/** The present picture, small. @param {HTMLVideoElement} video @returns {ImageData} */
export function pictureOf(video) {
  const width = Math.round((MEASURED_LINES * video.videoWidth) / video.videoHeight);
  const context = drawn(video, width, MEASURED_LINES, { willReadFrequently: true });
  return context.getImageData(0, 0, width, MEASURED_LINES);
}

/**
 * A JPEG picture, not mirrored: as others see one.
 * @param {HTMLVideoElement|ImageBitmap} source
 * @returns {Promise<Blob>}
 */
export async function stillOf(source) {
  const [width, height] = source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  const scale = Math.min(1, STILL_WIDTH / Math.max(width, height));
  const { canvas } = drawn(source, Math.round(width * scale), Math.round(height * scale));
  for (const quality of [0.88, 0.7, 0.5]) {
    /** @type {Blob|null} */
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= LARGEST_STILL) {
      return blob;
    }
  }
  throw new Error("no JPEG picture of this size");
}

function drawn(source, width, height, options = {}) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", options));
  context.drawImage(source, 0, 0, width, height);
  return context;
}
