// The picture of an answer: beside the verdict, larger on a phone while it plays, and small in the corner of a wide
// window while it plays out of sight.

/** Height over width from which a picture is an upright one. */
const UPRIGHT = 1;

export class Picture {
  #observer;
  #inSight = true;
  #follow = () => this.#place();

  /** @param {import("../components/player.js").Player} player with a picture */
  constructor(player) {
    this.player = player;
    // Moving it in the document would stop it: it stays in this frame, and only its style changes.
    this.element = document.createElement("div");
    this.element.className = "report-media";
    this.element.append(player.element);
    player.element.addEventListener("loadedmetadata", () => {
      const { videoWidth, videoHeight } = /** @type {HTMLVideoElement} */ (player.element);
      this.element.classList.toggle("report-media-upright", videoHeight / videoWidth > UPRIGHT);
    });
    player.addEventListener("state", this.#follow);
    this.#observer = new IntersectionObserver(([entry]) => {
      this.#inSight = entry.isIntersecting;
      this.#place();
    });
    this.#observer.observe(this.element);
  }

  close() {
    this.#observer.disconnect();
    this.player.removeEventListener("state", this.#follow);
  }

  #place() {
    const { playing } = this.player;
    this.element.classList.toggle("report-media-playing", playing);
    this.element.classList.toggle("report-media-away", playing && !this.#inSight);
  }
}
