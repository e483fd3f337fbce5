// Light in made-up pictures: where the sheet is, where the head is, and what is behind.

import assert from "node:assert/strict";
import { test } from "node:test";

import { HEAD, measureLight, middleOf, SHEET, unitOf } from "../../web/prepare/set-up/picture.js";
import { typedNumber } from "../../web/prepare/set-up/typed-number.js";

/** A picture of one colour, with areas of others: [inside(x, y), [r, g, b]], lengths as in the module. */
function picture(ground, areas = [], { width = 320, height = 180 } = {}) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const unit = unitOf({ width, height });
      const [x, y] = [(column + 0.5 - width / 2) / unit, (row + 0.5) / unit];
      const [, colour] = areas.find(([inside]) => inside(x, y)) ?? [null, ground];
      data.set([...colour, 255], 4 * (row * width + column));
    }
  }
  return { data, width, height };
}

const inSheet = (x, y) => y > SHEET.top && y < SHEET.bottom && Math.abs(x) < SHEET.across;
const inHead = (x, y) => (x / HEAD.across) ** 2 + ((y - HEAD.y) / HEAD.up) ** 2 < 1;
const near = (value, expected) => assert.ok(Math.abs(value - expected) < 0.01, `${value} is not ${expected}`);

test("each part is measured by itself, linear in light", () => {
  const found = measureLight(
    picture([188, 188, 188], [
      [inSheet, [255, 255, 255]],
      [(x, y) => inHead(x, y) && x < 0, [118, 118, 118]],
      [inHead, [60, 60, 60]],
    ]),
  );
  near(found.sheet, 1);
  near(found.sheet_clipped, 1);
  near(found.sheet_spread, 0);
  near(found.behind, 0.503);
  near(found.behind_clipped, 0);
  near(found.face_halves[0], 0.181);
  near(found.face_halves[1], 0.045);
});

test("an upright picture is measured the same way", () => {
  const areas = [[inSheet, [200, 200, 200]], [inHead, [60, 60, 60]]];
  const wide = measureLight(picture([120, 120, 120], areas));
  const upright = measureLight(picture([120, 120, 120], areas, { width: 135, height: 240 }));
  for (const name of ["sheet", "behind", "sheet_spread"]) {
    near(upright[name], wide[name]);
  }
});

test("a coloured or a patterned shirt is told from paper", () => {
  near(measureLight(picture([90, 90, 90], [[inSheet, [40, 80, 200]]])).sheet_colour, 0.8);
  const striped = measureLight(picture([90, 90, 90], [[(x, y) => inSheet(x, y) && Math.floor(y * 60) % 2 === 0, [220, 220, 220]]]));
  assert.ok(striped.sheet_spread > 0.5);
});

test("a window that fills more than a twentieth of the background counts", () => {
  const behind = (width) => measureLight(picture([60, 60, 60], [[(x, y) => x > 0.5 && x < 0.5 + width && y < 0.62, [255, 255, 255]]]));
  const [small, large] = [behind(0.03), behind(0.2)];
  assert.ok(small.behind < 0.1 && small.behind_clipped < 0.05);
  assert.ok(large.behind > 0.9 && large.behind_clipped > 0.05);
});

test("one frame of several does not decide", () => {
  const figures = (sheet) => ({ sheet, face_halves: [sheet / 2, sheet / 4] });
  assert.deepEqual(middleOf([figures(0.5), figures(0.01), figures(0.6)]), { sheet: 0.5, face_halves: [0.25, 0.125] });
});

test("figures are typed with a point or a comma", () => {
  assert.equal(typedNumber(" 12,5 "), 12.5);
  assert.equal(typedNumber("9.99"), 9.99);
  for (const text of ["", "fast", "-3", "1e3", "12 Mbps"]) {
    assert.equal(typedNumber(text), null, text);
  }
});
