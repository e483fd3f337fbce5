// The person as the camera sees them, as in a mirror.

/** @param {MediaStream} stream @returns {HTMLVideoElement} */
export function selfView(stream) {
  const video = document.createElement("video");
  video.className = "self-view";
  // Their own voice would come back at them.
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = stream;
  video.setAttribute("aria-label", "You, as the camera sees you");
  video.play().catch(() => {
    // A browser that waits for a press: the picture stands still until then.
  });
  return video;
}
