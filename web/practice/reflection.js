// What a person thought of a take, kept until the service has an answer to put it with.

import { api } from "../api.js";

export class ReflectionKeeper {
  #values = { length: null, fillers: null };
  #answer = null;
  #saving = Promise.resolve();

  of(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    this.#save();
  }

  /** The answer it belongs to, once there is one. */
  to(answerId) {
    this.#answer = answerId;
    if (Object.values(this.#values).some((value) => value !== null)) {
      this.#save();
    }
  }

  /** Resolves when what was said so far is with the service, or could not be. */
  get saved() {
    return this.#saving;
  }

  #save() {
    if (this.#answer) {
      const reflection = { ...this.#values };
      // One after the other, so that what was chosen last stays.
      this.#saving = this.#saving
        .then(() => api.change(this.#answer, { reflection }))
        .catch(() => {
          // Two words about a take are not worth a warning between a person and their report.
        });
    }
  }
}
