// In which form this browser can record. The first that it can write is taken.

// WebM first: it is read while it grows. MP4 as browsers write it is fragmented, and can be too.
const SOUND = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"];
// VP8 before VP9: it costs a laptop's processor less than half, which the recogniser needs meanwhile.
const PICTURE = [
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
  return (hasPicture ? PICTURE : SOUND).find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}
