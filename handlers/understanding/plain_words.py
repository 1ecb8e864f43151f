"""Which words may stand in a plain report; any other makes it a question."""

from __future__ import annotations

from handlers.understanding.phrases import says
from handlers.understanding.report_clause import SUBJECTS, ClauseReader
from handlers.understanding.statements import Clause, Words, is_other, is_somebody_of
from handlers.understanding.tokens import Token

_LEADS_ON = 2  # words after one that leads to what a training is about
_PRICED = frozenset({"ribu", "juta", "jt", "rb"})
_COVERED = frozenset({"platform", "partner", "date", "hour", "budget", "zone", "wave"})
_ASKING = frozenset({"mau", "mohon", "tolong", "minta"})
"""What asks that something be noted: *mohon dicatat*."""
_COUNTS = frozenset({"1", "5", "100"})
_DOUBTFUL = ("elsewhere", "wish", "failed", "benefit", "helping", "basket", "meant")
"""What casts doubt on a report even where it only tells of the circumstances."""
_OWNED_BY = frozenset({"yang", "punya", "milik", "buat", "untuk", "nama"})
_LEADING = ("meanwhile", "helped")
_HELPER = 2  # words that name a helper
_NEAR = 3  # words
_SHORT_WORD = 3  # letters


class PlainWords:
    """Judges the words of clauses that may report a step."""

    def __init__(self, words: Words, clauses: ClauseReader) -> None:
        self._words, self._clauses = words, clauses

    def stand(self, clause: Clause, place: int) -> bool:
        """Whether a word may stand in a plain report."""
        if self._is_help(clause, place):
            return True
        if self._is_bought_instead(clause, place) or is_somebody_of(self._words, clause.tokens, place):
            return False
        if self._is_wanted(clause, place):
            return False
        return self._is_expected(clause, place)

    def _is_wanted(self, clause: Clause, place: int) -> bool:
        """Whether the *mo* of Manado is a wish, *mo beli*, and not the particle of Makassar, *sudah mo beli mo*."""
        acts = place + 1 < len(clause.tokens) and self._clauses.is_act(clause, place + 1)
        return acts and clause.tokens[place].word == "mau"

    def _is_expected(self, clause: Clause, place: int) -> bool:
        """Whether a word is one of those that a plain report may consist of, or tells of its circumstances."""
        token = clause.tokens[place]
        if (
            self._clauses.is_act(clause, place)
            or self._clauses.of(token, _COVERED)
            or self._is_javanese_i(clause, place)
        ):
            return True
        if self._words.have("kin", token) and token.raw not in self._words.by_role["address"]:
            last = place == len(clause.tokens) - 1 and place > 0
            owned = is_other(self._words, token, last=True) or clause.tokens[place - 1].word in _OWNED_BY
            return last and not owned
        mine = token.raw.endswith("ku") and is_other(self._words, token, last=True)  # *kakakku* is not spoken to
        if (self._words.allow(token) and not mine) or token.raw in _COUNTS:
            return True
        if any(
            is_so(clause, place)
            for is_so in (self._clauses.is_just, self._is_meanwhile, self._is_at, self._is_deducted)
        ):
            return True
        if token.word == "yang":
            bought = any(self._words.have("act", earlier) for earlier in clause.tokens[:place])
            following = clause.tokens[place + 1 : place + 2]
            first = any(each.word in {"pertama", "satu"} for each in following)
            bought = bought or self._clauses.was_oneself(clause)
            return bought or first or any(self._clauses.of(each, SUBJECTS) for each in following)
        if token.word in _ASKING and place + 1 < len(clause.tokens):
            return self._words.have("telling", clause.tokens[place + 1])
        following = clause.tokens[place + 1 : place + 3]
        if self._clauses.of(token, SUBJECTS):
            earlier = clause.tokens[:place]
            headed = any(self._words.have("titled", each) or each.word == "yang" for each in earlier)
            return headed and self._is_paid(clause)
        if self._leads_to_subject(clause, place) or self._is_reproach(clause, place):
            return True
        if token.is_number and any(each.word in _PRICED for each in following[:1]):
            return True
        if token.word == "untuk":
            upto = 2 if token.raw == "for" else 1  # "for the course"
            return any(self._words.have("titled", each) for each in following[:upto])
        if token.raw in {"atas", "nama"}:
            return any(self._words.have("me", each) for each in following)
        if self._words.have("telling", token) or self._words.have("opening", token):
            return True
        return self._is_title(clause, place)

    def _leads_to_subject(self, clause: Clause, place: int) -> bool:
        """Whether a word leads from *yang* to what a training is about: *yang bikin sambal*."""
        if place == 0 or not self._words.have("about", clause.tokens[place]):
            return False
        headed = clause.tokens[place - 1].word == "yang" or self._words.have("about", clause.tokens[place - 1])
        following = clause.tokens[place + 1 : place + 1 + _LEADS_ON]
        return headed and any(self._clauses.of(each, SUBJECTS) for each in following)

    def _is_reproach(self, clause: Clause, place: int) -> bool:
        """Whether a word belongs to an end that complains of being reminded: *sudah beli telat kali kau tanya*."""
        at = next(at for at, each in enumerate(self._clauses.all) if each is clause)
        after = [token for each in self._clauses.all[at + 1 : at + 2] for token in each.tokens]
        acts = [before for before in range(place) if self._clauses.is_act(clause, before)]
        begins = [[*clause.tokens[start:], *after] for start in range(acts[0] + 1, place + 1)] if acts else []
        ends = next((rest for rest in begins if says("being nagged", " ".join(token.raw for token in rest))), [])
        return bool(ends) and not any(self._words.have(role, each) for each in ends for role in _DOUBTFUL)

    def _is_at(self, clause: Clause, place: int) -> bool:
        """Whether an unlisted short word leads to where something is sold, as *nde Tokopedia* does in some dialect."""
        token = clause.tokens[place]
        if place + 1 >= len(clause.tokens) or len(token.raw) > _SHORT_WORD or token.raw != token.word:
            return False
        known = any(token.word in listed or token.raw in listed for listed in self._words.by_role.values())
        return not known and self._clauses.of(clause.tokens[place + 1], {"platform"})

    def _is_help(self, clause: Clause, place: int) -> bool:
        """Whether a word is, or tells who is, the helper of who bought: *tadi dibantu kakak saya beli*."""
        led = [at for at in range(place + 1) if self._words.have("helped", clause.tokens[at])]
        token, near = clause.tokens[place], bool(led) and place - led[-1] <= _HELPER
        who = is_other(self._words, token, last=True)  # *dibantu anak*, a word that casts doubt anywhere else
        return near and (who or not any(self._words.have(role, token) for role in _DOUBTFUL if role != "helping"))

    def _is_meanwhile(self, clause: Clause, place: int) -> bool:
        """Whether a word tells of the circumstances after what was done: *beli di Pintaria sambil antri bensin*."""
        token = clause.tokens[place]
        before = clause.tokens[: place + 1]
        helped = any(self._words.have("helped", each) for each in before)
        doubtful = any(self._words.have(role, token) for role in _DOUBTFUL)
        if doubtful or (is_other(self._words, token, last=False) and not helped):
            return False
        led = [at for at, each in enumerate(before) if any(self._words.have(role, each) for role in _LEADING)]
        return bool(led) and any(self._clauses.is_act(clause, at) for at in range(led[0]))

    def _is_deducted(self, clause: Clause, place: int) -> bool:
        """Whether a word tells that the balance was paid with: *dan saldo sudah terpotong*."""
        near = clause.tokens[max(0, place - _NEAR) : place + _NEAR + 1]
        return any(self._words.have("deducted", each) for each in near) and any(
            self._words.have(role, clause.tokens[place]) for role in ("money", "deducted")
        )

    def _is_bought_instead(self, clause: Clause, place: int) -> bool:
        """Whether a word is what was bought, where no training is: *beli laptop*, not *beli kelas pakai laptop*.

        *Beli aja* is what one tells others.
        """
        if place == 0 or self._is_deducted(clause, place):
            return False
        before, token = clause.tokens[place - 1], clause.tokens[place]
        if token.word == "saja":
            return self._clauses.is_act(clause, place - 1)
        bought = any(self._clauses.is_act(clause, at) for at in range(place))
        return self._words.have("wares", token) and bought and not self._words.have("by", before)

    def _is_title(self, clause: Clause, place: int) -> bool:
        """Whether a word belongs to the title that follows *kelas*: the words until a known one."""
        if not self._is_paid(clause):
            return False
        for at in range(place, -1, -1):
            token = clause.tokens[at]
            if self._words.have("titled", token):
                return at < place
            if self._is_no_title(token) or self._clauses.is_act(clause, at):
                return False
            if at < place and self._words.allow(token) and token.raw not in self._words.by_role["joining"]:
                return False
        return False

    def _is_paid(self, clause: Clause) -> bool:
        """Whether a clause tells of buying in so many words; *punya kelas favorit* need not be bought."""
        if not self._clauses.names(clause):
            return True  # it only tells which, beside the clause that reports
        acts = any(self._clauses.is_act(clause, at) for at in range(len(clause.tokens)))
        return acts or self._clauses.has(clause, "paid")

    def _is_no_title(self, token: Token) -> bool:
        doubtful = any(self._words.have(role, token) for role in ("untitled", "elsewhere", "wish"))
        return doubtful or is_other(self._words, token, last=False)

    def _is_javanese_i(self, clause: Clause, place: int) -> bool:
        """Whether *tak* is "I" before a Javanese verb, not "not": *wis tak tumbas*."""
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].raw == "tak" and following in self._words.by_role.get("javanese", frozenset())
