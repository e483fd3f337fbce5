// One submitted answer before its adviser: hear it, comment on it by one key, score it, return it.

import { newId } from "../api.js";
import { commentsForTimeline, commentsForTranscript, numbered } from "../advising/comment-marks.js";
import { advising, advisingAddresses } from "../advising/requests.js";
import { announce, problemNotice } from "../components/notices.js";
import { skeleton } from "../components/work-state.js";
import { PlayerBar } from "../components/player.js";
import { Picture } from "../report/picture.js";
import { noticeList } from "../report/sections.js";
import { Timeline } from "../report/timeline/timeline.js";
import { mainFigures } from "../report/verdict.js";
import { CannedComments, cannedFor } from "../review/canned.js";
import { commentRows } from "../review/comment-rows.js";
import { Composer } from "../review/composer.js";
import { keysAreOn, reviewKeys, turnKeys } from "../review/keys.js";
import { ReviewData } from "../review/review-data.js";
import { ReviewPlayer } from "../review/review-player.js";
import { returnedNotice, returnPart, reviewHead, takenBack } from "../review/review-parts.js";
import { RubricForm } from "../review/rubric-form.js";
import { setPageTitle } from "../router.js";
import { html, live, nothing, render } from "../templating.js";
import { NO_CORRECTIONS } from "../transcript/no-corrections.js";
import { Transcript } from "../transcript/transcript.js";

export function openReview(container, id) {
  const page = new ReviewPage(container, id);
  return () => page.close();
}

class ReviewPage {
  /** @type {ReviewPlayer|null} */
  #player = null;
  /** @type {PlayerBar|null} */
  #bar = null;
  /** @type {Picture|null} */
  #picture = null;
  /** @type {Timeline|null} */
  #timeline = null;
  /** @type {Transcript|null} */
  #transcript = null;
  /** @type {Composer|null} */
  #composer = null;
  /** @type {RubricForm|null} */
  #rubric = null;
  /** @type {CannedComments|null} */
  #canned = null;
  /** What the timeline and the transcript show. @type {any[]} */
  #shown = [];
  /** Whether it is to be returned as soon as everything is stored. */
  #returning = false;
  /** The next one that waits, once this one is returned. @type {any} */
  #next = null;
  #closed = false;
  #stopKeys;

  constructor(container, id) {
    this.container = container;
    this.id = id;
    this.data = new ReviewData(id, { onChange: () => this.#changed(), onGone: () => this.#end() });
    this.#stopKeys = reviewKeys({
      begin: (text) => this.#canComment && this.#composer?.begin(text),
      canned: (event) => this.#insertCanned(event),
      toggle: () => this.#player?.toggle(),
    });
    this.#draw();
    this.data.load();
  }

  close() {
    this.#rubric?.flush();
    this.#closed = true;
    this.#stopKeys();
    this.#closePlayer();
    this.data.close();
  }

  /** Nothing may be commented on once it is returned. */
  get #canComment() {
    return this.#composer !== null && this.data.review?.state === "waiting" && !this.#returning;
  }

  #insertCanned(event) {
    const text = this.#canComment && cannedFor(this.#canned?.items ?? [], event, { plain: true });
    if (text) {
      this.#composer?.insert(text);
    }
    return Boolean(text);
  }

  #closePlayer() {
    this.#composer?.close();
    this.#transcript?.close();
    this.#picture?.close();
    this.#timeline?.close();
    this.#player?.close();
    this.#composer = this.#transcript = this.#picture = this.#timeline = this.#player = this.#bar = null;
  }

  /** Taken back while it was open: the sound ends, and nothing of it stays. */
  #end() {
    this.#closePlayer();
    announce("This answer was taken back.");
  }

  #changed() {
    if (this.#closed) {
      return;
    }
    const { review } = this.data;
    if (review) {
      setPageTitle(`${review.applicant}: ${review.answer.question || review.answer.title}`);
      if (!this.#canned) {
        this.#start(review);
      }
      this.#showMoments(review);
      this.#followReturn();
    }
    this.#draw();
  }

  #start(review) {
    const { answer, canned } = review;
    this.#canned = new CannedComments(canned, () => {
      this.#composer?.draw();
      this.#draw();
    });
    if (answer.has_media) {
      const player = new ReviewPlayer(advisingAddresses.media(this.id), answer.length, answer.media_kind === "video");
      player.addEventListener("state", () => player.broken && this.data.look());
      this.#player = player;
      this.#bar = new PlayerBar(player);
      this.#picture = player.hasPicture ? new Picture(player) : null;
      this.#timeline = new Timeline({ player, onSpan: null });
      this.#composer = new Composer(this.id, {
        player,
        canned: () => this.#canned?.items ?? [],
        keysOn: keysAreOn,
        onSave: (draft, voice) => this.#save(draft, voice),
      });
    }
  }

  #showMoments({ view }) {
    const comments = numbered(this.data.comments);
    const now = [view, this.data.peaks, JSON.stringify(comments)];
    if (now.every((part, index) => part === this.#shown[index])) {
      return;
    }
    this.#shown = now;
    this.#timeline?.show(view, this.data.peaks, null, commentsForTimeline(comments));
    if (view?.transcript?.paragraphs.length > 0) {
      this.#transcript ??= new Transcript(this.#player, NO_CORRECTIONS, { find: "Find in what was said", onNote: (id) => this.#toComment(id) });
      this.#transcript.show(view.transcript, false, commentsForTranscript(comments));
    }
  }

  #toComment(id) {
    const row = document.getElementById(`comment-${id}`);
    row?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement|null|undefined} */ (row?.querySelector(".moment"))?.focus({ preventScroll: true });
  }

  #save({ id, at, text, figure }, voice) {
    const { outbox } = this.data;
    if (id) {
      const isNew = outbox.waiting.find((change) => change.id === id && change.kind === "add");
      if (isNew) {
        Object.assign(isNew.body, { at, text, figure });
        outbox.changed();
      } else {
        outbox.add({ id, kind: "change", body: { at, text, figure } });
      }
      return;
    }
    const made = newId();
    outbox.add({ id: made, kind: "add", body: { id: made, at, text: text || null, figure }, ...(voice ? { voice } : {}) });
  }

  #remove({ id, state }) {
    if (state && this.data.outbox.waiting.some((change) => change.id === id && change.kind === "add")) {
      this.data.outbox.drop(id);
    } else {
      this.data.outbox.add({ id, kind: "remove", body: null });
    }
    announce("Removed.");
  }

  /** The form is made once the rubrics are known, and keeps what is chosen in it. */
  #rubricForm() {
    const { review, rubrics } = this.data;
    if (!this.#rubric && review && rubrics) {
      const waiting = this.data.outbox.waiting.find(({ kind }) => kind === "rubric")?.body;
      this.#rubric = new RubricForm(
        { rubrics: rubrics.some(({ id }) => id === review.rubric?.id) ? rubrics : [review.rubric], rubric: review.rubric, scores: waiting?.scores ?? review.scores ?? {}, note: waiting?.note ?? review.note },
        { onChange: () => this.#draw(), onSave: (result) => this.data.outbox.addRubric(result) },
      );
    }
    return this.#rubric;
  }

  #giveBack() {
    this.#composer?.save();
    this.#rubric?.flush();
    this.#returning = true;
    this.#changed();
  }

  /** Everything that was said has to be there before it is returned. */
  async #followReturn() {
    if (!this.#returning || this.data.outbox.waiting.some(({ refused }) => !refused)) {
      return;
    }
    this.#returning = false;
    try {
      await advising.giveBack(this.id);
      announce("Returned.");
      await this.data.look();
      const [next] = await advising.reviews("waiting").catch(() => []);
      this.#next = next ?? null;
      this.#draw();
      scrollTo(0, 0);
    } catch (error) {
      this.data.fail(error);
    }
  }

  async #reopen() {
    try {
      await advising.reopen(this.id);
      await this.data.look();
    } catch (error) {
      this.data.fail(error);
    }
  }

  #turnKeys(on) {
    turnKeys(on);
    this.#composer?.draw();
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="review">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    const { review, problem, gone } = this.data;
    if (gone) {
      return takenBack();
    }
    if (!review) {
      return problem ? problemNotice(problem) : skeleton();
    }
    const returned = review.state === "returned";
    return html`
      ${reviewHead(review)} ${returned ? returnedNotice(review, { next: this.#next, onReopen: () => this.#reopen() }) : nothing} ${problem ? problemNotice(problem) : nothing}
      ${this.#bar
        ? html`<div class="review-desk">${this.#bar.element} ${returned ? nothing : this.#composer?.element}</div>`
        : html`<p class="notice">The recording is no longer stored. What was said is still here.</p>`}
      <div class="review-columns">
        <div class="review-answer">${this.#answer(review)}</div>
        <div class="review-judgement">${this.#judgement(returned)}</div>
      </div>
    `;
  }

  #answer({ view }) {
    return html`
      ${this.#picture?.element ?? this.#player?.element ?? nothing}
      ${view?.notices?.length > 0 ? noticeList(view.notices, (start) => this.#player?.playMoment(start)) : nothing}
      ${view?.span && view.figures.length > 0 ? mainFigures({ figures: view.figures, length_bar: view.length_bar }) : nothing}
      ${this.#timeline
        ? html`<section aria-labelledby="timeline-title"><h2 id="timeline-title" class="section-title">Timeline</h2>${this.#timeline.element}</section>`
        : nothing}
      ${this.#transcript
        ? html`<section aria-labelledby="transcript-title"><h2 id="transcript-title" class="section-title">What was said</h2>${this.#transcript.element}</section>`
        : nothing}
    `;
  }

  #judgement(returned) {
    const { review, outbox } = this.data;
    const comments = numbered(this.data.comments);
    return html`
      ${commentRows(comments, {
        play: (at) => this.#player?.playRemark(at),
        onChange: (comment) => this.#composer?.change(comment),
        onRemove: (comment) => this.#remove(comment),
        late: outbox.late,
        closed: returned,
      })}
      <div class=${returned ? "rubric-returned" : ""} ?inert=${returned}>${this.#rubricForm()?.template() ?? nothing}</div>
      ${returned ? nothing : returnPart(review, { waiting: this.#returning, late: outbox.late, onReturn: () => this.#giveBack() })}
      ${returned
        ? nothing
        : html`<div class="review-settings">
            ${this.#canned?.template() ?? nothing}
            <label class="switch"><input type="checkbox" role="switch" .checked=${live(keysAreOn())} @change=${(event) => this.#turnKeys(event.target.checked)} /><span>Letters and numbers begin a comment</span></label>
          </div>`}
    `;
  }
}
