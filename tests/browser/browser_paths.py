"""Where a Chromium is on this machine. Standard library only: used before anything is installed."""

import shutil
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
DEBIAN_PACKAGES = ("chromium", "fonts-liberation")


def find_browser() -> str | None:
    """Path of a Chromium or one of its kind; None where there is none."""
    for command in COMMANDS:
        path = shutil.which(command)
        if path:
            return path
    return next((path for path in MACOS if Path(path).is_file()), None)


def install_command() -> str:
    """The one command that puts a browser in place here."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if shutil.which("apt-get"):
        return f"sudo apt-get install --no-install-recommends {' '.join(DEBIAN_PACKAGES)}"
    if shutil.which("dnf"):
        return "sudo dnf install chromium"
    return "install Chromium or Chrome, and see that `chromium` or `google-chrome` starts it"
