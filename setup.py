"""Adds the folders next to the packages to the wheel; everything else about it is in pyproject.toml.

`web` and `samples` would be poor names in site-packages, so that each goes into the package that reads it.
`analysis.data_folders` finds them in both places.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = {"web": "service/web", "samples": "analysis/samples"}
"""Where each folder goes."""
LEFT_OUT = {
    "web": shutil.ignore_patterns(),
    # What makes the samples and the speech of the interviewers takes voices that are not in the wheel.
    "samples": shutil.ignore_patterns(
        "__pycache__", "*.py", "requirements.txt", "answers.toml", "interviewer"
    ),
}
"""What does not go there."""


class BuildWithFolders(build_py):
    """Builds the packages and copies the folders into them."""

    def run(self) -> None:
        """Runs the command. An editable installation takes the folders of the checkout."""
        if self.editable_mode:
            super().run()
            return
        # A module that is gone would otherwise go into the wheel from an earlier build.
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        for folder, target in FOLDERS.items():
            source = Path(__file__).with_name(folder)
            shutil.copytree(source, Path(self.build_lib, target), ignore=LEFT_OUT[folder])


setup(cmdclass={"build_py": BuildWithFolders})
