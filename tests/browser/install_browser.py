"""Puts a Chromium in place where that needs no question: Debian's own package, as root.

Run by `make test` with whatever Python there is, so: standard library only. Never fails; without a
browser the browser tests say what to install (and fail in CI).
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from browser_paths import DEBIAN_PACKAGES, find_browser, install_command


def _is_debian() -> bool:
    try:
        release = Path("/etc/os-release").read_text()
    except OSError:
        return False
    return "debian" in release.lower()


def _install() -> None:
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    packages = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES]
    for command in (["apt-get", "update", "-qq"], packages):
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def main() -> int:
    """Exit status 0, always: the tests decide what a missing browser means."""
    if find_browser():
        return 0
    if _is_debian() and hasattr(os, "geteuid") and os.geteuid() == 0:
        sys.stdout.write("Installing Chromium for the browser tests...\n")
        try:
            _install()
        except (OSError, subprocess.CalledProcessError) as error:
            sys.stdout.write(f"That did not work: {error}\n")
    if not find_browser():
        sys.stdout.write(f"No Chromium for the browser tests. To have one: {install_command()}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
