"""Which templates can be sent, in memory: read from the store every so often, so that a sending asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.store import Store


@dataclass(slots=True)
class TemplateBook:
    """A snapshot; nothing is usable before the first `refresh`."""

    store: Store
    _usable: frozenset[tuple[str, str]] = frozenset()
    _sent: set[tuple[str, str]] = field(default_factory=set)

    def usable(self, name: str, language: str) -> bool:
        """Tell whether a template may be sent, as it was known at the last refresh."""
        return (name, language) in self._usable

    def bar(self, name: str, language: str) -> None:
        """Send it no more until the next refresh: the channel has just refused it."""
        self._usable -= {(name, language)}

    def sent(self, name: str, language: str) -> None:
        """Remember that it was sent, to be written down at the next refresh."""
        self._sent.add((name, language))

    async def refresh(self) -> None:
        """Write down what was sent, and read anew what can be."""
        sent, self._sent = self._sent, set()
        if sent:
            async with self.store.writing() as tx:
                await tx.templates.used(sent)
        async with self.store.reading() as tx:
            self._usable = await tx.templates.usable()
