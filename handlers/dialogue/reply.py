"""Reply builder: the messages of an answer under construction, in the language of the participant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from locales import fill
from programme.model.messages import Answer, AskContact, Button, Key, Link, Matter, Message, Open


@dataclass(frozen=True, slots=True)
class Reply:
    """Messages to the person, in order. `edits` puts them in place of the message whose button was pressed."""

    messages: tuple[Message, ...]
    edits: bool = False

    def button(self, label: str, conversation: str, /, **answers: str) -> Reply:
        """Add a button that opens `conversation`, in a row of its own."""
        return self.row(button(label, conversation, **answers))

    def link(self, label: str, url: str) -> Reply:
        """Add a button that leads to `url`, in a row of its own."""
        return self.row(Link(label, url))

    def ask_contact(self, label: str) -> Reply:
        """Add a button by which the person shares their own number."""
        return self.row(AskContact(label))

    def with_own_data(self) -> Reply:
        """Send a file of all that is kept of the person along with the last message."""
        *earlier, last = self.messages
        return replace(self, messages=(*earlier, replace(last, own_data=True)))

    def row(self, *keys: Key) -> Reply:
        """Add one row of buttons below the last message."""
        if not keys:
            return self
        *earlier, last = self.messages
        return replace(self, messages=(*earlier, replace(last, keys=(*last.keys, keys))))

    def then(self, more: Reply | Callable[[], Reply]) -> Reply:
        """Go on with another message."""
        following = more if isinstance(more, Reply) else more()
        return replace(self, messages=(*self.messages, *following.messages))

    def also(self, text: str, /, **values: object) -> Reply:
        """Add a paragraph to the last message."""
        *earlier, last = self.messages
        longer = f"{last.text}\n\n{fill(text, **values)}"
        return replace(self, messages=(*earlier, replace(last, text=longer)))

    def after(self, text: str) -> Reply:
        """Put a paragraph, already filled, before the first message."""
        first, *others = self.messages
        return replace(self, messages=(replace(first, text=f"{text}\n\n{first.text}"), *others))

    def about(self, matter: Matter | None) -> Reply:
        """Tell what the last message is about, for the words that will answer it."""
        if not self.messages:
            return self
        *earlier, last = self.messages
        return replace(self, messages=(*earlier, replace(last, about=matter)))

    def numbered(self, dialogue: int) -> Reply:
        """Put the number of the dialogue into the buttons that answer its question."""

        def of_it(key: Key) -> Key:
            match key:
                case Button(label, Answer(0, name, value)):
                    return Button(label, Answer(dialogue, name, value))
                case _:
                    return key

        messages = (replace(one, keys=tuple(tuple(map(of_it, row)) for row in one.keys)) for one in self.messages)
        return replace(self, messages=tuple(messages))

    def in_place(self) -> Reply:
        """Replace the message whose button was pressed, where the channel can."""
        return replace(self, edits=True)


def say(text: str, /, **values: object) -> Reply:
    """Start a reply with `text`, its `{names}` filled with `values` in the person's language."""
    return Reply((Message(fill(text, **values)),))


def button(label: str, conversation: str, /, **answers: str) -> Button:
    """Make a button that opens `conversation` with these answers already given."""
    return Button(label, Open(conversation, answers))
