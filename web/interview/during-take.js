// A line that is said in the middle of a take. The take is paused meanwhile, so the voice is not in the recording.

/**
 * What can be heard once more, and who says it.
 * @typedef {{voice: import("./voice.js").InterviewerVoice, line: import("./voice.js").Line}} Heard
 */

/** Says lines during one take. Fires "change" when it begins and when the take may go on. */
export class VoiceDuringTake extends EventTarget {
  #take;
  #voice;
  #goesOn = false;
  /** Whether a line is being said, or may still be heard in the room. */
  busy = false;

  /**
   * @param {import("../recording/take.js").Take} take
   * @param {import("./voice.js").InterviewerVoice} voice
   */
  constructor(take, voice) {
    super();
    this.#take = take;
    this.#voice = voice;
  }

  /**
   * Pause the take, say a line, and let the take go on once the room is quiet. One that the person had paused stays
   * paused. Does nothing while another line is being said.
   * @param {import("./voice.js").Line} what
   * @returns {Promise<import("./voice.js").Said|null>} when the take may go on; null where nothing was done
   */
  async say(what) {
    if (this.busy || !["recording", "paused"].includes(this.#take.state)) {
      return null;
    }
    this.#goesOn = this.#take.state === "recording";
    this.busy = true;
    this.#take.pause();
    this.dispatchEvent(new Event("change"));
    const said = await this.#voice.say(what);
    await this.#voice.quiet();
    this.busy = false;
    if (this.#goesOn) {
      // Nothing happens where the take was stopped meanwhile.
      this.#take.resume();
    }
    this.dispatchEvent(new Event("change"));
    return said;
  }

  /** The person wants to speak: the line ends here, and the take goes on once the room is quiet. */
  goOn() {
    this.#goesOn = true;
    this.#voice.stop();
  }

  /** The take is over. */
  stop() {
    this.#goesOn = false;
    this.#voice.stop();
  }
}
