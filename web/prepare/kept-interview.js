// One interview while it is looked at and changed: each field is kept by the service as soon as it is written.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";

/** What is said below a field: that it is kept, or why not. @typedef {{saved: boolean, problem: string}} Said */

/** Events: "change", and "kept" once the service has taken something. */
export class KeptInterview extends EventTarget {
  /** As the service has it, with what is on its way or refused as it was typed. @type {any} */
  present;
  /** By field, and by `confirmations`. @type {Map<string, Said>} */
  #said = new Map();
  /** Fields that are not kept as they stand. @type {Map<string, unknown>} */
  #unkept = new Map();
  /** Why it could not be deleted. @type {unknown} */
  problem = null;
  #inOrder = inOrder();

  constructor(interview) {
    super();
    this.present = interview;
    this.id = interview.id;
  }

  /** @returns {Said} */
  said(field) {
    return this.#said.get(field) ?? { saved: false, problem: "" };
  }

  /** Keep a field. Resolves when it is kept, or is refused. */
  async change(field, value) {
    if (same(this.present[field], value) && !this.said(field).problem) {
      return;
    }
    // At once, so that what is drawn meanwhile is what was typed.
    this.#unkept.set(field, value);
    this.present = { ...this.present, [field]: value };
    this.#said.forEach(({ saved }, other) => saved && this.#said.delete(other));
    this.#said.delete(field);
    this.#tell();
    await this.#inOrder(async () => {
      try {
        const kept = await api.changeScheduledInterview(this.id, { [field]: value });
        const isLatest = same(this.#unkept.get(field), value);
        if (isLatest) {
          this.#unkept.delete(field);
          this.#said.set(field, { saved: true, problem: "" });
        }
        this.#take(kept);
      } catch (error) {
        this.#said.set(field, { saved: false, problem: reasonOf(error) });
      }
    });
    this.#tell();
  }

  confirm(confirmation) {
    return this.#confirmations(() => api.addConfirmation(this.id, confirmation));
  }

  removeConfirmation(id) {
    return this.#confirmations(() => api.removeConfirmation(this.id, id));
  }

  async #confirmations(action) {
    this.#said.delete("confirmations");
    try {
      this.#take(await this.#inOrder(action));
    } catch (error) {
      this.#said.set("confirmations", { saved: false, problem: reasonOf(error) });
    }
    this.#tell();
  }

  /** @returns {Promise<boolean>} whether it is gone */
  async delete() {
    try {
      await this.#inOrder(() => api.deleteScheduledInterview(this.id));
      return true;
    } catch (error) {
      this.problem = error;
      this.#tell();
      return false;
    }
  }

  #take(kept) {
    this.present = { ...kept, ...Object.fromEntries(this.#unkept) };
    this.dispatchEvent(new Event("kept"));
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Why a value is not kept, in the words of the service. */
export function reasonOf(error) {
  return error.text || "Not saved yet. Check that Greenroom is still running.";
}

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
