// After everything is deleted: what this browser alone still keeps, such as words that were not sent yet.

import { openChunkStore } from "./chunk-store.js";
import { lockedTakes } from "./take-lock.js";

/** All that these pages keep under a name has a name that begins so. */
const PREFIX = "greenroom.";

/** Takes that a tab is recording or sending just now are left to it. Never rejects. */
export async function forgetInBrowser() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
  const store = await openChunkStore();
  const [rows, locked] = await Promise.all([store?.takes().catch(() => []) ?? [], lockedTakes()]);
  const left = rows.filter(({ id, answerId }) => !locked.has(id) && !locked.has(answerId));
  await Promise.all(left.map(({ id }) => store?.remove(id).catch(() => {})));
}
