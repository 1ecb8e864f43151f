"""One number says which announcement and whose it is."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.delivery_queue.broadcast_keys import EVERYBODY, key_of

BROADCASTS, PEOPLE = st.integers(1, 2**22), st.integers(1, EVERYBODY)


@given(one=st.tuples(BROADCASTS, PEOPLE), other=st.tuples(BROADCASTS, PEOPLE))
def test_a_key_is_of_one_person_and_one_announcement(one: tuple[int, int], other: tuple[int, int]) -> None:
    """It fits eight bytes, and is no key of a delivery of one's own."""
    assert (key_of(*one) == key_of(*other)) == (one == other)
    assert -(2**63) <= key_of(*one) < 0


@given(broadcast=BROADCASTS, people=st.lists(PEOPLE, min_size=2, unique=True))
def test_keys_of_an_announcement_lie_together_in_order(broadcast: int, people: list[int]) -> None:
    """So what lies between two people is found by their keys; later announcements lie below."""
    keys = [key_of(broadcast, person) for person in sorted(people)]
    assert keys == sorted(keys)
    assert key_of(broadcast, 0) < keys[0]
    assert keys[-1] <= key_of(broadcast, EVERYBODY)
    assert key_of(broadcast + 1, EVERYBODY) < keys[0]
