// Taking a submitted answer back, after one question.

import { confirm } from "../components/dialog.js";
import { announce } from "../components/notices.js";
import { advising } from "./requests.js";

/** 'Ana Ruiz', 'Ana Ruiz and Li Wei', 'Ana, Ben and Li'. @param {Array<{name: string}>} advisers */
export function namesOf(advisers) {
  const names = advisers.map(({ name }) => name);
  const last = names.pop() ?? "";
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}

/**
 * @param {{id: string, advisers: Array<{name: string}>}} submission
 * @returns {Promise<boolean>} whether it was taken back
 */
export async function takeBack({ id, advisers }) {
  const yes = await confirm({
    title: "Take this answer back?",
    text: `From that moment on, ${namesOf(advisers)} can no longer see or hear it. Comments that you have got stay with you. You can submit it again.`,
    yes: "Take it back",
    no: "Leave it submitted",
    deletes: false,
  });
  if (yes) {
    await advising.takeBack(id);
    announce("Taken back.");
  }
  return yes;
}
