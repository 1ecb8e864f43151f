"""Commands about incidents: which there are, beginning one, news for everybody it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bot.helpdesk.filling import PLACES_OF_NEWS
from bot.helpdesk.incident_news import News, agree, drop, refused_news, tell_all
from bot.helpdesk.keys import Rows
from bot.helpdesk.staff_request import MATTER_WORDS, StaffAnswer, StaffRequest, Verbs, keys_of, matter_of
from bot.store import UnitOfWork
from bot.store.repositories.incidents import Incident
from handlers.helpdesk.outside import name_of
from handlers.helpdesk.refusals import Refusal, Why
from handlers.phrases.matters import matter_name, matters
from programme.helpdesk import HelpdeskRules
from programme.programme import Programme

_NOBODY = "-"


async def begun(
    tx: UnitOfWork, about: str, concerned: str | None, *, rules: HelpdeskRules, who: str
) -> tuple[Incident, int]:
    """Begin an incident and tie to it what fits and came lately; return it with the number of those."""
    incident = await tx.incidents.open(about, concerned)
    fitting = await tx.incidents.fitting(incident, tx.now - rules.incidents.window)
    for ticket in fitting:
        await tx.tickets.tie(ticket.id, incident.id)
    await tx.staff.record(who, "incident.open", f"incident/{incident.id}")
    return incident, len(fitting)


def incident_name(incident: Incident, programme: Programme) -> str:
    """Name an incident in a line."""
    return f"{incident.id}: {matter_name(incident.about)} {name_of(programme, incident.concerned)}".rstrip()


@dataclass(frozen=True, slots=True)
class IncidentCommands:
    """Answers what is asked about incidents."""

    programme: Programme
    rules: HelpdeskRules

    def verbs(self) -> Verbs:
        """Return what can be asked here."""
        return {
            **{"insiden": self._incident, "kabar": self._news, "selesai": self._last_news},
            **{"setujui": self._agree, "tolak": self._drop},
        }

    async def _incident(self, asked: StaffRequest) -> StaffAnswer:
        """Read *beli tokopedia*, or *buying:tokopedia* from a button."""
        word, colon, name = asked.words.replace(" ", ":").partition(":")
        about = matter_of(word) if word else None
        if about is None:
            return await self._listed(asked)
        if not name and not colon:
            return self._of_whom(about)
        one = self.programme.platform(name.replace(":", " ")) or self.programme.partner(name.replace(":", " "))
        if one is None and name not in {"", _NOBODY}:
            return StaffAnswer(f"🚫 {escape(name)} tidak dikenal sebagai platform atau mitra.")
        concerned = one.id if one else None
        if (running := await asked.tx.incidents.current(about, concerned)) is not None:
            return StaffAnswer(
                f"🔥 Sudah ada: insiden {escape(incident_name(running, self.programme))}.", _keys(running.id)
            )
        incident, tied = await begun(asked.tx, about, concerned, rules=self.rules, who=asked.member.who)
        _number, _colon, kind = incident_name(incident, self.programme).partition(": ")
        words = f"🔥 <b>Insiden {incident.id}</b>: {escape(kind)}, {tied} aduan diikat."
        return StaffAnswer(words, _keys(incident.id))

    async def _listed(self, asked: StaffRequest) -> StaffAnswer:
        running = await asked.tx.incidents.all_open()
        lines = [_line(one, self.programme) for one in running]
        news = [row for one in running for row in (_keys_of_waiting(one.id) if one.proposed else _keys(one.id))]
        fresh = keys_of({f"➕ {label}": ("insiden", about) for about, label in matters().items()})
        head = "Yang sedang berjalan:" if running else "Tidak ada insiden berjalan."
        foot = f"Buka yang baru lewat tombol, atau /insiden PERIHAL MITRA ({MATTER_WORDS})."
        return StaffAnswer("\n".join([head, *lines, foot]), (*news, *fresh))

    def _of_whom(self, about: str) -> StaffAnswer:
        known = self.programme.partners if about == "incentive" else self.programme.platforms
        labels = {one.name: ("insiden", f"{about}:{one.id}") for one in known.values()}
        keys = keys_of({**labels, "Tanpa mitra": ("insiden", f"{about}:{_NOBODY}")})
        return StaffAnswer(f"🔥 Insiden {escape(matter_name(about))}: di mana?", keys)

    async def _news(self, asked: StaffRequest, *, last: bool = False) -> StaffAnswer:
        number, _space, text = asked.words.partition(" ")
        incident = await asked.tx.incidents.get(int(number), lock=True) if number.isdecimal() else None
        command = "selesai" if last else "kabar"
        if incident is None or incident.closed_at is not None:
            return StaffAnswer(f"🚫 Tulis: /{command} NOMOR teks, untuk insiden yang masih berjalan.")
        tied = await asked.tx.incidents.count_tied(incident.id)
        if not text.strip():
            closes = ", dan aduannya ditutup" if last else ""
            ask = f"Balas pesan ini dengan {'kabar terakhir' if last else 'kabar'} untuk insiden {incident.id}"
            return StaffAnswer(f"📢 {ask}. Sampai ke {tied} peserta{closes}.", completes=f"{command} {incident.id}")
        if (refused := await refused_news(asked.tx, incident, text, self.programme)) is not None:
            return StaffAnswer(_refused(refused))
        if await tell_all(asked.tx, incident, text.strip(), last=last, member=asked.member) is News.WAITS:
            return StaffAnswer(_waits(incident.id, text.strip(), tied), _keys_of_waiting(incident.id))
        if last:
            return StaffAnswer(
                f"✅ Insiden {incident.id} selesai; kabar terakhir dikirim ke {tied} aduan, lalu ditutup."
            )
        return StaffAnswer(f"📢 Kabar insiden {incident.id} dikirim ke {tied} aduan.", _keys(incident.id))

    async def _last_news(self, asked: StaffRequest) -> StaffAnswer:
        return await self._news(asked, last=True)

    async def _agree(self, asked: StaffRequest) -> StaffAnswer:
        number = asked.words
        incident = await asked.tx.incidents.get(int(number), lock=True) if number.isdecimal() else None
        return _told(await agree(asked.tx, incident, asked.member), number, "disetujui dan dikirim")

    async def _drop(self, asked: StaffRequest) -> StaffAnswer:
        number = asked.words
        incident = await asked.tx.incidents.get(int(number), lock=True) if number.isdecimal() else None
        return _told(await drop(asked.tx, incident, asked.member), number, "tidak jadi dikirim")


def _line(incident: Incident, programme: Programme) -> str:
    name = f"🔥 {escape(incident_name(incident, programme))}"
    return f"{name}\n⏳ Menunggu orang kedua: {escape(incident.proposed)}" if incident.proposed else name


def _waits(number: int, text: str, tied: int) -> str:
    told = f"⏳ Kabar insiden {number} untuk {tied} peserta menunggu supervisor lain: /setujui {number}"
    return f"{told}\n\n{escape(text)}"


def _told(news: News, number: str, done: str) -> StaffAnswer:
    match news:
        case News.OWN:
            return StaffAnswer("🚫 Kabarmu sendiri disetujui supervisor lain.")
        case News.NOT_ALLOWED:
            return StaffAnswer("🚫 Hanya supervisor yang bisa menyetujui atau menolak.")
        case News.OVERTAKEN:
            return StaffAnswer("🚫 Tidak ada kabar yang menunggu di situ. Tulis: /setujui NOMOR atau /tolak NOMOR")
        case _:
            return StaffAnswer(f"📢 Kabar insiden {number} {done}.")


def _refused(refused: Refusal) -> str:
    name = escape(refused.of)
    if refused.why is Why.UNFILLED:
        known = " ".join(f"{{{place}}}" for place in sorted(PLACES_OF_NEWS))
        return f"🚫 Belum terkirim. Tidak ada isian {name}. Yang bisa dipakai: {known}"
    return f"🚫 Belum terkirim. {name}: batas dan jumlah diisi dari data peserta, jangan diketik sendiri."


def _keys_of_waiting(incident: int) -> Rows:
    number = str(incident)
    return keys_of({f"✅ Setujui {number}": ("setujui", number), f"✖️ Tolak {number}": ("tolak", number)})


def _keys(incident: int) -> Rows:
    number = str(incident)
    return keys_of({f"📢 Kabar {number}": ("kabar", number), f"✅ Selesai {number}": ("selesai", number)})
