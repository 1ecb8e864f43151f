"""The policy is data, and its mistakes are named."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from programme.model.milestones import Milestone
from reminders.policy import FILE, PolicyError, load_policy
from reminders.wording.dateless import DATELESS_WORDS
from reminders.wording.deadline import DEADLINE_WORDS
from reminders.wording.path import AFTER_CUTOFF, PATH_WORDS


def test_the_policy_is_the_one_of_the_issue(policy):
    """H-14, H-7, H-3, H-1, three on the last day, one on the morning after; pictures from H-3. Reports are checked."""
    deadline = {rule.key: rule for rule in policy.rules if rule.anchor == "cutoff"}
    assert list(deadline) == ["H-14", "H-7", "H-3", "H-1", "H-0-09", "H-0-18", "H-0-21", "H-0-18-shown", "H+1"]
    with_picture = [key for key, rule in deadline.items() if rule.picture and rule.picks]
    assert with_picture == ["H-3", "H-1", "H-0-09", "H-0-18", "H-0-21"]
    assert [key for key, rule in deadline.items() if rule.at_night] == ["H-0-21"]
    assert policy.plan.safe == timedelta(hours=1)
    assert (policy.quiet.begins, policy.quiet.ends) == (time(21), time(8))
    assert policy.implied[Milestone.REVIEWED] == (Milestone.INCENTIVE_PAID,)


def test_every_rule_has_its_words(policy):
    """No rule is without a sentence, and no sentence without a rule."""
    spoken = {rule.words for rule in policy.rules} | {policy.plan.words}
    assert spoken == {*DEADLINE_WORDS, *DATELESS_WORDS, *PATH_WORDS, AFTER_CUTOFF}


def test_an_unknown_key_has_no_rule(policy):
    """A reminder whose rule was taken out of the policy is not known any more."""
    assert policy.rule("H-99") is None
    assert policy.rule("H-3").day == -3


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('key = "H-7"', 'key = "H-14"', "rule H-14: a key must be unique"),
        ('key = "H-7"', 'key = "H/7"', "rule H/7: a key must be unique and hold no '/'"),
        ('anchor = "bought"', 'anchor = "sold"', "rule finish-3: 'sold'"),
        ("ends = 72", "ends = -1", "rule passed-2: ends = -1"),
        ("wished = true", "wish = true", "rule joined: .*wish"),
        ("spacing_minutes", "spacing_seconds", "policy.toml has no 'spacing_minutes'"),
        ("evening = 20:30:00", "", "policy.toml: .*evening"),
        ('level = "all"', "", "rule joined: 'level'"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, right, wrong, named):
    """Whoever edits the policy reads which rule is wrong, and how."""
    file = tmp_path / "policy.toml"
    text = FILE.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(PolicyError, match=named):
        load_policy(file)
