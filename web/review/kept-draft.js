// What an adviser has begun and not saved yet, kept in this browser for each submission until it is.

/** @typedef {{at: number, text: string, figure: string|null, id: string|null}} Draft `id` of the comment that is being changed */

const key = (review) => `greenroom.review.${review}`;

/** What goes out from here is kept beside it: see comment-outbox.js. */
export const waitingKey = (review) => `${key(review)}.waiting`;

/** @returns {Draft|null} */
export function readDraft(review) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(review)) ?? "null");
    return kept && typeof kept.text === "string" && typeof kept.at === "number" ? kept : null;
  } catch {
    return null;
  }
}

/** @param {string} review @param {Draft|null} draft null: nothing is begun */
export function keepDraft(review, draft) {
  try {
    if (draft) {
      localStorage.setItem(key(review), JSON.stringify(draft));
    } else {
      localStorage.removeItem(key(review));
    }
  } catch {
    // A browser that keeps nothing: it is safe as long as this page is open.
  }
}

/** Forget all of one review, as when it was taken back. */
export function forgetReview(review) {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(key(review)))) {
      localStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept.
  }
}
