// One report, from the question to the last measure. While the work goes on: what is there already.

import { html, render, nothing } from "../templating.js";
import { addresses, api } from "../api.js";
import { commentsForTimeline, commentsForTranscript } from "../advising/comment-marks.js";
import { commentList, earlierComments } from "../advising/comment-list.js";
import { Comments } from "../advising/comments.js";
import { mentorFile } from "../advising/mentor-file.js";
import { SharingStrip } from "../advising/sharing-strip.js";
import { announce, problemNotice } from "../components/notices.js";
import { confirm } from "../components/dialog.js";
import { finishUnfinished, skeleton, notWhole, stopped, underWay } from "../components/work-state.js";
import { goToAskedTime, Player, PlayerBar } from "../components/player.js";
import { reportEnd } from "../report/downloads.js";
import { feedback } from "../report/feedback.js";
import { askForChanges, reportHead } from "../report/head.js";
import { howSure } from "../report/how-sure.js";
import { measureList } from "../report/measures.js";
import { Notes } from "../report/notes.js";
import { Picture } from "../report/picture.js";
import { plannedSection } from "../report/planned.js";
import { ReflectFirst } from "../report/reflect-first.js";
import { remarkList } from "../report/remarks.js";
import { noticeList, notThere, spanLine } from "../report/sections.js";
import { Specifics } from "../report/specifics.js";
import { soundChoices } from "../report/sound-choice.js";
import { verdict } from "../report/verdict.js";
import { Corrections, correctionsBar } from "../transcript/corrections.js";
import { ReportData } from "../report/report-data.js";
import { goTo, setPageTitle } from "../router.js";
import { Timeline } from "../report/timeline/timeline.js";
import { Transcript } from "../transcript/transcript.js";
import { isUnderWay } from "../format/work.js";

export function openReport(container, id) {
  const page = new ReportPage(container, id);
  return () => page.close();
}

class ReportPage {
  /** @type {any} */
  #player = null;
  /** @type {any} */
  #bar = null;
  /** @type {any} Of an answer that has one. */
  #picture = null;
  /** @type {any} */
  #timeline = null;
  /** @type {any} */
  #transcript = null;
  /** @type {any} */
  #notes = null;
  /** @type {Specifics|null} Of an answer that should name specifics of a programme. */
  #specifics = null;
  /** @type {ReflectFirst|null} */
  #reflection = null;
  #finishing = false;
  /** @type {number|null} Of the playable copy that the player has. */
  #mediaVersion = null;
  #closed = false;
  /** What the timeline and the transcript show, so that they are drawn again only for something else. */
  #shown = [];

  constructor(container, id) {
    this.container = container;
    this.id = id;
    this.data = new ReportData(id, {
      onChange: () => this.#changed(),
      onMeasured: () => {
        this.corrections.measured();
        this.#changed();
        announce("The report is ready.");
      },
      onGone: () => this.#gone(),
    });
    this.corrections = new Corrections(id, {
      onChange: () => this.#changed(),
      onReport: (report) => {
        this.data.showReport(report);
        announce("Corrected. The figures are updated.");
      },
      onAnswer: (answer) => this.data.take(answer),
    });
    this.comments = new Comments(id, () => this.#changed());
    this.sharing = new SharingStrip(id);
    this.#draw();
    this.data.load();
  }

  close() {
    this.#closed = true;
    this.data.close();
    this.comments.close();
    this.sharing.close();
    this.#closePlayer();
    this.#transcript?.close();
    this.#notes?.close();
    this.#specifics?.close();
  }

  /** The view of the report that is looked at: with the person's corrections, or the machine's own. */
  get #report() {
    return this.corrections.machine ?? this.data.report;
  }

  #gone() {
    if (!this.#closed) {
      goTo("/answers");
    }
  }

  #changed() {
    if (this.#closed) {
      return;
    }
    const { answer, report } = this.data;
    if (answer) {
      this.#notes ??= new Notes(this.id, answer.notes);
      setPageTitle(answer.question || answer.title);
      this.#followSpecifics(answer);
      if (answer.available.includes("media") && this.#mediaVersion !== answer.media_version) {
        this.#closePlayer();
        this.#startPlayer();
      }
    }
    this.corrections.follow(report);
    this.#showMoments();
    this.#draw();
  }

  #followSpecifics(answer) {
    if (Specifics.belongs(answer)) {
      this.#specifics ??= new Specifics(this.id, { play: this.#play, apply: (action) => this.data.apply(action) });
      this.#specifics.follow(answer);
    }
  }

  #closePlayer() {
    this.#picture?.close();
    this.#player?.close();
    this.#timeline?.close();
  }

  #startPlayer() {
    const { answer } = this.data;
    this.#mediaVersion = answer.media_version;
    this.#player = new Player(addresses.media(this.id, answer.media_version), answer.duration ?? 0, answer.media_type?.startsWith("video/"));
    this.#bar = new PlayerBar(this.#player);
    this.#picture = this.#player.hasPicture ? new Picture(this.#player) : null;
    this.#timeline = new Timeline({ player: this.#player, onSpan: (span) => this.#markSpan(span) });
    // Until now the transcript may have been drawn without a sound to follow.
    this.#transcript?.close();
    this.#transcript = null;
    this.#shown = [];
    goToAskedTime(this.#player);
  }

  /** The timeline and the transcript, of the report or of what there is before it. */
  #showMoments() {
    const report = this.#report;
    const transcript = report?.transcript ?? this.data.words;
    const { peaks, remarks } = this.data;
    const { items: comments } = this.comments;
    const now = [report, peaks, transcript, remarks, comments];
    if (now.every((part, index) => part === this.#shown[index])) {
      this.#transcript?.draw();
      return;
    }
    this.#shown = now;
    this.#timeline?.show(report, peaks, remarks, commentsForTimeline(comments));
    if (transcript && transcript.paragraphs.length > 0) {
      this.#transcript ??= new Transcript(this.#player, this.corrections, { onNote: (comment) => this.#toComment(comment) });
      this.#transcript.show(transcript, report !== null, commentsForTranscript(comments));
    }
  }

  #toComment(id) {
    const row = document.getElementById(`comment-${id}`);
    row?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement|null|undefined} */ (row?.querySelector(".moment"))?.focus({ preventScroll: true });
  }

  #play = (start) => this.#player?.playMoment(start);

  #playRemark = (at) => this.#player?.playRemark(at);

  async #markSpan(span) {
    if (await this.data.apply(() => api.change(this.id, { span }))) {
      announce("Measuring again.");
    }
  }

  #chooseSound = async (field, value) => {
    if (await this.data.apply(() => api.change(this.id, { [field]: value }))) {
      announce("Measuring again.");
    }
    this.#draw();
  };

  async #rename() {
    const changes = await askForChanges(this.data.answer);
    if (changes) {
      await this.data.apply(() => api.change(this.id, changes));
    }
  }

  async #delete() {
    const yes = await confirm({
      title: "Delete this answer?",
      text: "The recording, its transcript and its report will be deleted. This cannot be undone.",
      yes: "Delete it",
    });
    if (!yes) {
      return;
    }
    try {
      await api.delete(this.id);
      this.#gone();
    } catch (error) {
      this.data.fail(error);
    }
  }

  /** Finish a recording that was interrupted: with what this browser still has of it, else with what arrived. */
  async #finish() {
    this.#finishing = true;
    this.data.problem = null;
    this.#draw();
    await this.data.apply(() => finishUnfinished(this.id));
    this.#finishing = false;
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="report">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    const { answer, problem } = this.data;
    if (!answer) {
      return problem ? notThere(problem) : skeleton();
    }
    const report = this.#report;
    const figures = report ? measureList(report, this.data.usual, this.#play) : nothing;
    const said = this.comments.items.length > 0;
    const does = this.#offersDelete() ? null : { onDelete: () => this.#delete() };
    return html`
      ${reportHead(answer, { onChange: () => this.#rename() })} ${this.#bar ? this.#bar.element : nothing}
      ${problem ? problemNotice(problem) : nothing} ${this.#top(report)} ${report ? feedback(report, answer, this.#play) : nothing}
      ${this.sharing.element} ${earlierComments(this.comments.earlier)} ${this.#timelineSection()} ${commentList(this.comments, this.#playRemark)}
      ${said ? mentorFile(this.comments) : nothing}
      ${remarkList(this.data.remarks, this.#playRemark)}
      ${this.#specifics?.element ?? nothing} ${this.#said()} ${figures} ${report ? howSure(report) : nothing}
      <section class="report-notes" aria-labelledby="notes-title">
        <h2 id="notes-title" class="section-title">In your own words</h2>
        ${this.#notes.element}
      </section>
      ${reportEnd(answer, does, report && !said ? mentorFile(this.comments) : nothing)}
    `;
  }

  /** The picture, where there is one, and beside it the verdict or what there is before it. */
  #top(report) {
    const { answer } = this.data;
    return html`<div class=${this.#picture ? "report-top report-top-seen" : "report-top"}>
      ${this.#picture?.element ?? this.#player?.element ?? nothing}
      <div class="report-verdict">
        ${this.#state()} ${report ? this.#findings(report) : nothing}
        ${!report && this.data.reflectFirst ? this.#reflectFirst() : !report && answer.work.state === "ready" ? skeleton() : nothing}
      </div>
    </div>`;
  }

  /** Some assignments ask first how it felt. */
  #reflectFirst() {
    this.#reflection ??= new ReflectFirst(this.id, { onChange: () => this.#draw(), onDone: () => this.data.reflected() });
    return this.#reflection.template();
  }

  /** Whether the notice about what happened offers to delete already. */
  #offersDelete() {
    const { work, intake } = this.data.answer;
    return work.state === "failed" || intake === "interrupted";
  }

  #state() {
    const { answer } = this.data;
    const onDelete = () => this.#delete();
    if (answer.work.state === "failed") {
      return stopped(answer, { onRetry: () => this.data.apply(() => api.retry(this.id)), onDelete });
    }
    if (answer.intake === "interrupted") {
      return notWhole(answer, { onFinish: () => this.#finish(), onDelete, finishing: this.#finishing });
    }
    // A report that is measured again stays; the line under the timeline says so.
    return isUnderWay(answer) && !this.data.report ? underWay(answer) : nothing;
  }

  #findings(report) {
    // Where nobody speaks, the verdict says so.
    const notices = report.notices.filter(({ code }) => code !== "no_speech");
    return html`
      ${this.corrections.machine ? correctionsBar(this.corrections) : nothing}
      ${notices.length > 0 ? noticeList(notices, this.#play) : nothing} ${soundChoices(report, this.data.answer, this.#chooseSound)}
      ${verdict(report, this.data.answer)}
    `;
  }

  #timelineSection() {
    const { answer, peaks } = this.data;
    const report = this.#report;
    if (!this.#timeline || !(peaks || report)) {
      return nothing;
    }
    return html`<section class="report-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="section-title">Timeline</h2>
      ${this.#timeline.element} ${spanLine(report?.span, answer, { onReset: () => this.#markSpan(null) })}
    </section>`;
  }

  /** The transcript, and what was written down before beside it. */
  #said() {
    const { planned } = this.data.answer;
    return planned ? html`<div class="report-said">${this.#transcriptSection()} ${plannedSection(planned)}</div>` : this.#transcriptSection();
  }

  #transcriptSection() {
    if (!this.#transcript) {
      return nothing;
    }
    return html`<section class="report-transcript" aria-labelledby="transcript-title">
      <h2 id="transcript-title" class="section-title">What you said</h2>
      ${this.#transcript.element}
    </section>`;
  }
}
