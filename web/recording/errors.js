// What can go wrong while recording. The words for people are in words/recording-errors.js.

/**
 * `code` is stable:
 * - before a recording: insecure_page, not_supported, permission_refused, no_microphone, microphone_busy, no_camera;
 * - the recording ends early, what was said is safe: device_lost, recorder_stopped, too_large, finished_elsewhere,
 *   memory_full;
 * - the recording goes on, and this is what to know: connection_lost, storage_full (the service's disk),
 *   signed_out (the person has to sign in again), service_busy (it has no time for this now),
 *   quota_reached (the office allows no more for now), memory_only (nothing can be kept in this browser), silent_track;
 * - it is over: answer_deleted (in another window), nothing_recorded.
 */
export class RecordingError extends Error {
  /**
   * @param {string} code
   * @param {{cause?: unknown, camera?: boolean}} [more] `camera`: it is about the camera, or may be
   */
  constructor(code, { cause, camera = false } = {}) {
    super(code, { cause });
    this.name = "RecordingError";
    this.code = code;
    this.camera = camera;
  }
}
