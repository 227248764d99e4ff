"""The markup of one block: read as a browser reads it, and nothing that it shows is left without a reader."""

from __future__ import annotations

from html.parser import HTMLParser

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.message import Entity, MediaState
from safehand.sources.html_blocks import Block, extra_of
from safehand.sources.html_text import Content
from safehand.sources.html_tokens import TagKind, is_embedded, is_left_out, plain, read_value, tokenize

OPEN, CLOSE, VOID, COMMENT, _ = TagKind

names = st.sampled_from(["div", "b", "a", "br", "img", "SPAN", "li", "h2"])
keys = st.sampled_from(["class", "href", "TITLE", "data-x", "id", "src"])
values = st.text(st.sampled_from("ab é<>&;'/=#1\n🌱"), max_size=8)
texts = st.text(st.sampled_from("ab é>&;\"'=#1amplt\n🌱"), max_size=10)


@st.composite
def tags(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        return f"</{draw(names)}{draw(st.sampled_from(['', ' ']))}>"
    written = [f"<{draw(names)}"]
    for key, value in draw(st.lists(st.tuples(keys, values), max_size=3)):
        bare = all(char.isalnum() for char in value) and value != ""
        spelling = draw(st.sampled_from(['="{}"', "='{}'", "={}" if bare else '="{}"', ' = "{}"', ""]))
        escaped = value.replace("'", "&#39;").replace("&#39;", "&#x27;")
        written.append(f" {key}{spelling.format(escaped)}")
    return "".join(written) + draw(st.sampled_from([">", " >", " />"]))


markup = st.lists(
    st.one_of(tags(), texts, st.sampled_from(["<!-- <b>a</b> -->", "<!DOCTYPE html>", "< b", "<3 "])),
    max_size=8,
).map("".join)


class Judge(HTMLParser):
    """What the standard library makes of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first: dict[str, str] = {}
        for key, value in attrs:
            first.setdefault(key, value or "")
        self.told.append((tag, first))

    def handle_endtag(self, tag: str) -> None:
        self.told.append((f"/{tag}", None))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.told and self.told[-1][0] == "":
            data = f"{self.told.pop()[1]}{data}"
        self.told.append(("", data))


def ours(raw: bytes) -> list[tuple[str, object]]:
    tokens = tokenize(raw)
    told: list[tuple[str, object]] = [("", plain(tokens.lead)[0])]
    for tag, text in zip(tokens.tags, tokens.texts, strict=True):
        if tag.kind is OPEN or tag.kind is VOID:
            told.append((tag.name, tag.attributes))
        elif tag.kind is CLOSE:
            told.append((f"/{tag.name}", None))
        if told[-1][0] == "":
            told[-1] = ("", f"{told[-1][1]}{plain(text)[0]}")
        else:
            told.append(("", plain(text)[0]))
    return [one for one in told if one != ("", "")]


@given(markup)
@settings(max_examples=600, deadline=None)
def test_tags_and_texts_are_those_the_standard_library_reads(made: str) -> None:
    judge = Judge()
    judge.feed(made)
    judge.close()
    assert ours(made.encode()) == judge.told


anything = st.lists(
    st.sampled_from(
        [b"<", b">", b"</", b'"', b"'", b"=", b"div", b" class", b"<!--", b"-->", b"<script>", b"</script>", b"/", b"a",
         b"&", b"&#", b"amp;", b"\xff", b"\x00", b"\n", b"<br>", b"<a href=", b"<?x", b"<!", "é".encode()]
    ),
    max_size=14,
).map(b"".join)  # fmt: skip


@given(anything)
@settings(max_examples=600, deadline=None)
def test_whatever_stands_there_every_byte_is_of_a_tag_or_a_text(raw: bytes) -> None:
    tokens = tokenize(raw)
    joined = tokens.lead + b"".join(tag.raw + text for tag, text in zip(tokens.tags, tokens.texts, strict=True))
    assert joined == raw
    assert all(
        raw[start : start + len(tag.raw)] == tag.raw for start, tag in zip(tokens.starts(), tokens.tags, strict=True)
    )


@given(markup)
@settings(max_examples=300, deadline=None)
def test_reading_the_whole_block_leaves_no_text_unread(made: str) -> None:
    block, other = (Block(f"<div>{made}</div>".encode()) for _ in range(2))
    block.root.content()
    other.root.pass_over()
    # Comments and attributes stay: they are no text.
    texts_left = [one for one in block.unread() if "@" not in one[0] and not one[0].endswith(("comment", "markup"))]
    assert texts_left == [
        one for one in other.unread() if "@" not in one[0] and not one[0].endswith(("comment", "markup"))
    ]


@given(markup)
@settings(max_examples=300, deadline=None)
def test_what_nobody_reads_is_told_whole(made: str) -> None:
    told = "".join(value for _, value in Block(made.encode()).unread())
    tokens = tokenize(made.encode())
    for text in [tokens.lead, *tokens.texts]:
        assert plain(text)[0].strip(" \t\r\n\f") in told


MESSAGE = b"""<div class="message default" id="message7">
 <div class="from_name">
Priya &amp; Tom \n </div>
 <div class="text">
See <a href="https://example.org/?a=1&amp;copy=2">the <b>plan</b></a><br>at  nine
 </div>
 <img class="photo" src="photos/p1.jpg" alt="the gate"><!-- x -->
</div>"""


def test_an_element_is_found_by_its_class_and_read_without_its_layout() -> None:
    block = Block(MESSAGE)
    assert block.root.attribute("id") == "message7"
    name, text = block.find("from_name"), block.find("text")
    assert name is not None
    assert name.text() == "Priya & Tom"
    assert text is not None
    assert text.content() == Content(
        "See the plan\nat  nine",
        (Entity(4, 12, "link", "https://example.org/?a=1&copy=2"), Entity(8, 12, "bold")),
    )
    assert [child.classes for child in block.root.children()] == [{"from_name"}, {"text"}, {"photo"}]


def test_what_nobody_has_read_is_told_with_its_place() -> None:
    block = Block(MESSAGE)
    name = block.find("from_name")
    assert name is not None
    name.text()
    assert block.unread() == [
        ("div.message.default/div.text", "See"),
        ("div.text/a@href", "https://example.org/?a=1&copy=2"),
        ("div.text/a", "the"),
        ("a/b", "plan"),
        ("div.message.default/div.text", "at  nine"),
        ("div.message.default/img.photo@src", "photos/p1.jpg"),
        ("div.message.default/img.photo@alt", "the gate"),
        ("div.message.default/comment", "<!-- x -->"),
    ]
    photo = block.find(name="img")
    assert photo is not None
    assert (photo.attribute("src"), photo.attribute("width")) == ("photos/p1.jpg", None)
    text = block.find("text")
    assert text is not None
    text.content()
    assert extra_of(block.unread()) == (
        '{"div.message.default/img.photo@alt":"the gate","div.message.default/comment":"<!-- x -->"}'
    )
    photo.pass_over()
    block.root.pass_over()
    assert block.unread() == []


def test_a_place_with_several_texts_has_a_list() -> None:
    block = Block(b'<p class="a">one<br>two</p>')
    assert orjson.loads(extra_of(block.unread())) == {"p.a": ["one", "two"]}


@pytest.mark.parametrize(
    ("markup_", "text", "entities"),
    [
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd", ()),
        ("a<br />\nb<br>\r\nc<br>\n\nd", "a\nb\nc\n\nd", ()),
        ("<div>a</div><div>b</div>", "a\nb", ()),
        ("<div>a</div>\n  <div>\n  b</div>", "a\nb", ()),
        ("a<div>b</div>c", "a\nb\nc", ()),
        ("<div><div></div><div>a</div><div></div></div>", "a", ()),
        ("<b>a <i>b</i></b> c", "a b c", ((0, 3, "bold", None), (2, 3, "italic", None))),
        ("  <b> a</b>", "a", ((0, 1, "bold", None),)),
        ("<b>a </b>", "a", ((0, 1, "bold", None),)),
        ("<b></b>a", "a", ()),
        ("<b>a<div>b</b>c</div>", "a\nbc", ((0, 3, "bold", None),)),
        ("<b>a  </b><div>b</div>", "a\nb", ((0, 1, "bold", None),)),
        ("<div>a</div><a href='x'>b</a>", "a\nb", ((2, 3, "link", "x"),)),
        ("<code>a\n  b</code>", "a\n  b", ((0, 5, "code", None),)),
        ("a&nbsp;", "a\u00a0", ()),
        ("&amp;lt; &#128512; &eacute;", "&lt; 😀 é", ()),
        ("<s>a<u>b</s>c", "abc", ((0, 2, "strikethrough", None), (1, 2, "underline", None))),
        ("a<!-- b -->c", "ac", ()),
        ("a<script>b&amp;</script>c", "ab&amp;c", ()),
    ],
)
def test_lines_and_marks_of_a_text(
    markup_: str, text: str, entities: tuple[tuple[int, int, str, str | None], ...]
) -> None:
    block = Block(f"<td>{markup_}</td>".encode())
    assert block.root.content() == Content(text, tuple(Entity(*one) for one in entities))


def test_bytes_that_are_not_utf_8_are_read_and_said_to_be_guessed() -> None:
    block = Block(b'<p><b>caf\xe9</b><i title="\xe9">tea</i></p>')
    bold, italic = block.find(name="b"), block.find(name="i")
    assert bold is not None
    assert italic is not None
    assert italic.content() == Content("tea")
    assert bold.content() == Content("café", (), guessed=True)
    assert block.guessed
    again = Block(b'<i title="\xe9">tea</i>')
    assert again.root.attribute("title") == "é"
    assert again.guessed


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"?a=1&copy=2", "?a=1&copy=2"),
        (b"?a=1&copyb", "?a=1&copyb"),
        (b"?a=1&copy;2", "?a=1©2"),
        (b"&copy", "©"),
        (b"&copy !", "© !"),
        (b"&amp;amp;&#39;&#x27;&#39", "&amp;'''"),
        (b"&nosuch; &", "&nosuch; &"),
    ],
)
def test_a_reference_in_an_attribute_without_its_semicolon_is_one_only_at_the_end(raw: bytes, value: str) -> None:
    assert read_value(raw) == (value, False)


def test_a_file_that_stands_in_an_attribute_is_measured_and_never_copied() -> None:
    picture = b"data:image/png;base64," + b"QUJD" * 5_000
    left_out = b"data:image/png;base64,[[safehand left out 20000 bytes]]"
    block = Block(b'<p><img src="' + picture + b'"><img src="' + left_out + b'"><img src="p.jpg"></p>')
    images = list(block.find_all(name="img"))
    assert [image.embedded("src") for image in images] == [MediaState.EMBEDDED, MediaState.OMITTED, None]
    assert [value for _, value in block.unread()] == [
        "data:image/png;base64,[20000 bytes]",
        "data:image/png;base64,[[safehand left out 20000 bytes]]",
        "p.jpg",
    ]
    assert is_embedded("DATA:,")
    assert not is_left_out("data:,")


def test_a_block_without_elements_has_one_that_says_nothing() -> None:
    root = Block(b"nothing here").root
    assert (root.name, root.text(), root.attribute("id"), root.is_closed, list(root.children())) == (
        "",
        "",
        None,
        False,
        [],
    )
    assert Block(b"nothing here").unread() == [("", "nothing here")]


def test_own_text_is_what_stands_in_no_element_of_it() -> None:
    block = Block(b"<p>Carol <i> 13.05.<b>2023</b></i> wrote <br>twice</p>")
    assert block.root.own_text() == "Carol  wrote twice"
    assert [value for _, value in block.unread()] == ["13.05.", "2023"]


def test_many_elements_of_one_kind_are_found_in_order() -> None:
    block = Block(b'<ul><li class="a">1<li class="b">2</li></li><li>3</li></ul>')
    assert [one.tag.attributes for one in block.find_all(name="li")] == [{"class": "a"}, {"class": "b"}, {}]
    assert [one.text() for one in block.find_all("b", "li")] == ["2"]
    assert block.find("b", "ul") is None


def test_damage_is_read_as_far_as_it_can_be() -> None:
    for raw, text in [
        (b"<p>a <b title=>b", "a b"),
        (b'<p>a <b title="x>b</b> c', "a b c"),
        (b"<p>a <b", "a"),
        (b"<p>a </i>b</p>", "a b"),
        (b"<p>a <!-- b", "a"),
        (b"<p><script>a", "a"),
    ]:
        assert Block(raw).root.text() == text


def test_what_is_no_tag_and_begins_like_one_is_told() -> None:
    assert Block(b"<p>a</p><b c").unread() == [("p", "a"), ("markup", "<b c")]
    assert Block(b"<p>a</p><?php x ?>").unread() == [("p", "a"), ("markup", "<?php x ?>")]


def test_a_comment_may_be_as_short_as_the_standard_allows() -> None:
    for comment in (b"<!-->", b"<!--->", b"<!---->", b"<!-- a --!>"):
        assert [tag.kind for tag in tokenize(comment + b"<b>").tags] == [COMMENT, OPEN]


def test_the_same_tags_over_and_over_are_read_once_and_memory_stays() -> None:
    for number in range(20_000):
        tokenize(f'<div id="m{number}">'.encode())
    one, two = tokenize(b"<b><b>").tags
    assert one is two
