// Which place is shown for which address. Links marked data-place change place without a page load.

/**
 * A place is {pattern, name, title, open(container, match) -> close function}.
 * @param {Array<object>} places
 * @param {HTMLElement} container
 * @param {(place: object) => void} onChange called when another place is shown
 */
export function startRouter(places, container, onChange) {
  let close = () => {};

  const show = ({ moveFocus }) => {
    const path = location.pathname.replace(/(.)\/$/, "$1");
    for (const place of places) {
      const match = place.pattern.exec(path);
      if (match) {
        close();
        container.replaceChildren();
        // Each place gets a fresh element, so that a late answer of the last one draws into nothing.
        const room = document.createElement("div");
        container.append(room);
        setPageTitle(place.title);
        close = place.open(room, match) ?? (() => {});
        onChange(place);
        if (moveFocus) {
          scrollTo(0, 0);
          container.focus({ preventScroll: true });
        }
        return;
      }
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-place]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented) {
      event.preventDefault();
      goTo(link.getAttribute("href"));
    }
  });
  addEventListener("popstate", () => show({ moveFocus: false }));
  addEventListener("greenroom:go", () => show({ moveFocus: true }));
  show({ moveFocus: false });
}

/** Go to another place in this page. */
export function goTo(path) {
  history.pushState(null, "", path);
  dispatchEvent(new Event("greenroom:go"));
}

/** The words in the browser's tab. */
export function setPageTitle(words) {
  document.title = words ? `${words} · Greenroom` : "Greenroom";
}
