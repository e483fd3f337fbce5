// The bell of a circuit of stations: two struck tones that fade, made by the browser, so that no file is needed.

/** Hertz of the partials of a small bell, and how loud each is beside the first. */
const PARTIALS = [
  { frequency: 880, gain: 1 },
  { frequency: 1760 * 1.2, gain: 0.45 },
  { frequency: 2640 * 1.06, gain: 0.2 },
];
const SECONDS = 1.6;
const LOUDNESS = 0.18;

/** Seconds after which one can speak above it. */
const HEARD = 1;

/**
 * Ring once. Where the browser plays nothing, the page says the same in words.
 * @returns {Promise<void>} when one can be heard above it
 */
export async function ringBell() {
  try {
    const context = new AudioContext();
    const now = context.currentTime;
    for (const { frequency, gain } of PARTIALS) {
      const tone = context.createOscillator();
      const fade = context.createGain();
      tone.frequency.value = frequency;
      fade.gain.setValueAtTime(LOUDNESS * gain, now);
      fade.gain.exponentialRampToValueAtTime(0.0001, now + SECONDS);
      tone.connect(fade).connect(context.destination);
      tone.start(now);
      tone.stop(now + SECONDS);
    }
    setTimeout(() => context.close(), (SECONDS + 0.5) * 1000);
    await new Promise((resolve) => setTimeout(resolve, HEARD * 1000));
  } catch {
    // No sound on this machine.
  }
}
