// Signing out. What is not sent yet stays in this browser for the same person, and nobody else is shown or sends it.

import { confirm } from "../components/dialog.js";
import { becomes } from "../person.js";
import { openChunkStore } from "../recording/chunk-store.js";
import { accounts } from "./requests.js";

/** Ask first if a recording was not sent yet, then sign out and load the sign-in page. */
export async function signOut() {
  const store = await openChunkStore();
  const kept = ((await store?.takes().catch(() => [])) ?? []).filter(({ discarded, count }) => !discarded && count > 0);
  const yes =
    kept.length === 0 ||
    (await confirm({
      title: "Sign out now?",
      text: "A recording is not sent yet. It stays in this browser, and nobody else can open it here. Sign in here again to send it.",
      yes: "Sign out",
      no: "Stay",
      deletes: false,
    }));
  if (yes) {
    await accounts.signOut();
    becomes(null);
    location.assign("/sign-in");
  }
}
