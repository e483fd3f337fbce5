// The player of a review. While a comment is being written, whatever would play only moves the comment's moment.

import { Player } from "../components/player.js";

export class ReviewPlayer extends Player {
  /** Told of the moment that was chosen, while one writes; null while one listens. @type {((time: number) => void)|null} */
  onChoose = null;

  seek(time) {
    super.seek(time);
    this.onChoose?.(this.time);
  }

  playFrom(time) {
    if (this.onChoose) {
      this.seek(time);
    } else {
      super.playFrom(time);
    }
  }

  // A mark or a word that is chosen for a comment is meant itself, without the second before it.

  playMoment(start) {
    if (this.onChoose) {
      this.seek(start);
    } else {
      super.playMoment(start);
    }
  }

  playRemark(at) {
    if (this.onChoose) {
      this.seek(at);
    } else {
      super.playRemark(at);
    }
  }
}
