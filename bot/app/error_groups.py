"""Exception groups: what really went wrong in one."""

from __future__ import annotations


def leaves(error: BaseException) -> list[BaseException]:
    """Return what really went wrong: the errors in a group of errors, however deep."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for each in error.exceptions for leaf in leaves(each)]
    return [error]
