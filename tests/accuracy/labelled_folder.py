"""Where the labelled speech lies: the folder `../shared/eval` beside the checkout, or what the environment
variable GREENROOM_LABELLED_SPEECH says.
"""

import os
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def folder() -> Path:
    """The labelled speech, whether it is there or not."""
    return Path(os.environ.get("GREENROOM_LABELLED_SPEECH", REPOSITORY.parent / "shared" / "eval"))
