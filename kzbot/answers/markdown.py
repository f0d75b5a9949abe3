"""What a page made of Markdown shows: the words without the signs around them.

No rule looks on past the next sign of its own kind, so that a hostile text costs no more than its length.
"""

import html
import re

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = 0xE000
"""Escaped signs are held in the private use area, so that no rule takes them for markup."""
_PICTURE = re.compile(r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_TAG = re.compile(r"<!--[^<>]*-->|</?[A-Za-z][^<>]*>")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[[^\[\]\n]+\]:[ \t]*\S+.*$")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+|(?<![ \t])[ \t]+#+[ \t]*$")
_SIGNS = re.compile(r"\*+|~~|`+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_ANY = re.compile(r"[\\\[<#*~`_&]")
_RESTORED = {_HELD + code: chr(code) for code in range(128)}


def shown(markdown: str) -> str:
    """The text that a reader of the page sees; line ends stay."""
    if not _ANY.search(markdown):
        return markdown
    text = _ESCAPED.sub(lambda found: chr(_HELD + ord(found[1])), markdown)
    text = _DEFINITION.sub("", text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _PICTURE.sub("", text)))
    text = _SIGNS.sub("", _HEADING.sub("", _TAG.sub("", text)))
    return html.unescape(text).translate(_RESTORED)
