"""Markup for property tests: tags that are opened and closed in order, around words of any kind."""

from __future__ import annotations

from hypothesis import strategies as st


def closed(tokens: list[str]) -> str:
    """Tags opened or closed where the tokens say so, and all closed at the end."""
    out, opened = [], list[str]()
    for token in tokens:
        if token == "/":
            out.append(f"</{opened.pop()}>" if opened else "")
        elif token in {"b", "i"}:
            opened.append(token)
            out.append(f"<{token}>")
        else:
            out.append(token)
    return "".join(out + [f"</{tag}>" for tag in reversed(opened)])


def html_of(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Up to 40 words in bold, in italics, in both or in neither."""
    return st.lists(words | st.sampled_from(["b", "i", "/"]), max_size=40).map(closed)
