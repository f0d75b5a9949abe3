"""Articles as nobody should write them: every file that answers must be true to the letter for."""

from __future__ import annotations


def card(**keys: str) -> str:
    return "---\n" + "".join(f"{key}: {value!r}\n" for key, value in keys.items()) + "---\n"


DATED = {"published": "2012-09-04", "url": "https://example.org/a-b,c?x=1&y=2#top"}


HOSTILE: dict[str, str] = {
    "cyrillic.txt": card(
        title="Учения «Степной орёл»", published="2012-09-05", url="https://example.org/орёл", language="ru"
    )
    + "В сентябре 2012 года прошли учения «Степной орёл». В них участвовали США, Казахстан и НАТО.\n\n"
    "Министр обороны Адильбек Джаксыбеков открыл их 3 сентября 2012 года.\n",
    "kazakh.txt": card(title="Дала қыраны", language="kk")
    + "«Дала қыраны» жаттығуы 2012 жылы өтті. Оған Қазақстан мен АҚШ қатысты, деп хабарлады министрлік.\n",
    "crlf.txt": card(title="Line ends", **DATED).replace("\n", "\r\n")
    + "The talks began on Monday.\r\n\r\nThey ended on Sept. 7, 2012, the ministry said.\r\n",
    "bom.txt": "\ufeff"
    + card(title="A mark of byte order", published="2001")
    + "In March 2001 the base was opened by Cohen.\n",
    "emoji.txt": card(title="Emoji 🎖️ and accents", published="2010-05", url="https://example.org/🎖️")
    + "The 👨‍👩‍👧‍👦 family met in Zu\u0308rich on 5 May 2010 🎉. Cafe\u0301 talks with the U.S. were held in İstanbul, ﬁrst in 2009.\n",
    "long.txt": card(title="One long line", published="1999", url="https://example.org/long")
    + "In 1998 the command, "
    + "which trained many officers and men of the Steppe Eagle exercise, " * 400
    + "was closed.\n",
    "marked.md": card(title="Marked *up*", published="2003-03-03", url="https://example.org/marked")
    + "# Marked *up*\n\nOn [March 3, 2003](https://example.org/x) the **U.S. Army** said `SELECT *` was \\*over\\*.\n\n"
    "- First point of 2002, with a list of names\n- Second point: NATO (2001) and [links](http://e.org)\n\n"
    "```\nprint('1997-01-01')\n```\n\n> A quotation from 1996 that spans\n> two lines of text.\n",
    "syntax.txt": card(title='AND OR NOT NEAR("x" y)', published="2004~")
    + "He wrote \"AND OR NOT\" in 2004; col:umn NEAR/3 (a* OR b) ^start {c} -d +e. SELECT '%_%' FROM passages_fts;\n",
    "html.txt": card(title="<b>Markup</b> &amp; more", published="2005/2006", url="https://example.org/?q=<b>&r=-,-")
    + "<p>On 1 June 2005 the <a href='x'>treaty</a> was signed &mdash; <script>alert(1)</script> at last.</p>\n",
    "unseen.txt": card(title="Zero\u200bwidth", published="2006-02-30") + "x\n",
    "bidi.txt": card(title="Zero\u200bwidth and \u202eturned\u202c", published="2006-02-28")
    + "In Jan\u200buary 2006 the \u202eesicrexe\u202c began.\ufeff Ste\u00adppe Eagle took\u00a0part\u2028in 2006.\n",
    "twice.txt": card(title="The same again", published="2007")
    + "The brigade left on 3 May 2007 for Kabul.\n\n" * 4
    + "The brigade left on 3 May 2007 for Kabul.\n",
    "many.txt": card(title="Five thousand words", published="2008-08-08", url="https://example.org/many")
    + "\n\n".join(
        f"In {1950 + n % 60} the unit number {n} of Kazakhstan met {n} officers of the United States near Almaty."
        for n in range(330)
    ),
    "titled.txt": card(title="The first line is the title", published="2009-09")
    + "The first line is the title\n\nIt was said on Friday.\n",
    "short.txt": card(title="Short", published="[2009-01-02..2009-03-04]") + "Yes.\n",
    "furniture.txt": card(title="Only furniture") + "Share\n\nContact us\n\nTel. (703) 697-5737\n",
    "undated.txt": card(title="Of no day")
    + "The ministers met on Friday in Riga. On the same day they signed the plan. Earlier, in 1997, they had not. "
    "They will meet again in June 2031.\n",
    "partial.txt": card(title="Partial dates", published="2011-04-05")
    + "It began in the 1990s and lasted from 2003 to 2004. Since 2007 it has grown, until 2017 at least. In mid-November, "
    "in early 2010, in fiscal 1998 and in the autumn of 1996 there were talks. Some day between 24 June 2009 and 31 January "
    "2011 he left. It took place about 2002, before 2001, and after March 2000.\n",
}
