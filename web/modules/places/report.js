// One report, from the question to the last measure. While the work goes on: what is there already.

import { html, render, nothing } from "../templating.js";
import { addresses, api } from "../api.js";
import { listen } from "../live/events.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/dialog.js";
import { problemNotice } from "../parts/problem.js";
import { finishUnfinished } from "../practice/finish-unfinished.js";
import { askForChanges } from "../report/change.js";
import { loadDefinitions } from "../report/definitions.js";
import { downloads } from "../report/downloads.js";
import { lengthBar } from "../report/length-bar.js";
import { measureList } from "../report/measures.js";
import { observationList } from "../report/observations.js";
import { Notes, ownWords } from "../report/own-words.js";
import { Player } from "../report/player.js";
import { PlayerBar } from "../report/player-bar.js";
import { noticeList, notThere, reportEnd, reportHead, spanLine } from "../report/sections.js";
import { bones, notWhole, stopped, underWay } from "../report/work-state.js";
import { goTo, setPageTitle } from "../router.js";
import { Timeline } from "../timeline/timeline.js";
import { Transcript } from "../transcript/transcript.js";
import { isUnderWay } from "../words/progress.js";

export function openReport(room, id) {
  const page = new ReportPage(room, id);
  return () => page.close();
}

class ReportPage {
  #answer = null;
  #report = null;
  #peaks = null;
  #words = null;
  #definitions = new Map();
  #problem = null;
  #player = null;
  #bar = null;
  #timeline = null;
  #transcript = null;
  #notes = null;
  #finishing = false;
  /** Whether the report was measured again since it was fetched. */
  #reportIsOld = false;
  #closed = false;

  constructor(room, id) {
    this.room = room;
    this.id = id;
    const stop = listen({
      answer: (answer) => answer.id === id && this.#answerChanged(answer),
      deleted: (gone) => gone === id && this.#gone(),
    });
    this.close = () => {
      this.#closed = true;
      stop();
      this.#player?.close();
      this.#timeline?.close();
      this.#transcript?.close();
      this.#notes?.close();
    };
    this.#draw();
    this.#load();
  }

  async #load() {
    loadDefinitions().then((definitions) => {
      this.#definitions = definitions;
      this.#draw();
    });
    try {
      await this.#answerChanged(await api.answer(this.id));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error) {
    this.#problem = error;
    this.#draw();
  }

  #gone() {
    if (!this.#closed) {
      goTo("/answers");
    }
  }

  async #answerChanged(answer) {
    const before = this.#answer;
    this.#answer = answer;
    this.#notes ??= new Notes(this.id, answer.notes);
    setPageTitle(answer.question || answer.title);
    if (before && answer.work.state === "ready" && (before.work.state !== "ready" || !sameSpan(before, answer))) {
      // What is shown stays until the new one is here.
      this.#reportIsOld = true;
      announce("The report is ready.");
    }
    this.#draw();
    try {
      await this.#fetchWhatIsThere(answer);
    } catch (error) {
      // Between the news and the question the state may have moved on; the next news asks again.
      if (error.code !== "not_ready") {
        this.#fail(error);
      }
    }
  }

  /** Fetch what has become available and is not here yet. */
  async #fetchWhatIsThere({ available }) {
    const missing = (part, present) => available.includes(part) && !present;
    const reportWanted = missing("report", this.#report && !this.#reportIsOld);
    this.#reportIsOld = this.#reportIsOld && !reportWanted;
    if (missing("media", this.#player)) {
      this.#startPlayer();
    }
    const fetched = await Promise.all([
      missing("peaks", this.#peaks) ? api.peaks(this.id) : this.#peaks,
      missing("transcript", this.#words) ? api.transcript(this.id) : this.#words,
      reportWanted ? api.report(this.id) : null,
    ]);
    if (this.#closed) {
      return;
    }
    const [peaks, words] = fetched;
    const report = fetched[2] ?? this.#report;
    const changed = peaks !== this.#peaks || words !== this.#words || report !== this.#report;
    [this.#peaks, this.#words, this.#report] = [peaks, words, report];
    if (changed) {
      this.#timeline?.show(report, peaks);
      this.#showTranscript();
      this.#draw();
    }
  }

  #startPlayer() {
    this.#player = new Player(addresses.media(this.id), this.#answer.duration ?? 0, this.#answer.media_type?.startsWith("video/"));
    this.#bar = new PlayerBar(this.#player);
    this.#timeline = new Timeline({ player: this.#player, onSpan: (span) => this.#markSpan(span) });
    this.#timeline.show(this.#report, this.#peaks);
    // Until now the transcript may have been drawn without a sound to follow.
    this.#transcript?.close();
    this.#transcript = null;
    this.#showTranscript();
    this.#draw();
  }

  #showTranscript() {
    const transcript = this.#report?.transcript ?? this.#words;
    if (transcript && transcript.words.length > 0) {
      this.#transcript ??= new Transcript(this.#player);
      this.#transcript.show(transcript, this.#report);
    }
  }

  #play = (start) => this.#player?.playMoment(start);

  async #markSpan(span) {
    try {
      await this.#answerChanged(await api.change(this.id, { span }));
      announce("Measuring again.");
    } catch (error) {
      this.#fail(error);
    }
  }

  async #rename() {
    const changes = await askForChanges(this.#answer);
    if (changes) {
      await this.#apply(() => api.change(this.id, changes));
    }
  }

  async #delete() {
    const yes = await confirm({
      title: "Delete this answer?",
      text: "The recording, its transcript and its report go for good.",
      yes: "Delete it",
    });
    if (!yes) {
      return;
    }
    try {
      await api.delete(this.id);
      this.#gone();
    } catch (error) {
      this.#fail(error);
    }
  }

  #retry() {
    return this.#apply(() => api.retry(this.id));
  }

  /** Do something that answers with the answer as it is then. */
  async #apply(action) {
    try {
      await this.#answerChanged(await action());
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Finish a recording that was interrupted: with what this browser still has of it, else with what arrived. */
  async #finish() {
    this.#finishing = true;
    this.#problem = null;
    this.#draw();
    await this.#apply(() => finishUnfinished(this.id));
    this.#finishing = false;
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="report">${this.#template()}</article>`, this.room);
    }
  }

  #template() {
    if (!this.#answer) {
      return this.#problem ? notThere(this.#problem) : bones();
    }
    return html`
      <div class="report-top">
        ${reportHead(this.#answer, { onChange: () => this.#rename() })} ${this.#player ? this.#player.element : nothing}
      </div>
      ${this.#bar ? this.#bar.element : nothing}
      ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#state()} ${this.#body()} ${ownWords(this.#answer, this.#report, this.#definitions, this.#notes)}
      ${downloads(this.#answer)}
      ${this.#offersDelete() ? nothing : reportEnd({ onDelete: () => this.#delete() })}
    `;
  }

  /** Whether the notice about what happened offers to delete already. */
  #offersDelete() {
    return this.#answer.work.state === "failed" || this.#answer.intake === "interrupted";
  }

  #state() {
    const answer = this.#answer;
    if (answer.work.state === "failed") {
      return stopped(answer, { onRetry: () => this.#retry(), onDelete: () => this.#delete() });
    }
    if (answer.intake === "interrupted") {
      return notWhole(answer, { onFinish: () => this.#finish(), onDelete: () => this.#delete(), finishing: this.#finishing });
    }
    // A report that is measured again after its ends were moved stays; the line under the timeline says so.
    return isUnderWay(answer) && !this.#report ? underWay(answer) : nothing;
  }

  #body() {
    const report = this.#report;
    if (!report) {
      return html`
        ${this.#answer.work.state === "ready" ? bones() : nothing} ${this.#timelineSection()} ${this.#transcriptSection()}
      `;
    }
    return html`
      ${report.notices.length > 0 ? noticeList(report.notices, report.recording.duration, this.#play) : nothing}
      <div class="report-headline">
        <p class="headline">${report.headline}</p>
        ${lengthBar(report.measures.answer_length)}
      </div>
      ${observationList(report.observations, this.#play)} ${this.#timelineSection()} ${this.#transcriptSection()}
      ${measureList(report, this.#definitions, this.#play)}
    `;
  }

  #timelineSection() {
    if (!this.#timeline || !(this.#peaks || this.#report)) {
      return nothing;
    }
    return html`<section aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="section-title">Timeline</h2>
      ${this.#timeline.element} ${spanLine(this.#report?.spoken_span, this.#answer, { onReset: () => this.#markSpan(null) })}
    </section>`;
  }

  #transcriptSection() {
    if (!this.#transcript) {
      return nothing;
    }
    return html`<section aria-labelledby="transcript-title">
      <h2 id="transcript-title" class="section-title">What you said</h2>
      ${this.#transcript.element}
    </section>`;
  }
}

function sameSpan(one, other) {
  return one.span?.start === other.span?.start && one.span?.end === other.span?.end;
}
