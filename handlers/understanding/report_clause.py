"""One clause of a report: which of its words may stand in a plain one, and what the others say of it.

`words/reports.tsv` has the words by their roles.
"""

from __future__ import annotations

from datetime import date

from handlers.understanding.entities import find_entities
from handlers.understanding.phrases import says, without
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import TWICE, Clause, Words, clauses, is_other, is_somebody_of, within, words_of
from handlers.understanding.tokens import Token

_FUND = ("pakai saldo prakerja", "pakai kartu prakerja", "dengan saldo prakerja", "dengan kartu prakerja")
SUBJECTS = frozenset({"topic", "profession"})
"""What a training may be about."""
_REGRETTED = frozenset({"salah", "keliru", "ternyata", "kayaknya", "sepertinya", "rasanya", "mungkin", "seperti"})
"""Doubts that may be about the choice alone: *tapi kayaknya salah pilih*."""
_BETWEEN = frozenset({"saja", "tadi", "kemarin", "banget", "saya"})
"""What may stand between *baru* and what was done."""
_GONE_BY = frozenset({"semalam", "kemarin", "tadi"})
_SINCE = frozenset({"dari", "sejak", "kemarin"})
_GIVES_IN = "gives in to a moment"
"""The phrases in which *sudah* only agrees to a moment ahead."""
_NEAR = 3  # words
_OF_ME = (" pu", " pung", " pe", " punya")
"""What *sa* ends in before what is mine in the east: *sa pu maitua*."""
_HELD_BY = frozenset({"akun", "nama", "punya", "milik"})
_STILL_TO_PAY = frozenset({("tinggal", "bayar"), ("tinggal", "dibayar"), ("belum", "bayar"), ("belum", "dibayar")})
_RELATIVE = 4  # words from *yang* to what was done
_BRIEF = 6  # words of a clause that only names a helper, or only apologises
_ASKING = frozenset({"mau", "mohon", "tolong", "minta"})
"""What asks that something be noted: *mohon dicatat*."""


class ClauseReader:
    """Reads the clauses of one text for one step."""

    def __init__(self, words: Words, text: str, today: date) -> None:
        self._words, self._today = words, today
        self._entities = find_entities(text, today=today)
        self.all = [self._without_purchase(clause) for clause in clauses(spelt(text))]

    def _without_purchase(self, clause: Clause) -> Clause:
        """Return a clause of a later step without what was bought: *kelas (yang saya beli di A) sudah selesai*."""
        tokens, bought = clause.tokens, words_of("bought")
        if self._words.by_role["act"] == bought.by_role["act"] or not any(token.word == "yang" for token in tokens):
            return clause
        begins = next(place for place, token in enumerate(tokens) if token.word == "yang")
        near = range(begins + 1, min(begins + 1 + _RELATIVE, len(tokens)))
        act = next((place for place in near if bought.have("act", tokens[place])), None)
        if act is None:
            return clause
        rest = range(act + 1, len(tokens))
        end = next((at for at in rest if any(bought.have(role, tokens[at]) for role in ("bare", "no"))), len(tokens))
        return Clause((*tokens[:begins], *tokens[end:]), clause.asked) if end < len(tokens) else clause

    def is_claim(self, clause: Clause) -> bool:
        """Whether a clause says that the person took the step, be it among much else."""
        asks = self.has(clause, "asks") and not self.done(clause)
        if clause.asked or asks or self._is_supposed(clause) or self._is_wished(clause) or self.denied(clause):
            return False
        if self.ahead(clause) or (self.others_in(clause) and not self.has_me(clause)):
            return False
        sold = any(self.of(token, {"platform"}) for token in clause.tokens)
        mine = self.has(clause, "me") and not self.has(clause, "asks")
        told = sold and (self.has(clause, "thing") or (mine and not self.has(clause, "benefit")))
        return told or self.done(clause) or self._is_whose_own(clause) or self._is_told(clause, mine=mine)

    def _is_told(self, clause: Clause, *, mine: bool) -> bool:
        """Whether a clause tells of what has been without a word for it: by the day, by owning, by what was used."""
        today = any(
            entity.kind == "date" and within(clause, entity) and entity.value == self._today.isoformat()
            for entity in self._entities
        )
        just = self.has(clause, "just") and any(token.word == "habis" for token in clause.tokens)
        funded = self.has(clause, "benefit") and self.is_funded(clause)
        return just or self.has(clause, "owned") or (mine and (today or funded))

    def is_funded(self, clause: Clause) -> bool:
        """Whether a clause names what Kartu Prakerja pays with."""
        return any(self._words.have("fund", token) or "prakerja" in token.word.split() for token in clause.tokens)

    def _is_supposed(self, clause: Clause) -> bool:
        """Whether a clause only supposes it; *habis beli nih* does not."""
        just = self.has(clause, "just")
        return any(
            self._words.have("supposed", token) and not (just and token.word == "habis") for token in clause.tokens
        )

    def has_me(self, clause: Clause) -> bool:
        """Whether a clause speaks of the person, not only of somebody of theirs: *adik saya*."""
        around = zip((None, *clause.tokens), clause.tokens, (*clause.tokens[1:], None), strict=False)
        return any(
            self._words.have("me", token)
            and not (before is not None and is_other(self._words, before, last=True))
            and not (then is not None and token.raw.endswith(_OF_ME) and is_other(self._words, then, last=True))
            for before, token, then in around
        )

    def is_of_somebody(self, clause: Clause) -> bool:
        """Whether a clause names a third person by a particle: *mbak e*."""
        return any(is_somebody_of(self._words, clause.tokens, place) for place in range(len(clause.tokens)))

    def others_in(self, clause: Clause) -> bool:
        """Whether a clause speaks of somebody else."""
        return self.is_of_somebody(clause) or any(is_other(self._words, token, last=False) for token in clause.tokens)

    def _is_whose_own(self, clause: Clause) -> bool:
        """Whether a clause speaks of what the person bought: *kelas yang aku beli*."""
        relative = [place for place, token in enumerate(clause.tokens) if token.word == "yang"]
        following = [clause.tokens[place + 1 : place + 3] for place in relative]
        return any(self._words.have("me", token) for tokens in following for token in tokens)

    def names(self, clause: Clause) -> bool:
        """Whether a clause names the step, by itself or with the thing that another names."""
        if self.names_alone(clause) or (self.has(clause, "benefit") and self.done(clause)):
            return True
        handled = self.has(clause, "handling") and self.done(clause)
        return handled and any(self.has(other, "thing") for other in self.all)

    def names_alone(self, clause: Clause) -> bool:
        """Whether a clause names the step by itself."""
        if any(self.is_act(clause, place) for place in range(len(clause.tokens))):
            return True
        handled = self.has(clause, "handling")
        if self.has(clause, "paid") and (self._has_in(clause, _FUND) or self._is_sold_there(clause)):
            return True
        return handled and (self.has(clause, "thing") or any(self.of(token, {"partner"}) for token in clause.tokens))

    def _is_sold_there(self, clause: Clause) -> bool:
        """Whether a clause names where trainings are sold and what one is about: *yang Excel di Bukalapak*."""
        wanted = (frozenset({"platform"}), SUBJECTS)
        return all(any(self.of(token, kinds) for token in clause.tokens) for kinds in wanted)

    def _has_in(self, clause: Clause, phrase: tuple[str, ...]) -> bool:
        """Whether the words of a phrase follow each other in a clause."""
        said = " ".join(token.word for token in clause.tokens)
        return any(f" {each} " in f" {said} " for each in phrase)

    def is_act(self, clause: Clause, place: int) -> bool:
        """Whether a word names the step; one that is also a name does so only after who or that it is done."""
        if self._words.have("act", clause.tokens[place]):
            return True
        before = clause.tokens[place - 1] if place else None
        named = before is not None and clause.tokens[place].raw in self._words.by_role.get("homonym", frozenset())
        return named and before is not None and (self._words.have("me", before) or self._words.have("done", before))

    def has(self, clause: Clause, role: str) -> bool:
        """Whether a word of a clause has a role."""
        return any(self._words.have(role, token) for token in clause.tokens)

    def done(self, clause: Clause) -> bool:
        """Whether a clause says that it is done, or names a day gone by."""
        if self._gives_in(clause):
            return False
        days = [entity for entity in self._entities if entity.kind == "date" and within(clause, entity)]
        past = any(date.fromisoformat(day.value) < self._today for day in days)
        return past or self.has(clause, "past") or self.surely_done(clause)

    def surely_done(self, clause: Clause) -> bool:
        """Whether a word says that it is done, or a day that is numbered; a weekday's name may be the next one."""
        if self._gives_in(clause):
            return False
        numbered = any(
            entity.kind == "date"
            and within(clause, entity)
            and any(sign.isdecimal() for sign in entity.text)
            and date.fromisoformat(entity.value) < self._today
            for entity in self._entities
        )
        done = any(part in self._words.by_role["done"] for token in clause.tokens for part in token.word.split())
        done = done or any(self.is_just(clause, place) for place in range(len(clause.tokens)))
        done = done or self.has(clause, "done") or any(self._passive(token) for token in clause.tokens)
        return numbered or done or self.was_oneself(clause)

    def _gives_in(self, clause: Clause) -> bool:
        """Whether *sudah* only gives in to a moment ahead: *ya udah kamis jam 10 pagi gue beli*."""
        said = " ".join(token.raw for token in clause.tokens)
        return says(_GIVES_IN, said) and not says("in the past", without(_GIVES_IN, said))

    def was_oneself(self, clause: Clause) -> bool:
        """Whether a clause says that it was oneself, of a day gone by: *iya sa sendiri yang beli, kamis malam*."""
        said = " ".join(token.word for token in clause.tokens)
        days = [entity for entity in self._entities if entity.kind == "date"]
        past = bool(days) and all(date.fromisoformat(day.value) < self._today for day in days)
        return past and says("it was I", said) and not any(self._is_wished(each) for each in self.all)

    def chooses_a_day(self, clause: Clause) -> bool:
        """Whether a clause names a weekday that may be the next one: *saya beli hari rabu malam saja*."""
        days = [one for one in self._entities if one.kind == "date" and within(clause, one)]
        weekdays = [one for one in days if not any(map(str.isdecimal, one.text))]
        said = " ".join(token.word for token in clause.tokens)
        return (
            bool(weekdays) and not says("in the past", said) and not any(each.word == "lalu" for each in clause.tokens)
        )

    def is_just(self, clause: Clause, place: int) -> bool:
        """Whether a word is the *baru* of *baru aja beli*, not that of *baru mau beli*."""
        if clause.tokens[place].word != "baru":
            return False
        after = (at for at in range(place + 1, len(clause.tokens)) if clause.tokens[at].word not in _BETWEEN)
        following = next(after, None)
        return following is not None and self.is_act(clause, following)

    def _passive(self, token: Token) -> bool:
        listed = self._words.by_role["passive"]
        return token.raw in listed or TWICE.sub(r"\1", token.raw) in listed

    def ahead(self, clause: Clause) -> bool:
        """Whether the days that are named lie ahead, and no word says that it is done."""
        days = [entity for entity in self._entities if entity.kind == "date" and within(clause, entity)]
        ahead = bool(days) and all(date.fromisoformat(day.value) > self._today for day in days)
        return ahead and not self.has(clause, "done")

    def only_agrees(self, clause: Clause) -> bool:
        """Whether *sudah* stands behind what is put off, and only agrees to it: *beli nanti malam jam 10 wes*."""
        act = next((place for place in range(len(clause.tokens)) if self.is_act(clause, place)), 0)
        done = any(self._words.have("done", token) for token in clause.tokens[:act])
        return not done and any(token.word == "nanti" for token in clause.tokens)

    def of_a_later_step(self, clause: Clause) -> bool:
        """Whether all that is not done yet is a step after this one: *belum kumulai*."""
        doubts = {token.word for token in clause.tokens if self._words.have("elsewhere", token)}
        return doubts == {"belum"} and self.has(clause, "later") and not self.names(clause)

    def of_wrong_choice(self, clause: Clause) -> bool:
        """Whether a clause only regrets which training it was: *tapi salah pilih*."""
        doubts = {token.word for token in clause.tokens if self._words.have("elsewhere", token)}
        return doubts <= _REGRETTED and says("the wrong one", " ".join(token.word for token in clause.tokens))

    def is_of_another_purchase(self, clause: Clause) -> bool:
        """Whether a clause says of what was bought that it is goods, another's, or lies in the basket: *mixer baru*."""
        said = [token for token in clause.tokens if not self._words.have("filler", token)]
        if not said or clause.asked:
            return False
        if self.has(clause, "basket") or (len(said) > 1 and (said[0].word, said[1].word) in _STILL_TO_PAY):
            return True
        if said[-1].word == "belum" and self._words.have("thing", said[0]) and len(said) <= _NEAR:
            return True  # *pelatihannya mah belum*
        account = any(token.word in _HELD_BY for token in said)
        if account and any(
            is_other(self._words, token, last=False) or self._words.have("kin", token) for token in said
        ):
            return True
        first = next((at + 1 for at, token in enumerate(said[:-1]) if self._words.have("act", token)), 0)
        return self._words.have("merchandise", said[first]) and not self.has(clause, "thing")

    def gives_up(self, clause: Clause, bought: Clause) -> bool:
        """Whether a clause only says that it was not the one place, beside the other: *yg tokped ga jadi*."""
        places = [
            {one.value for one in self._entities if one.kind == "platform" and within(each, one)}
            for each in (clause, bought)
        ]
        given_up = says("a place given up", " ".join(token.word for token in clause.tokens))
        if given_up and not places[0] and (at := self.all.index(clause)):
            return len(clause.tokens) <= _NEAR and self.gives_up(self.all[at - 1], bought)  # *tokped batal, eror mulu*
        return given_up and all(places) and places[0].isdisjoint(places[1])

    def of_reminders(self, clause: Clause) -> bool:
        """Whether a clause is about the reminders, which says nothing of the step."""
        about = self._words.by_role["reminding"]
        return any(part in token.raw for token in clause.tokens for part in about) and not self.names(clause)

    def is_of_a_helper(self, clause: Clause) -> bool:
        """Whether a clause only names who helped: *dibantu anak tetangga*, *anak saya yang bantu*."""
        tokens = clause.tokens
        if len(tokens) > _BRIEF or self.has(clause, "act") or self.has(clause, "benefit"):
            return False
        helps = [at for at, each in enumerate(tokens) if each.word in self._words.by_role["helps"]]
        who_helps = any(at and tokens[at - 1].word == "yang" for at in helps)
        return who_helps or self._words.have("helped", tokens[0])

    def apologises(self, clause: Clause) -> bool:
        """Whether a clause is nothing but an apology: *mohon maaf baru balas*."""
        doubtful = self.has(clause, "elsewhere") or self.names(clause) or self.others_in(clause)
        return not doubtful and len(clause.tokens) <= _BRIEF and self.has(clause, "apology")

    def is_wish(self, clause: Clause) -> bool:
        """Whether a clause only wishes for the step, or sees it ahead."""
        ahead = self.ahead(clause) or (self.has(clause, "benefit") and not self.done(clause))
        return self._is_wished(clause) or ahead

    def _is_wished(self, clause: Clause) -> bool:
        told = any(
            token.word in _ASKING and any(self._words.have(role, following) for role in ("telling", "announcing"))
            for token, following in zip(clause.tokens, clause.tokens[1:], strict=False)
        )
        return not told and any(
            self._words.have("wish", token) and not self._is_ready(clause, place)
            for place, token in enumerate(clause.tokens)
        )

    def _is_ready(self, clause: Clause, place: int) -> bool:
        """Whether a word of wishes says that it is done: *udah siap kubeli*, as in Medan, or *udah dari lusa*."""
        if place and clause.tokens[place - 1].word in _SINCE and self.has(clause, "done"):
            return True
        if clause.tokens[place].word == "siap" and any(token.word in _GONE_BY for token in clause.tokens):
            return True
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].word == "siap" and following.startswith("ku") and len(following) > len("ku")

    def denied(self, clause: Clause) -> bool:
        """Whether a denial stands before what it denies."""
        acts = [place for place, token in enumerate(clause.tokens) if self._words.have("act", token)]
        upto = acts[-1] if acts else len(clause.tokens)
        said = " ".join(token.word for token in clause.tokens[: upto + 1])
        if any(f"{forgot} {did} " in f"{said} " for forgot in ("lupa", "kelupaan") for did in ("beli", "bayar")):
            return True
        undone = any(f"{no} {did} " in f"{said} " for no in ("tidak", "ndak") for did in ("jadi", "sempat"))
        return undone or any(self._words.have("denied", token) for token in clause.tokens[:upto])

    def of(self, token: Token, kinds: frozenset[str] | set[str]) -> bool:
        """Whether a token belongs to something named of these kinds."""
        return any(entity.kind in kinds and entity.start <= token.start < entity.end for entity in self._entities)
