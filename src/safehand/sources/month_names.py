"""The names of the months in many languages, in full and short, and which month a word of a date means.

    FULL["German"][2]        "März"
    months_of("Sept.")       (9,)
    months_of("7月")          (7,)
    months_of("lis")         (10, 11)      October to a Croatian, November to a Pole: nothing tells
    months_of("Plot")        ()

Words are those that stand in a date (in Slavic languages and Greek that is a form of their own), as the Unicode locale
data has them; a language that is not here is not read. Platforms write dates in the language of the account and do not
say which that is, so a word that is two months in two languages is both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_NUMBERED: Final = re.compile(r"([0-9]{1,2}) ?[月월]|(?:tháng|thg) ?([0-9]{1,2})")


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


FULL: Final[Mapping[str, tuple[str, ...]]] = {
    name: _words(line)
    for name, line in (
        ("English", "January February March April May June July August September October November December"),
        ("German", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        ("French", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("Spanish", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        ("Portuguese", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        ("Italian", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        ("Dutch", "januari februari maart april mei juni juli augustus september oktober november december"),
        ("Danish", "januar februar marts april maj juni juli august september oktober november december"),
        ("Norwegian", "januar februar mars april mai juni juli august september oktober november desember"),
        ("Swedish", "januari februari mars april maj juni juli augusti september oktober november december"),
        (
            "Finnish",
            (
                "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
                "lokakuuta marraskuuta joulukuuta"
            ),
        ),
        (
            "Polish",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        ),
        ("Czech", "ledna února března dubna května června července srpna září října listopadu prosince"),
        ("Slovak", "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra"),
        (
            "Croatian",
            "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
        ),
        ("Slovenian", "januar februar marec april maj junij julij avgust september oktober november december"),
        (
            "Romanian",
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        ),
        (
            "Hungarian",
            "január február március április május június július augusztus szeptember október november december",
        ),
        ("Turkish", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"),
        (
            "Greek",
            (
                "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου "
                "Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
            ),
        ),
        ("Russian", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        ("Ukrainian", "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
        ("Indonesian", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
        ("Malay", "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember"),
        ("Filipino", "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre"),
        (
            "Thai",
            "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        ),
        ("Arabic", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    )
}
"""By the language's English name: January to December."""

SHORT: Final[Mapping[str, tuple[str, ...]]] = {
    name: _words(line)
    for name, line in (
        ("English", "Jan Feb Mar Apr May Jun Jul Aug Sep|Sept Oct Nov Dec"),
        ("German", "Jan Feb Mär|Mrz Apr Mai Jun Jul Aug Sep|Sept Okt Nov Dez"),
        ("French", "janv févr mars avr mai juin juil août sept oct nov déc"),
        ("Spanish", "ene feb mar abr may jun jul ago sep|sept oct nov dic"),
        ("Portuguese", "jan fev mar abr mai jun jul ago set out nov dez"),
        ("Italian", "gen feb mar apr mag giu lug ago set ott nov dic"),
        ("Dutch", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
        ("Danish", "jan feb mar apr maj jun jul aug sep okt nov dec"),
        ("Norwegian", "jan feb mar apr mai jun jul aug sep|sept okt nov des"),
        ("Swedish", "jan feb mar apr maj jun jul aug sep|sept okt nov dec"),
        ("Finnish", "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"),
        ("Polish", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
        ("Czech", "led úno bře dub kvě čvn čvc srp zář říj lis pro"),
        ("Slovak", "jan feb mar apr máj jún júl aug sep okt nov dec"),
        ("Croatian", "sij velj ožu tra svi lip srp kol ruj lis stu pro"),
        ("Slovenian", "jan feb mar apr maj jun jul avg sep okt nov dec"),
        ("Romanian", "ian feb mar apr mai iun iul aug sept oct|oct nov|noi dec"),
        ("Hungarian", "jan febr márc ápr máj jún júl aug szept okt nov dec"),
        ("Turkish", "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara"),
        ("Greek", "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ"),
        ("Russian", "янв фев|февр мар апр май июн июл авг сен|сент окт ноя|нояб дек"),
        ("Ukrainian", "січ лют бер кві|квіт тра|трав чер|черв лип сер|серп вер жов|жовт лис|лист гру|груд"),
        ("Indonesian", "Jan Feb Mar Apr Mei Jun Jul Agu|Agt Sep Okt Nov Des"),
        ("Malay", "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis"),
        ("Filipino", "Ene Peb Mar Abr May Hun Hul Ago Set Okt Nob Dis"),
        ("Thai", "ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค"),
    )
}
"""The same, short: without the dot that some languages end them with. ``|`` parts what stands for one month."""


def _table() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for table in (FULL, SHORT):
        for months in table.values():
            for number, words in enumerate(months, 1):
                for word in words.split("|"):
                    found.setdefault(word.casefold(), set()).add(number)
    return {word: tuple(sorted(numbers)) for word, numbers in found.items()}


_MONTHS: Final = _table()


def months_of(word: str) -> tuple[int, ...]:
    """The months that ``word`` means, 1 to 12: none where it is none of the table, several where languages differ."""
    plain = word.casefold().rstrip(".")
    found = _MONTHS.get(plain)
    if found is not None:
        return found
    numbered = _NUMBERED.fullmatch(plain)
    number = int(numbered[1] or numbered[2]) if numbered else 0
    return (number,) if 0 < number <= len(FULL["English"]) else ()
