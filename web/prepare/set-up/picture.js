// Where one sits in the picture, and how bright its parts are. Pure: a picture in, figures out; the service judges.
//
// Lengths are in units of the guide, across from the line through the picture's middle and down from its top. All of it is
// as wide on the left as on the right: a mirrored picture gives the same figures.

/** Pixels of a unit: the height of the picture, or less where that is narrow, so that there is background on both sides. */
export const unitOf = ({ width, height }) => Math.min(height, width / 0.75);

/** The head: an oval. Above it stays a little space, and below it is room for shoulders and chest. */
export const HEAD = { y: 0.37, across: 0.19, up: 0.25 };
/** The line of the eyes: halfway down the head, about a third down the picture. */
export const EYES = HEAD.y;
/** The sheet of white paper, before the chest. A4 at the distance of the head is twice as wide, so it covers all of it. */
export const SHEET = { top: 0.7, bottom: 0.92, across: 0.17 };
/** The background: what is beside the head, above the shoulders. */
const BACKGROUND = { from: 0.3, bottom: 0.62 };

/** Of 255: a channel from which there is no more detail. */
const WHITE = 252;
/** Share of the background that is brighter than what counts as its brightness. */
const BRIGHTEST = 0.05;
/** Of the oval: its middle is face; at its edge there is hair, and what is behind. */
const FACE = 0.75;

/** Luminance of sRGB, linear in light, of each value of a channel (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/**
 * @param {{data: Uint8ClampedArray, width: number, height: number}} picture RGBA
 * @returns {any} figures as `Light` of the service describes them
 */
export function measureLight(picture) {
  const sheet = [];
  const sheetColours = [0, 0, 0];
  let sheetWhite = 0;
  const behind = [];
  let behindWhite = 0;
  /** @type {[number[], number[]]} */
  const halves = [[], []];
  const unit = unitOf(picture);
  for (let row = 0; row < picture.height; row += 1) {
    for (let column = 0; column < picture.width; column += 1) {
      const y = (row + 0.5) / unit;
      const x = (column + 0.5 - picture.width / 2) / unit;
      const at = 4 * (row * picture.width + column);
      const colours = [picture.data[at], picture.data[at + 1], picture.data[at + 2]];
      const luminance = 0.2126 * LINEAR[colours[0]] + 0.7152 * LINEAR[colours[1]] + 0.0722 * LINEAR[colours[2]];
      const white = Math.min(...colours) >= WHITE ? 1 : 0;
      if (y > SHEET.top && y < SHEET.bottom && Math.abs(x) < SHEET.across) {
        sheet.push(luminance);
        sheetWhite += white;
        colours.forEach((value, index) => {
          sheetColours[index] += value;
        });
      } else if (y < BACKGROUND.bottom && Math.abs(x) > BACKGROUND.from) {
        behind.push(luminance);
        behindWhite += white;
      } else if ((x / HEAD.across) ** 2 + ((y - HEAD.y) / HEAD.up) ** 2 < FACE ** 2) {
        halves[x < 0 ? 0 : 1].push(luminance);
      }
    }
  }
  const mean = sum(sheet) / sheet.length;
  const [least, most] = [Math.min(...sheetColours), Math.max(...sheetColours)];
  return {
    sheet: mean,
    sheet_spread: Math.sqrt(sum(sheet.map((value) => (value - mean) ** 2)) / sheet.length) / Math.max(mean, 1e-4),
    sheet_colour: most > 0 ? (most - least) / most : 0,
    sheet_clipped: sheetWhite / sheet.length,
    behind: quantile(behind, 1 - BRIGHTEST),
    behind_clipped: behind.length > 0 ? behindWhite / behind.length : 0,
    face_halves: halves.map((values) => quantile(values, 0.5)),
  };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function quantile(values, share) {
  const ordered = Float64Array.from(values).sort();
  return ordered.length === 0 ? 0 : ordered[Math.floor(share * (ordered.length - 1))];
}

/**
 * The middle of several measurements, each figure by itself: one frame with a passing hand does not decide.
 * @param {any[]} measurements of `measureLight`
 */
export function middleOf(measurements) {
  const middle = (values) => quantile(values, 0.5);
  return Object.fromEntries(
    Object.entries(measurements[0]).map(([name, first]) => [
      name,
      Array.isArray(first)
        ? first.map((_, index) => middle(measurements.map((each) => each[name][index])))
        : middle(measurements.map((each) => each[name])),
    ]),
  );
}
