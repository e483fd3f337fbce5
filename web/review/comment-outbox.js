// Comments and scores on their way to the service: shown at once, kept in this browser until they are stored.

import { advising } from "../advising/requests.js";
import { Outbox } from "../components/outbox.js";
import { waitingKey } from "./kept-draft.js";

/**
 * @typedef {object} Change
 * @property {string} id of the comment, or "rubric"
 * @property {"add"|"change"|"remove"|"rubric"} kind
 * @property {any} body as the service takes it
 * @property {string} [voice] what was said aloud, as a data address
 * @property {any} [refused]
 */

/** @extends {Outbox<Change>} */
export class CommentOutbox extends Outbox {
  /**
   * @param {string} review
   * @param {{onChange: () => void, onSent: (change: Change, reply: any) => void}} tells
   */
  constructor(review, { onChange, onSent }) {
    super(waitingKey(review), { send: (change) => send(review, change), onChange, onSent });
  }

  /** The scores as they are now: what was waiting before is replaced by it. @param {object} body */
  addRubric(body) {
    this.waiting = this.waiting.filter(({ kind }) => kind !== "rubric");
    this.add({ id: `rubric-${Date.now()}`, kind: "rubric", body });
  }
}

/** @param {string} review @param {Change} change */
async function send(review, { id, kind, body, voice }) {
  if (kind === "rubric") {
    return advising.setRubric(review, body);
  }
  if (kind === "remove") {
    return advising.removeComment(review, id);
  }
  if (kind === "change") {
    return advising.changeComment(review, id, body);
  }
  const added = await advising.addComment(review, body);
  return voice ? advising.setVoice(review, added?.id ?? id, await blobOf(voice)) : added;
}

/** A data address back to the sound that it was made of. @param {string} address */
async function blobOf(address) {
  const [, type, data] = /** @type {RegExpExecArray} */ (/^data:([^;,]+)[^,]*,(.*)$/s.exec(address));
  return new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type });
}

/** @param {Blob} blob @returns {Promise<string>} */
export function addressOfBlob(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
