"""Who makes a change."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Editor:
    """Who makes a change: the name that the public history shows, and the account where there is one."""

    name: str
    user: User | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 150:
            raise ValueError("an editor has a name of 1 to 150 characters")


COMMAND_LINE = Editor("command line")
