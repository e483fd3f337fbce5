"""Drives the modules that record, on a page of the running service, as the practice page does."""

from typing import Any

from playwright.sync_api import Page

_OPEN = """async ([camera, details]) => {
  const { openCapture } = await import("/static/recording/microphone.js");
  const { Take } = await import("/static/recording/take.js");
  window.capture = await openCapture({ camera });
  window.take = new Take(window.capture, details);
  window.seen = { states: [], errors: [], connections: [] };
  const look = () => {
    const { state, error, connection } = window.take;
    for (const [list, value] of [["states", state], ["errors", error?.code], ["connections", connection]]) {
      if (value && window.seen[list].at(-1) !== value) {
        window.seen[list].push(value);
      }
    }
  };
  window.take.addEventListener("change", look);
  window.begun = performance.now();
  await window.take.start();
}"""

_NOW = """() => {
  const { state, elapsed, stored, waiting, connection, answer, error } = window.take;
  return { state, elapsed, stored, waiting, connection, answer, error: error?.code ?? null };
}"""


def start_take(page: Page, *, camera: bool = False, **details: Any) -> None:
    """Opens the microphone and records. The take is `window.take`, what it said of itself `window.seen`.

    `window.begun` is the page's time just before it began, in milliseconds.
    """
    if not page.url.endswith("/settings"):
        page.goto("/settings")
    page.evaluate(_OPEN, [camera, details])


def now(page: Page) -> dict[str, Any]:
    """What the take says of itself."""
    said: dict[str, Any] = page.evaluate(_NOW)
    return said


def record_until(page: Page, seconds: float) -> None:
    """Waits until so much is recorded."""
    page.wait_for_function("(seconds) => window.take.elapsed >= seconds", arg=seconds)


def wait_until_stored(page: Page) -> None:
    """Waits until the service has acknowledged all chunks that there are."""
    page.wait_for_function("() => window.take.stored > 0 && window.take.waiting === 0")


def stop(page: Page) -> dict[str, Any]:
    """Stops, and returns the service's answer."""
    answer: dict[str, Any] = page.evaluate("window.take.stop()")
    page.evaluate("window.capture.close()")
    return answer


def unfinished(page: Page) -> list[dict[str, Any]]:
    """What the page would offer to finish; the functions of entry i are at `window.unfinished[i]`."""
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const { listUnfinished } = await import("/static/recording/unfinished.js");
          window.unfinished = await listUnfinished();
          return window.unfinished.map(({ id, question, seconds }) => ({ id, question, seconds }));
        }"""
    )
    return found


def kept_chunks(page: Page) -> list[int]:
    """Numbers of all chunks in the browser's database."""
    numbers: list[int] = page.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.open("greenroom-recordings").onsuccess = ({ target: { result } }) => {
            result.transaction("chunks").objectStore("chunks").getAllKeys().onsuccess = ({ target }) => {
              resolve(target.result.map(([, number]) => number));
            };
          };
        })"""
    )
    return numbers


def kept_rows(page: Page) -> list[dict[str, Any]]:
    """The takes in the browser's database."""
    rows: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const { openChunkStore } = await import("/static/recording/chunk-store.js");
          return (await openChunkStore()).takes();
        }"""
    )
    return rows
