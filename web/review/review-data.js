// What the service has of one review, until it is taken back: then nothing of it stays on the page.

import { advising } from "../advising/requests.js";
import { listen } from "../events.js";
import { CommentOutbox } from "./comment-outbox.js";
import { forgetReview } from "./kept-draft.js";

export class ReviewData {
  /** @type {any} */
  review = null;
  /** @type {any} */
  peaks = null;
  /** @type {any[]|null} */
  rubrics = null;
  /** Taken back, ended, or never there for this adviser. */
  gone = false;
  /** @type {unknown} */
  problem = null;
  #closed = false;
  /** How often the review was asked for: only the last reply counts. */
  #asked = 0;
  #stopListening;

  /**
   * @param {string} id of the submission
   * @param {{onChange: () => void, onGone: () => void}} tells
   */
  constructor(id, { onChange, onGone }) {
    this.id = id;
    this.onChange = onChange;
    this.onGone = onGone;
    this.outbox = new CommentOutbox(id, { onChange: () => this.#changed(), onSent: () => this.look() });
    this.#stopListening = listen({
      advising: (news) => news.id === id && this.#news(news.kind),
      connected: () => this.look(),
      polled: () => this.look(),
    });
  }

  close() {
    this.#closed = true;
    this.#stopListening();
    this.outbox.close();
  }

  async load() {
    const rubrics = advising.rubrics().catch(() => []);
    const peaks = advising.peaks(this.id).catch(() => null);
    await this.look();
    // The review itself may come with a later look: the stream of events asks for one as it connects.
    [this.rubrics, this.peaks] = await Promise.all([rubrics, peaks]);
    this.#changed();
  }

  /** As it is now. */
  async look() {
    if (this.gone || this.#closed) {
      return;
    }
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const review = await advising.review(this.id);
      if (asked === this.#asked) {
        this.review = review;
        this.problem = null;
      }
    } catch (error) {
      this.fail(error);
    }
    this.#changed();
  }

  /** @param {any} error */
  fail(error) {
    if (error.status === 404) {
      this.#end();
    } else {
      this.problem = error;
      this.#changed();
    }
  }

  /** Its comments with those on their way, each with what has become of it. */
  get comments() {
    let comments = (this.review?.comments ?? []).filter(({ own }) => own !== false);
    for (const { id, kind, body, voice, refused } of this.outbox.waiting) {
      const state = refused ? "refused" : "waiting";
      if (kind === "add" && !comments.some((one) => one.id === id)) {
        comments = [...comments, { ...body, id, voice: Boolean(voice), state }];
      } else if (kind === "change") {
        comments = comments.map((one) => (one.id === id ? { ...one, ...body, state } : one));
      } else if (kind === "remove") {
        comments = comments.filter((one) => one.id !== id);
      }
    }
    return comments;
  }

  #news(kind) {
    if (kind === "revoked") {
      this.#end();
    } else {
      this.look();
    }
  }

  #end() {
    if (!this.gone) {
      this.gone = true;
      this.review = null;
      this.peaks = null;
      this.outbox.waiting = [];
      this.outbox.close();
      forgetReview(this.id);
      this.onGone();
      this.#changed();
    }
  }

  #changed() {
    if (!this.#closed) {
      this.onChange();
    }
  }
}
