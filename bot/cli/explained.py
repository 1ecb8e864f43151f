"""`sobat chat --why`: what an answer follows from, in a few lines."""

from __future__ import annotations

from handlers.dialogue.turn_input import TurnOutcome


def explained(outcome: TurnOutcome) -> list[str]:
    """Return what was said last, how the words were read, and what decided; nothing where a button was pressed."""
    why = outcome.why
    if why is None:
        return []
    told = ", ".join(f"{kind} {value}" for kind, value in why.matter.told.items()) if why.matter is not None else ""
    lines = [f"said last    {why.matter.conversation} {told}".rstrip() if why.matter is not None else "said last    -"]
    if why.asked is not None:
        lines.append(f"open         {why.asked}")
    if why.understood is not None:
        guesses = ", ".join(f"{guess.intent} {guess.confidence:.0%}" for guess in why.understood.guesses[:3])
        named = ", ".join(f"{entity.kind} {entity.value}" for entity in why.understood.entities)
        lines.append(f"read         {why.understood.normalised}")
        lines.append(f"guesses      {guesses}; {'certain' if why.understood.certain else 'not certain'}")
        lines += [f"named        {named}"] if named else []
        lines += [f"also         {', '.join(why.understood.also)}"] if why.understood.also else []
    return [*lines, f"decided by   {why.decided}"]
