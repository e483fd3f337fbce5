"""The making of playable copies as a task of a confined process."""

from collections.abc import Mapping

from analysis.audio.confined_tasks import as_task
from analysis.confinement.child import Task
from service.recordings.playable_media import write_playable

TASKS: Mapping[str, Task] = {"write_playable": as_task(write_playable)}
