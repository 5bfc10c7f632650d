"""Language: the declared one unless the text plainly is in another."""

from __future__ import annotations

import pytest
from field_scenes import page, scene_of

from articlex.fields.language import find_language, guess, well_formed

GERMAN = (
    "Die Brücke am Hafen bleibt bis zum Ende des Monats gesperrt, weil zwei ihrer Lager nicht mehr zu retten sind und "
    "die neuen erst aus dem Süden des Landes kommen müssen. Das hat die Stadt am Montag mit einem Brief an die "
    "Anwohner erklärt, in dem sie auch um Geduld bittet und auf die Fähren verweist, die nun alle zehn Minuten fahren."
)


def language(source: str) -> str | None:
    found = find_language(scene_of(source))
    return found.value if found else None


def german(lang: str = "", head: str = "") -> str:
    body = f"<body><h1>Brücke gesperrt</h1><p>{GERMAN}</p></body>"
    return f"<html {f'lang={lang}' if lang else ''}><head>{head}</head>{body}</html>"


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("de", "de"),
        ("DE_de", "de-DE"),
        ("en-gb", "en-GB"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("english", ""),
        ("und", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_tags_in_their_usual_spelling(raw: str, tag: str) -> None:
    assert well_formed(raw) == tag


def test_the_attribute() -> None:
    assert language(german("de-AT")) == "de-AT"
    assert language(page(lang="en-GB")) == "en-GB"


def test_a_wrong_attribute_gives_way_to_a_meta_tag_that_fits() -> None:
    assert language(german("en", '<meta property="og:locale" content="de_CH">')) == "de-CH"


def test_a_wrong_attribute_gives_way_to_the_text() -> None:
    found = find_language(scene_of(german("en")))
    assert found
    assert (found.value, found.evidence.source) == ("de", "text")


def test_a_declared_language_of_few_words_stands() -> None:
    assert language("<html lang=fr><body><h1>Menu</h1><p>Tournedos Rossini</p></body></html>") == "fr"


def test_no_declaration() -> None:
    assert language(german()) == "de"
    assert language("<html><body><p>1234 5678</p></body></html>") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("橋は月末まで通行止めとなる。市は月曜日、住民に手紙で知らせた。", "ja"),
        ("大桥将封闭至月底，市政府周一致信居民，请大家耐心等待。", "zh"),
        ("다리는 월말까지 통행이 금지된다고 시가 월요일 주민들에게 편지로 알렸다.", "ko"),
        ("Мост останется закрытым до конца месяца, сообщила администрация города.", "ru"),
        ("Міст залишиться зачиненим до кінця місяця, повідомила міська влада її мешканцям.", "uk"),
        ("سيبقى الجسر مغلقا حتى نهاية الشهر بحسب ما أعلنت البلدية يوم الاثنين.", "ar"),
        ("הגשר יישאר סגור עד סוף החודש, הודיעה העירייה ביום שני.", "he"),
        ("Η γέφυρα θα παραμείνει κλειστή ως το τέλος του μήνα.", "el"),
        ("สะพานจะปิดจนถึงสิ้นเดือน เทศบาลแจ้งเมื่อวันจันทร์", "th"),
    ],
)
def test_scripts(text: str, code: str) -> None:
    assert guess(text).code == code


def test_umlauts_are_latin() -> None:
    assert guess(GERMAN).code == "de"
    assert guess("ÄÖÜ äöü ß é è").code == ""
