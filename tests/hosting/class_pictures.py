"""Pictures of pages on the way: light, dark, and on a phone."""

from pathlib import Path

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 780}


class Pictures:
    """Takes pictures where there is a folder for them, and nothing otherwise.

    Args:
        folder: of the pictures.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        """Takes three of a page, from its top to its end, and leaves the page as it was."""
        if self._folder is None:
            return
        before = page.viewport_size
        for kind, scheme, size in (
            ("light", "light", before),
            ("dark", "dark", before),
            ("phone", "light", PHONE),
        ):
            page.emulate_media(color_scheme=scheme)
            if size is not None:
                page.set_viewport_size(size)
            page.wait_for_timeout(300)
            page.screenshot(path=self._folder / f"{name}-{kind}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        if before is not None:
            page.set_viewport_size(before)
