// What the service does not have yet: kept in this browser, sent in its order, tried again until it is there.

/** Milliseconds until what did not arrive is sent again. */
const TRY_AGAIN = 2_000;

/** @typedef {{id: string, refused?: any}} Waiting `refused`: why the service does not take it */

/** @template {Waiting} Item */
export class Outbox {
  #key;
  #does;
  #sending = false;
  #closed = false;
  /** @type {any} */
  #timer = 0;
  /** Whether the last try failed. */
  late = false;

  /**
   * @param {string} key that it is kept under
   * @param {object} does
   * @param {(item: Item) => Promise<unknown>} does.send
   * @param {(item: Item) => boolean} [does.isReady] whether it can be sent already
   * @param {() => void} does.onChange
   * @param {(item: Item, reply: any) => void} does.onSent
   */
  constructor(key, does) {
    this.#key = key;
    this.#does = does;
    /** @type {Item[]} */
    this.waiting = read(key);
    // Later: whoever makes it does not know it yet.
    if (this.waiting.length > 0) {
      queueMicrotask(() => this.#send());
    }
  }

  /** @param {Item} item */
  add(item) {
    this.waiting.push(item);
    this.changed();
    this.#send();
  }

  /** Forget one that was not sent. */
  drop(id) {
    this.waiting = this.waiting.filter((item) => item.id !== id);
    this.changed();
  }

  /** Try at once. */
  again() {
    this.#send();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  get #next() {
    return this.waiting.find((item) => !item.refused && (this.#does.isReady?.(item) ?? true));
  }

  async #send() {
    if (this.#sending || this.#closed) {
      return;
    }
    clearTimeout(this.#timer);
    this.#sending = true;
    for (let item = this.#next; item; item = this.#next) {
      try {
        const reply = await this.#does.send(item);
        this.late = false;
        const { id } = item;
        this.waiting = this.waiting.filter((each) => each.id !== id);
        this.#does.onSent(item, reply);
      } catch (error) {
        if (isFinal(error)) {
          item.refused = { code: error.code, text: error.text };
        } else {
          this.late = true;
          this.#timer = setTimeout(() => this.#send(), TRY_AGAIN);
          break;
        }
      }
      this.changed();
    }
    this.#sending = false;
    this.changed();
  }

  /** Keep what waits as it is now. */
  changed() {
    try {
      if (this.waiting.length > 0) {
        localStorage.setItem(this.#key, JSON.stringify(this.waiting));
      } else {
        localStorage.removeItem(this.#key);
      }
    } catch {
      // A browser that keeps nothing: it is safe as long as this page is open.
    }
    if (!this.#closed) {
      this.#does.onChange();
    }
  }
}

/** Whether the same would be refused again, however often it is sent. */
export const isFinal = (error) => error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status);

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
