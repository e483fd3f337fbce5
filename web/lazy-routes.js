// Places whose modules come when somebody goes there: a page waits for its own modules alone. The others follow once
// it stands, so that going elsewhere works even when the service has stopped meanwhile.

import { html, render } from "./templating.js";
import { problemNotice } from "./components/problem.js";

/** Milliseconds after the page has loaded: what it shows first is there by then. */
const LATER = 1500;

/**
 * The `open` of a place.
 * @param {() => Promise<object>} load imports the place's module
 * @param {(module: object, room: Element, match: Array) => Function} open shows it, as the router asks a place to
 */
export function late(load, open) {
  const openLate = (room, match) => {
    let close = () => {};
    let left = false;
    load().then(
      (module) => {
        if (!left) {
          close = open(module, room, match) ?? close;
        }
      },
      () => left || render(notLoaded(), room),
    );
    return () => {
      left = true;
      close();
    };
  };
  openLate.load = load;
  return openLate;
}

/** Fetch the modules of all places, after the page that is looked at. */
export function fetchLatePlaces(places) {
  const fetchAll = () => setTimeout(() => places.forEach(({ open }) => open.load?.().catch(() => {})), LATER);
  if (document.readyState === "complete") {
    fetchAll();
  } else {
    addEventListener("load", fetchAll, { once: true });
  }
}

const notLoaded = () => html`${problemNotice({ code: "connection_lost" })}
  <div class="buttons"><button class="button button-main" type="button" @click=${() => location.reload()}>Try again</button></div>`;
