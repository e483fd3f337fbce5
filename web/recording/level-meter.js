// How loud the microphone is just now. Levels are dB relative to full scale: 0 is the loudest there can be.

/** Samples looked at: 43 ms at 48 kHz, so that nothing falls between two frames of the screen. */
const WINDOW = 2048;

/** dB. What digital silence reads as. */
export const SILENCE_DB = -120;

/**
 * dB, of the highest sample. Under it nothing is connected, or it is switched off: that is three steps of a 16-bit
 * converter, and any microphone that is on has more noise of its own.
 */
const SILENT_PEAK_DB = -80;

/** Of full scale. A wave that is cut off stays there for several samples; a real peak has one or two. */
const TOP = 0.985;
const TOP_RUN = 3;

/** Seconds between two readings after which nothing is known of what was between them. */
const LONGEST_GAP = 1;

export const decibels = (amplitude) => Math.max(SILENCE_DB, 20 * Math.log10(amplitude));

/** How many samples lie in flat tops: three and more in a row at full scale. */
export function clippedSamples(samples) {
  let clipped = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= TOP ? run + 1 : 0;
    if (run === TOP_RUN) {
      clipped += TOP_RUN;
    } else if (run > TOP_RUN) {
      clipped += 1;
    }
  }
  return clipped;
}

/** RMS and peak of samples, in dB, without the constant offset that cheap sound cards add. */
export function levels(samples) {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  let power = 0;
  let peak = 0;
  for (const sample of samples) {
    power += (sample - mean) ** 2;
    peak = Math.max(peak, Math.abs(sample - mean));
  }
  return { rms_db: decibels(Math.sqrt(power / samples.length)), peak_db: decibels(peak) };
}

/** Whether a highest level is that of a microphone which is off. */
export const isSilent = (peakDb) => peakDb < SILENT_PEAK_DB;

/** A context at the track's own rate: nothing is resampled, so that tops stay flat. */
export function contextFor(stream) {
  const { sampleRate } = stream.getAudioTracks()[0].getSettings();
  return new AudioContext(sampleRate ? { sampleRate } : {});
}

export class LevelMeter {
  #context;
  #source;
  #analyser;
  #samples = new Float32Array(WINDOW);
  /** @type {number|null} */
  #silentSince = null;
  #lastRead = 0;

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.#context = contextFor(stream);
    this.#analyser = new AnalyserNode(this.#context, { fftSize: WINDOW });
    // Held on to: a source that nothing refers to may be collected, and the meter stand still.
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
    this.#context.resume();
  }

  /**
   * The level now. Cheap: once a frame is fine.
   * @returns {{rms_db: number, peak_db: number, silent_for: number, clipping: boolean}} `silent_for`: seconds for which
   *   the microphone gave nothing at all
   */
  read() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const measured = levels(this.#samples);
    return { ...measured, silent_for: this.#silentFor(measured.peak_db), clipping: clippedSamples(this.#samples) > 0 };
  }

  close() {
    // A context that is closed twice objects.
    if (this.#context.state !== "closed") {
      this.#context.close();
    }
  }

  #silentFor(peakDb) {
    const now = performance.now() / 1000;
    const unknown = this.#context.state !== "running" || now - this.#lastRead > LONGEST_GAP;
    this.#lastRead = now;
    if (!isSilent(peakDb) || unknown) {
      this.#silentSince = null;
    } else {
      this.#silentSince ??= now;
    }
    return this.#silentSince === null ? 0 : now - this.#silentSince;
  }
}
