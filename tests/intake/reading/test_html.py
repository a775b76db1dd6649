"""HTML mail as text that reads like the mail."""

from __future__ import annotations

import pytest

from intake.reading.html import html_to_text

CASES = {
    "paragraphs": ("<p>one</p><p>two</p>", "one\n\ntwo"),
    "lines": ("<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"),
    "an empty line in Gmail": ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
    "Outlook's paragraphs are lines": (
        (
            "<p class=MsoNormal>one</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            "<p class=MsoNormal>two</p><p class=MsoNormal>three</p>"
        ),
        "one\n\ntwo\nthree",
    ),
    "white space": ("<p>  one\n\n two&nbsp;&nbsp;three </p>", "one two three"),
    "inline elements": ("a<b>b</b> <i>c</i><span>d</span>", "ab cd"),
    "text between blocks": ("one<p>two</p>three", "one\n\ntwo\n\nthree"),
    "entities": (
        "&lt;b&gt; &amp;amp; &uuml; &#252; &#xfc; &nonsense;",
        "<b> &amp; ü ü ü &nonsense;",
    ),
    "link": (
        '<a href="https://x.example/a?b=1&amp;c=2">the page</a>.',
        "the page <https://x.example/a?b=1&c=2>.",
    ),
    "link that shows itself": (
        '<a href="https://x.example/">https://x.example</a>',
        "https://x.example",
    ),
    "link without scheme in its text": (
        '<a href="https://www.x.example">x.example</a>',
        "x.example",
    ),
    "mail link": (
        '<a href="mailto:a@x.example">a@x.example</a> <a href="mailto:b@x.example?subject=x">b</a>',
        "a@x.example b <b@x.example>",
    ),
    "no links": (
        '<a href="#top">up</a> <a href="javascript:x()">run</a> <a name=x>anchor</a>',
        "up run anchor",
    ),
    "safe link": (
        '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa&amp;data=05">a</a>',
        "a <https://x.example/a>",
    ),
    "link of Proofpoint": (
        (
            '<a href="https://urldefense.com/v3/__https://x.example/a__;!!b!c$">a</a>'
            ' <a href="https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example_b&d=D">b</a>'
        ),
        "a <https://x.example/a> b <https://x.example/b>",
    ),
    "link that counts clicks": (
        '<a href="https://x.example/a?utm_source=b&id=7&utm_medium=c">a</a>',
        "a <https://x.example/a?id=7>",
    ),
    "picture that is a link": (
        '<a href="https://x.example/"><img src=x alt="Our shop"></a>',
        "[Our shop] <https://x.example/>",
    ),
    "bullets": ("<ul><li>one<li>two<ul><li>sub</ul></ul>after", "* one\n* two\n  * sub\n\nafter"),
    "numbers": ("<ol start=3><li>one</li><li>two<br>more</li></ol>", "3. one\n4. two\n   more"),
    "numbers of items": ("<ol><li value=7>one<li>two</ol>", "7. one\n8. two"),
    "headings": ("<h1>A</h1><p>b</p><h2>C</h2>d", "A\n\nb\n\nC\n\nd"),
    "lists in lists": (
        "<ol start=2><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ol>",
        "2. a\n   * b\n     1. c\n3. d",
    ),
    "paragraphs in a list": ("<ul><li><p>one</p></li><li><p>two</p></li></ul>", "* one\n\n* two"),
    "table of data": (
        "<table><tr><th>Room<th>Fault<tr><td>12<td>no light<tr><td>7<td>printer</table>",
        "Room  Fault\n12    no light\n7     printer",
    ),
    "table of wide letters": (
        "<table><tr><td>部屋<td>a</tr><tr><td>1<td>b</tr></table>",
        "部屋  a\n1     b",
    ),
    "table for layout": (
        (
            "<table width=600><tr><td><table><tr><td><p>Dear all,</p><p>the lift is shut.</p></td>"
            "</tr></table></td></tr></table>"
        ),
        "Dear all,\n\nthe lift is shut.",
    ),
    "form": (
        "<table><tr><td>Name:</td><td>Ana</td></tr><tr><td>Text:</td><td>"
        + "long " * 20
        + "</td></tr></table>",
        "Name:  Ana\nText:  " + ("long " * 20).strip(),
    ),
    "quote": (
        "new<blockquote type=cite>old<br>lines<blockquote>older</blockquote></blockquote>newer",
        "new\n> old\n> lines\n>> older\n\nnewer",
    ),
    "indentation is no quote": (
        '<blockquote style="margin:0 0 0 40px;border:none">mine</blockquote>',
        "mine",
    ),
    "preformatted": ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
    "rule": ("a<hr>b", "a\n\n" + "_" * 32 + "\n\nb"),
    "hidden preheader": (
        '<div style="display:none;max-height:0">Preview!<div>x</div></div>Hello',
        "Hello",
    ),
    "hidden by attribute": ("<p hidden>no</p><p class='hidden-xs'>yes</p>", "yes"),
    "hidden by size": (
        '<span style="font-size:0px">no</span><span style="font-size:0.9em">yes</span>',
        "yes",
    ),
    "hidden until the next paragraph": ('<p style="display:none">no<p>yes', "yes"),
    "picture": (
        '<img src=x alt="Screenshot  of the error" width=600>',
        "[Screenshot of the error]",
    ),
    "picture with brackets": ('a <img src=x alt="[image: x.png]"> b', "a [image: x.png] b"),
    "symbols": ('Hi <img src=x alt="\U0001f600" class="emoji">!', "Hi \U0001f600!"),
    "from right to left": (
        '<div dir="rtl">שלום <b>עולם</b> <a href="https://x.example/">כאן</a></div>',
        "שלום עולם כאן <https://x.example/>",
    ),
    "Outlook's settings and lists": (
        (
            "<xml><w:WordDocument>x</w:WordDocument></xml><p class=MsoListParagraph><![if "
            "!supportLists]><span>·<span>&nbsp;&nbsp; </span></span><![endif]>one<o:p></o:p></p>"
        ),
        "· one",
    ),
    "line break soup": ("a<br><br><br><br>b<br/><br>c", "a\n\nb\n\nc"),
    "tracking pixel": ('a<img src=x width=1 height="1" alt="x">b', "ab"),
    "picture without words": ("a<img src=x>b", "ab"),
    "scripts and styles": (
        "<STYLE>p{}</style><script>if (a<b) {}</SCRIPT>text<title>t</title>",
        "text",
    ),
    "comments": ("a<!-- <p>no</p> -->b<!--[if mso]>no<![endif]-->c<![if !mso]>d<![endif]>", "abcd"),
    "comment without end": ("a<!-- b <p>c", "a b\n\nc"),
    "style without end": ("<style>p{} <p>text", "p{}\n\ntext"),
    "no HTML at all": ("5 < 6 & 7 > 3, i<3 you", "5 < 6 & 7 > 3, i<3 you"),
    "tag without end": ("text <b and more", "text <b and more"),
    "end tags without start": ("</p></div>a</b></td></table>b", "ab"),
    "cells outside of a table": ("<td>a</td><td>b</td>", "a\nb"),
    "a > in an attribute": (
        '<a title="a > b" href="https://x.example">c</a>',
        "c <https://x.example>",
    ),
    "broken attribute": ('<p class="x>one</p><p>two</p>', "one\n\ntwo"),
    "xml": ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"><body>text</body></html>', "text"),
    "nothing": ("", ""),
    "nothing to read": ("<html><body><img src=x></body></html>", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_html_reads_like_the_mail(name):
    """Each kind of content has its form in text."""
    html, expected = CASES[name]
    assert html_to_text(html) == expected


def test_a_long_link_is_shortened():
    """Nobody reads the two thousandth character of a tracking link."""
    text = html_to_text(f'<a href="https://x.example/{"a" * 3000}">here</a>')
    assert (len(text), text[-2:]) == (307, "…>")


def test_what_lies_deep_is_read():
    """There is no depth at which text is lost."""
    assert html_to_text("<div><span>" * 3000 + "deep") == "deep"
