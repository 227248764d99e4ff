"""Bech32: how age spells its keys.

    age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj

A prefix that says what it is, "1", then 32 bytes in groups of five bits, and six characters that catch typing errors.
The rules are BIP 173, without its limit of 90 characters, as in https://age-encryption.org/v1 (Native recipients).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK: Final = 6


class MalformedBech32(ValueError):
    """The text is not what format_bech32 writes."""


def format_bech32(prefix: str, data: bytes) -> str:
    """``data`` under ``prefix``, in lower case. The inverse of parse_bech32."""
    groups = _regroup(data, 8, 5, pad=True)
    tail = _checksum(prefix, groups)
    return prefix + "1" + "".join(_ALPHABET[group] for group in (*groups, *tail))


def parse_bech32(prefix: str, text: str) -> bytes:
    """The bytes that ``text`` spells, or MalformedBech32. Lower case only: each value has one spelling."""
    head = prefix + "1"
    if not text.startswith(head) or len(text) < len(head) + _CHECK:
        raise MalformedBech32("wrong prefix or length")
    groups = [_ALPHABET.find(char) for char in text[len(head) :]]
    if -1 in groups:
        raise MalformedBech32("a character that Bech32 does not use")
    body = groups[:-_CHECK]
    # A last group with stray bits would be a second spelling of the same bytes: compare with our own.
    data = bytes(_regroup(body, 5, 8, pad=False))
    if format_bech32(prefix, data) != text:
        raise MalformedBech32("the check characters do not match")
    return data


def _regroup(values: Iterable[int], width: int, new_width: int, *, pad: bool) -> list[int]:
    held, bits, out = 0, 0, []
    for value in values:
        held = (held << width) | value
        bits += width
        while bits >= new_width:
            bits -= new_width
            out.append((held >> bits) & ((1 << new_width) - 1))
        held &= (1 << bits) - 1
    if pad and bits:
        out.append((held << (new_width - bits)) & ((1 << new_width) - 1))
    return out


def _checksum(prefix: str, groups: list[int]) -> list[int]:
    spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    value = _polymod([*spread, *groups, *([0] * _CHECK)]) ^ 1
    return [(value >> 5 * (_CHECK - 1 - place)) & 31 for place in range(_CHECK)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
