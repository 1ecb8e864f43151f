"""Every sort of list, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.importing.incentives import IncentiveList
from bot.importing.lists import Roll
from bot.importing.roster import RosterList
from bot.importing.trainings import TrainingList

LISTS: Final[Mapping[str, Roll]] = MappingProxyType(
    {"roster": RosterList(), "trainings": TrainingList(), "incentives": IncentiveList()}
)
