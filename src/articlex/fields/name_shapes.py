"""What a name looks like: byline prefixes, people's names, roles, organisations, by the vocabulary of all languages."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import islice

from articlex.article import Byline, BylineKind
from articlex.fields.signals import fold
from articlex.fields.sites import SiteNames
from articlex.patterns import lazy
from articlex.vocabulary import agencies, given_names, language, phrases

_LONGEST = 90
_NOT_NAME = lazy(r"[<>{}\[\]()（）：【】\"“”„«»?!=*%#€$£©→↓…:\\]|https?:|www\.|\S@|\d{4}|^[a-z]+(?:\.[a-z]+){2}")
_TOKEN = lazy(r"[^\W_][\w.'’&-]*")
_CASED = lazy(r"[A-Za-zÀ-ɏͰ-ϿЀ-ԯ]")
_GLUED_PREFIX = lazy(r"([A-Z]?[a-zà-ÿ]++(?: [a-zà-ÿ]++)?):?(?=[A-ZÀ-Þ])")
_EDGES = " ,;:|/-–—·•⋅_~\u200b\xa0"
_PREFIX_WORDS, _PREFIX_CHARS = 5, 70
_PLACEHOLDERS = frozenset(
    (
        "admin",
        "administrator",
        "root",
        "webmaster",
        "undefined",
        "null",
        "none",
        "author",
        "unknown",
        "name",
        "publisher",
    )
)


class Context:
    """What tells organisations from people, the names of the site, and what joins names in the page's language."""

    def __init__(self, sites: SiteNames | None = None, tag: str | None = None) -> None:
        self._sites = sites
        self._tag = tag
        self._known: dict[str, bool] = {}
        self.read: dict[str, list[Byline]] = {}
        """The names of the texts read so far: sources of a page repeat each other."""
        self.lines: dict[str, list[Byline]] = {}
        """The names of the lines of a dump that hold nothing else."""

    def is_site(self, name: str) -> bool:
        """Whether a name is the site's own."""
        if self._sites is None:
            return False
        if name not in self._known:
            self._known[name] = bool(name) and self._sites.named(name)
        return self._known[name]

    def joins(self, word: str) -> bool:
        """Whether a word that stands before places stands between names, too: "Ana in Marko" is Slovenian."""
        known = language(self._tag or "")
        return known is not None and word.casefold() in known.cues["name_joiners"]


@cache
def words(category: str) -> frozenset[str]:
    """The phrases of a vocabulary category, folded."""
    return frozenset(phrases(category))


@cache
def _prefixes() -> tuple[frozenset[str], tuple[str, ...]]:
    """The byline prefixes without colon; those of scripts that write without spaces apart."""
    plain = frozenset(phrase.rstrip(" :：／/") for phrase in words("byline_prefixes"))
    return plain, tuple(
        sorted((phrase for phrase in plain if phrase and ord(phrase[0]) > 0x2FFF), key=len, reverse=True)
    )


@cache
def _prefix_heads() -> frozenset[str]:
    """The first words of the byline prefixes: most lines begin with none of them."""
    return frozenset(phrase.split(None, 1)[0].rstrip(":：") for phrase in _prefixes()[0] if phrase)


@cache
def _not_names() -> frozenset[str]:
    keys = (
        "published_labels", "modified_labels", "share_chrome", "navigation_chrome", "login_chrome", "comment_cues",
        "related_cues", "caption_labels", "picture_labels", "tag_labels", "section_links", "advertisement_cues",
        "author_note_cues", "kicker_labels", "newsletter_cues", "credit_labels",
    )  # fmt: skip
    return (
        frozenset(phrase.rstrip(" :") for key in keys for phrase in words(key))
        - words("organization_words")
        - set(agencies())
    )


@lru_cache(maxsize=4096)
def split_prefix(text: str) -> tuple[str, str]:
    """(byline prefix, rest): "By Jane Doe" -> "By", "Jane Doe"; an empty prefix when there is none."""
    text = text.lstrip(_EDGES + "(")
    plain, unspaced = _prefixes()
    first = text[:_PREFIX_CHARS].split(None, 1)[:1]
    known = bool(first) and first[0].rstrip(":：").casefold() in _prefix_heads()
    tokens = text[:_PREFIX_CHARS].split(None, _PREFIX_WORDS)[:_PREFIX_WORDS] if known else ()
    for count in range(len(tokens), 0, -1):
        phrase = " ".join(tokens[:count])
        if phrase.rstrip(":：").casefold() in plain:
            end = _end_of(text, count)
            rest = text[end:].lstrip(" :：")
            colon = ":" in text[end - 1 : end + 2] or "：" in text[end - 1 : end + 2]
            if colon or phrase.casefold() not in words("organization_words"):
                return phrase, rest
    if text[:1] > "\u2fff":
        for phrase in unspaced:
            if text.startswith(phrase):
                return phrase, text[len(phrase) :].lstrip(" :：／/")
    match = _GLUED_PREFIX.match(text)
    if match and match[1].casefold() in plain:
        return match[1], text[match.end() :]
    head, colon_mark, rest = text[:40].partition(":")
    if colon_mark and head.casefold() in plain:
        return head, text[len(head) + 1 :].lstrip()
    return "", text


def _end_of(text: str, count: int) -> int:
    end = 0
    for _ in range(count):
        while end < len(text) and text[end].isspace():
            end += 1
        while end < len(text) and not text[end].isspace():
            end += 1
    return end


def holds(phrases: frozenset[str], text: str) -> int:
    """Where the last phrase of a vocabulary ends in a short text: characters from its start, 0 if there is none."""
    ends = _last_words(phrases)
    tokens = [token.casefold().rstrip(".'’") for token in _TOKEN.findall(text[:160])]
    if ends.isdisjoint(tokens):
        return 0
    for last in range(len(tokens), 0, -1):
        if tokens[last - 1] in ends:
            for first in range(max(0, last - 4), last):
                if " ".join(tokens[first:last]) in phrases:
                    return next(islice(_TOKEN.finditer(text[:160]), last - 1, None)).end()
    return 0


@cache
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


def kind_of(name: str, context: Context) -> BylineKind:
    """Person, organisation or agency."""
    key = fold(name)
    if key in agencies() or ("/" in key and any(part.strip() in agencies() for part in key.split("/"))):
        return "agency"
    if context.is_site(name) or holds(words("organization_words"), name):
        return "organization"
    if name[-1:] > "\u2fff" and name.endswith(_unspaced_organizations()):
        return "organization"
    return "person"


@cache
def _unspaced_organizations() -> tuple[str, ...]:
    """What names of organisations end with in scripts that write without spaces."""
    return tuple(word for word in words("organization_words") if word[:1] > "\u2fff")


def is_placeholder(name: str) -> bool:
    """Account names that say nothing about who wrote: "admin"."""
    return fold(name) in _PLACEHOLDERS


def is_role(text: str) -> bool:
    """Whether a text ends with the word for a role: "Political Correspondent"."""
    return holds(words("role_words"), text) == len(text)


@lru_cache(maxsize=4096)
def acceptable(name: str) -> bool:
    """Whether a string that markup calls an author can be a name at all: no address, date, label or sentence."""
    if not 2 <= len(name) <= _LONGEST or _NOT_NAME.search(name) or fold(name) in _not_names():
        return False
    return any(char.isalpha() for char in name) and len(name.split()) <= 8


@lru_cache(maxsize=4096)
def person_like(name: str) -> bool:
    """Whether bare text reads as a person's name: two to six capitalised words, or a little of an uncased script."""
    if not acceptable(name) or any(char.isdigit() for char in name):
        return False
    parts = name.split()
    if not _CASED.search(name):
        return len(name) <= 30 and len(parts) <= 5
    if not 2 <= len(parts) <= 6 or all(len(part) < 3 for part in parts):
        return False
    capitals = 0
    for part in parts:
        if part[0].isupper() or not _CASED.match(part):
            capitals += 1
        elif part.casefold() not in words("name_particles") and part[:2].casefold() not in (
            "d'",
            "d’",
            "l'",
            "l’",
            "o'",
        ):
            return False
    return capitals >= 2 and parts[-1][0].isupper() and parts[0].casefold() not in _function_words()


@cache
def _function_words() -> frozenset[str]:
    return words("stopwords") - words("name_particles") - given_names()
