"""What somebody wants to learn, and the work it is for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.understanding.entities.names import Index, named
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import lexicon, rows
from handlers.understanding.tokens import Token

_LEARN = frozenset({"belajar", "tentang", "soal", "seputar", "bidang", "jurusan", "mendalami", "keahlian", "skill"})
_CLASS = frozenset({"kelas", "pelatihan"})
_MAKING = frozenset({"buat", "untuk", "bikin", "membuat", "cara", "jadi", "menjadi", "tentang", "soal", "jago", "pintar"})
_NEVER = frozenset(
    "yang murah mahal gratis pertama kedua ketiga prakerja online apa saja saya di ini itu ke dari untuk dan atau bagus "
    "cocok sudah belum tidak bisa mau kapan berapa bagaimana kenapa mana sampai selesai lagi sertifikat rating ulasan "
    "insentif dibeli beli bayar ambil batal ganti tukar hangus batas terakhir tanggal gelombang dulu lewat pakai kamu "
    "saldo lain lainnya baru lama dengan sama tapi terus karena kalau harga baik video apapun bebas online offline "
    "webinar menu masih harus wajib boleh cara semua banyak dua satu tiga dapat ada muncul masuk error di mana orang "
    "salah gagal nya kali punya kita aja dong hilang cepat sendiri nanti besok kemarin hari jam selain pas enak seru".split()
)


@cache
def _index() -> Index:
    index: Index = {}
    listed = [
        (tuple(name.strip().split()), kind, value) for kind, value, names in rows("topics.tsv") for name in names.split(",")
    ]
    for words, kind, value in sorted(listed, key=lambda row: -len(row[0])):
        index.setdefault(words[0], []).append((words[1:], kind, value))
    return index


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield listed topics and professions; else the plain words after "belajar", "kelas", "tentang"."""
    at, found = 0, False
    while at < len(tokens):
        span = named(_index(), tokens, at)
        if span is None:
            at += 1
            continue
        found = True
        at = span.last
        while (more := named(_index(), tokens, at) if at < len(tokens) else None) and more[:2] == span[:2]:
            at = more.last
        yield span._replace(last=at)
    if not found:
        yield from _after_a_cue(tokens, asked)


def mentioned(tokens: list[Token]) -> bool:
    """Whether the message names a listed topic or profession."""
    return any(named(_index(), tokens, at) for at in range(len(tokens)))


def _after_a_cue(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        if token.word not in _LEARN and token.word not in _CLASS:
            continue
        start = at + 1
        making = False
        while start < len(tokens) and (tokens[start].word in _MAKING or tokens[start].raw in _MAKING):
            start, making = start + 1, True
        last = _end_of_topic(tokens, start)
        if last > start and (token.word in _LEARN or making or _unknown(tokens[start])):
            yield Span("topic", " ".join(part.raw for part in tokens[start:last]), start, last)
            return
    if "topic" in asked.kinds and (last := _end_of_topic(tokens, 0)):
        yield Span("topic", " ".join(part.raw for part in tokens[:last]), 0, last)


def _unknown(token: Token) -> bool:
    return token.word not in lexicon().known


def _end_of_topic(tokens: list[Token], start: int) -> int:
    last = start
    fillers = lexicon().fillers
    while last < min(len(tokens), start + 3):
        token = tokens[last]
        if not token.is_word or not _NEVER.isdisjoint(token.word.split()) or token.raw in fillers or token.word.startswith("x"):
            break
        last += 1
    return last
