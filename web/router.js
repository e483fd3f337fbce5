// Which page is shown for which address, and when its modules are fetched. Links marked data-page change the page
// without loading the document again.

import { problemNotice } from "./components/notices.js";
import { html, render } from "./templating.js";

/** Milliseconds after the first page has loaded until the modules of the other pages are fetched. */
const FETCH_OTHERS_AFTER = 1500;

/**
 * @typedef {object} Page
 * @property {string} name of its entry in the navigation; empty where it has none
 * @property {string} title in the browser's tab
 * @property {RegExp} pattern of its addresses
 * @property {OpenPage & {load?: () => Promise<unknown>}} open
 */

/**
 * Shows a page in a container.
 * @callback OpenPage
 * @param {HTMLElement} container
 * @param {RegExpExecArray} match what the page's pattern found in the address
 * @returns {(() => void)|void} called when another page is shown
 */

/**
 * @param {Page[]} pages the first one whose pattern fits the address is shown
 * @param {HTMLElement} main where pages are shown
 * @param {(page: Page) => void} onChange called when another page is shown
 */
export function startRouter(pages, main, onChange) {
  let close = () => {};

  const show = ({ moveFocus }) => {
    const path = location.pathname.replace(/(.)\/$/, "$1");
    for (const page of pages) {
      const match = page.pattern.exec(path);
      if (match) {
        close();
        main.replaceChildren();
        // Each page gets a new element: what arrives late for the last one is drawn into a detached element.
        const container = document.createElement("div");
        main.append(container);
        setPageTitle(page.title);
        close = page.open(container, match) || (() => {});
        onChange(page);
        if (moveFocus) {
          scrollTo(0, 0);
          main.focus({ preventScroll: true });
        }
        return;
      }
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-page]") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented) {
      event.preventDefault();
      goTo(/** @type {string} */ (link.getAttribute("href")));
    }
  });
  addEventListener("popstate", () => show({ moveFocus: false }));
  addEventListener("greenroom:go", () => show({ moveFocus: true }));
  show({ moveFocus: false });
}

/**
 * Go to another page without loading the document.
 * @param {string} path
 * @param {{replace?: boolean}} [options] `replace`: the page that is left is not gone back to
 */
export function goTo(path, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", path);
  dispatchEvent(new Event("greenroom:go"));
}

/** The words in the browser's tab. */
export function setPageTitle(words) {
  document.title = words ? `${words} · Greenroom` : "Greenroom";
}

/**
 * The `open` of a page whose modules are fetched when it is first shown.
 * @template T
 * @param {() => Promise<T>} load imports the page's module
 * @param {(module: T, container: HTMLElement, match: RegExpExecArray) => (() => void)|void} open
 * @returns {OpenPage & {load: () => Promise<T>}}
 */
export function lazyPage(load, open) {
  const openWhenLoaded = (container, match) => {
    let close = () => {};
    let left = false;
    load().then(
      (module) => {
        if (!left) {
          close = open(module, container, match) || close;
        }
      },
      () => left || render(notLoaded(), container),
    );
    return () => {
      left = true;
      close();
    };
  };
  openWhenLoaded.load = load;
  return openWhenLoaded;
}

/**
 * Fetch the modules of all other pages once the first one is shown, so that they open even when the service has
 * stopped meanwhile.
 * @param {Page[]} pages
 */
export function fetchOtherPages(pages) {
  const fetchAll = () =>
    setTimeout(() => pages.forEach(({ open }) => open.load?.().catch(() => {})), FETCH_OTHERS_AFTER);
  if (document.readyState === "complete") {
    fetchAll();
  } else {
    addEventListener("load", fetchAll, { once: true });
  }
}

const notLoaded = () => html`${problemNotice({ code: "connection_lost" })}
  <div class="buttons"><button class="button button-main" type="button" @click=${() => location.reload()}>Try again</button></div>`;
