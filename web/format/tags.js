// Tags as they are typed. Pure.

/** Characters of one tag, and tags of one answer, that the service takes. */
export const LONGEST_TAG = 64;
export const MOST_TAGS = 20;

/** Two tags are the same where only case or spaces differ. */
export const sameTag = (one, other) => folded(one) === folded(other);

/** 'Ethics, mmi,, MMI' as ['Ethics', 'mmi']. */
export function readTags(text) {
  const tags = [];
  for (const tag of text.split(",").map(spaced)) {
    if (tag && !tags.some((known) => sameTag(known, tag))) {
      tags.push(tag);
    }
  }
  return tags.slice(0, MOST_TAGS);
}

/** The other way round, for a field. */
export const tagsInOneLine = (tags) => tags.join(", ");

const spaced = (tag) => tag.trim().replace(/\s+/gu, " ").slice(0, LONGEST_TAG);

const folded = (tag) => spaced(tag).normalize("NFC").toLowerCase();
