// What the service has of one answer, fetched as soon as it is there and again when it was measured again.

import { api } from "../api.js";
import { listen, isOlder } from "../events.js";
import { isUnderWay } from "../format/work.js";
import { listenToTimeLeft } from "../time-left.js";

export class ReportData {
  /** @type {any} */
  answer = null;
  /** @type {any} The view of the report, or null. */
  report = null;
  /** @type {any} */
  peaks = null;
  /** @type {any} The view of the transcript while there is no report yet: a report brings its own. */
  words = null;
  /** @type {any} The person's usual ranges, or null. */
  usual = null;
  /** @type {any} The view of what a person who listened noted down, or null. */
  remarks = null;
  /** Whether the report waits until the person has said how it felt, as an assignment can ask. */
  reflectFirst = false;
  /** @type {unknown} */
  problem = null;
  #closed = false;
  /** @type {any} Which measuring of the answer `report` is of. */
  #reportOf = null;
  /** @type {number|null} Of which playable copy `peaks` are. */
  #peaksOf = null;
  /** How often the remarks were asked for: only the last reply counts. */
  #askedForRemarks = 0;
  /** @type {any} */
  #loaded = null;
  #stopListening;
  #stopTimes;

  /**
   * @param {string} id of the answer
   * @param {{onChange: () => void, onMeasured: () => void, onGone: () => void}} tells
   *   `onMeasured`: the work on it came to its end while one looked
   */
  constructor(id, { onChange, onMeasured, onGone }) {
    this.id = id;
    this.onChange = onChange;
    this.onMeasured = onMeasured;
    this.#stopTimes = listenToTimeLeft(() => this.#changed());
    this.#stopListening = listen({
      answer: (answer) => answer.id === id && this.take(answer),
      deleted: (gone) => gone === id && onGone(),
      connected: () => this.#lookAgain(),
    });
  }

  close() {
    this.#closed = true;
    this.#stopListening();
    this.#stopTimes();
  }

  /** Ask for everything at once: whether a report is there need not be known before it is asked for. */
  load() {
    this.#loaded = this.#load();
  }

  async #load() {
    const early = Promise.all([api.answer(this.id), ifReady(this.#reportView()), ifReady(api.peaks(this.id))]);
    // What stands beside the figures comes after them.
    this.#loadUsual();
    this.#loadRemarks();
    await this.apply(async () => {
      const [answer, report, peaks] = await early;
      if (report && answer.available.includes("report")) {
        this.report = report;
        this.#reportOf = answer.measured;
      }
      this.peaks = peaks;
      this.#peaksOf = answer.media_version;
      return answer;
    });
  }

  /**
   * Do something that answers with the answer as it is then.
   * @returns {Promise<boolean>} whether it was done; if not, `problem` says why
   */
  async apply(action) {
    try {
      await this.take(await action());
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  fail(error) {
    this.problem = error;
    this.#changed();
  }

  /** A report that came as the reply to a correction. */
  showReport(report) {
    this.report = report;
    this.#changed();
  }

  /** What became of the work before the page was told of changes. */
  async #lookAgain() {
    await this.#loaded;
    if (this.answer && isUnderWay(this.answer)) {
      await this.apply(() => api.answer(this.id));
    }
  }

  /** The answer as it is now; what has become available with it is fetched. Replies may overtake one another. */
  async take(answer) {
    const before = this.answer;
    if (before && isOlder(answer, before)) {
      return;
    }
    this.answer = answer;
    const finished = before && before.work.state !== "ready" && answer.work.state === "ready";
    if (finished) {
      this.#reportOf = null;
    }
    this.#changed();
    if (before && !isUnderWay(answer)) {
      this.#loadRemarks();
    }
    try {
      await this.#fetchWhatIsThere(answer);
      if (finished && !this.#closed) {
        this.onMeasured();
      }
    } catch (error) {
      // Between the news and the question the state may have moved on; the next news asks again.
      if (error.code !== "not_ready") {
        this.fail(error);
      }
    }
  }

  async #fetchWhatIsThere({ available, work, measured, media_version: mediaVersion }) {
    const missing = (part, present) => available.includes(part) && !present;
    const old = this.#reportOf !== measured && (work.state === "ready" || !this.report);
    const reportWanted = available.includes("report") && old;
    if (reportWanted) {
      this.#reportOf = measured;
    }
    const samePeaks = this.peaks && this.#peaksOf === mediaVersion;
    this.#peaksOf = mediaVersion;
    const [peaks, words, report] = await Promise.all([
      missing("peaks", samePeaks) ? api.peaks(this.id) : this.peaks,
      missing("transcript", this.words || this.report || reportWanted) ? api.transcriptView(this.id) : this.words,
      // What is shown stays until the new one is here.
      reportWanted ? this.#reportView() : this.report,
    ]);
    const changed = peaks !== this.peaks || words !== this.words || report !== this.report;
    [this.peaks, this.words] = [peaks, words];
    if (reportWanted) {
      this.report = report;
    }
    if (changed) {
      this.#changed();
    }
  }

  /** The view of the report; null where it waits for what the person says first. */
  async #reportView() {
    try {
      const view = await api.reportView(this.id);
      this.reflectFirst = false;
      return view;
    } catch (error) {
      if (error.code !== "reflect_first") {
        throw error;
      }
      this.reflectFirst = true;
      return null;
    }
  }

  /** The person has said how it felt: the report no longer waits for it. */
  async reflected() {
    this.#reportOf = null;
    await this.apply(() => api.answer(this.id));
  }

  async #loadUsual() {
    try {
      this.usual = await api.usual(this.id);
    } catch {
      // Extra to the report: no message if it cannot be loaded.
      return;
    }
    this.#changed();
  }

  async #loadRemarks() {
    this.#askedForRemarks += 1;
    const asked = this.#askedForRemarks;
    // Those that are shown stay where they cannot be loaded now: the next change of the answer asks again.
    const list = await api.remarks(this.id).catch(() => null);
    if (list && asked === this.#askedForRemarks) {
      this.remarks = list.view;
      this.#changed();
    }
  }

  #changed() {
    if (!this.#closed) {
      this.onChange();
    }
  }
}

/** What a call gives, or null where it is not there yet. Whatever else is wrong, asking for the answer says so. */
const ifReady = (promise) => promise.catch(() => null);
