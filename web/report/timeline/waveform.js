// The waveform as one SVG path of thin bars. Pure.

/** Pixels from bar to bar, and a bar's least height, so that silence is still a line. */
const PITCH = 3;
const LEAST_HEIGHT = 1;
/** Of full scale. A quieter recording is not drawn up to full height, so that it looks as quiet as it is. */
const LEAST_FULL_SCALE = 0.25;

/**
 * @param {{duration: number, rate: number, peaks: number[]}} peaks
 * @param {import("./scale.js").TimeScale} scale
 * @param {{top: number, height: number}} lane
 * @returns {string} path data, to be stroked 2 px wide
 */
export function waveformPath({ rate, peaks }, scale, lane) {
  if (peaks.length === 0) {
    return "";
  }
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), LEAST_FULL_SCALE);
  const middle = lane.top + lane.height / 2;
  const from = scale.x(0);
  const to = scale.x(Math.min(scale.duration, peaks.length / rate));
  const bars = [];
  for (let x = from; x < to; x += PITCH) {
    const first = Math.floor(scale.time(x) * rate);
    const last = Math.max(first + 1, Math.floor(scale.time(x + PITCH) * rate));
    let peak = 0;
    for (let index = first; index < last && index < peaks.length; index += 1) {
      peak = Math.max(peak, peaks[index]);
    }
    const half = Math.max(LEAST_HEIGHT, (peak / loudest) * (lane.height / 2));
    bars.push(`M${(x + 1).toFixed(1)} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`);
  }
  return bars.join("");
}
