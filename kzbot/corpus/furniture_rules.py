"""What page furniture looks like: rules as data. `furniture.py` applies them, and knows none of
these words; single labels stand in `furniture_words.py`.

A rule speaks of one line, white space folded. `where` names the zones in which it holds: `head` (before the first
running text), `upper` (the first lines of the page, though running text stands above), `body`, `foot` (after the last). The rules are made from what news sites print around articles; what is
not surely furniture has no rule, for text that is dropped is worse than furniture that is kept.
"""

import re
from dataclasses import dataclass
from typing import Literal

Zone = Literal["head", "upper", "body", "foot"]

EDGES: frozenset[Zone] = frozenset({"head", "foot"})
CREDITS: frozenset[Zone] = frozenset({"head", "upper", "foot"})
ANYWHERE: frozenset[Zone] = frozenset({"head", "upper", "body", "foot"})
HEAD: frozenset[Zone] = frozenset({"head"})
FOOT: frozenset[Zone] = frozenset({"foot"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of at most `words` words that `pattern` matches from end to end is furniture in the zones of `where`.

    `sentences`: it holds for lines that look like running words too. `next_line`: the short line right below belongs to
    it. `opens_list`: the short lines after it are links to other pages.
    """

    name: str
    pattern: re.Pattern[str]
    where: frozenset[Zone] = ANYWHERE
    words: int = 20
    sentences: bool = False
    next_line: bool = False
    opens_list: bool = False


# Labels above links to other pages.
LINK_LISTS = re.compile(
    r"(?:other\s+)?(?:related|recommended|similar|popular|trending|latest|recent|other|more|top"
    r"|most (?:popular|read|viewed|shared)(?:\s+\w+)?)\s+"
    r"(?:articles?|stories|news|posts?|content|topics?|reading|headlines|coverage|links|materials?)"
    r"|(?:you (?:may|might) (?:also|be) (?:like|interested in)|(?:see|read) also|also read|read this|editors?['’]?s? picks?"
    r"|most (?:popular|read|viewed|shared|commented)|recommended(?: for you)?|trending(?: now)?|more (?:\w+ )?(?:from|on|in|about) (?:this|our|the same) .{2,30}|more from .{2,40}"
    r"|читайте также|смотрите также|похожие (?:новости|статьи)|по теме|популярное)",
    re.IGNORECASE,
)

_MONTH_OR_DAY = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?|spring|summer|autumn|winter)"
)
_WORD_AS_MONTH = r"[^\W\d_]{3,}\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[\s./-]+{_WORD_AS_MONTH}[\s,./-]+\d{{4}}(?:\s?г\.?)?"
    rf"|{_WORD_AS_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}})"
)
_TIME = r"(?:(?:at|@)\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}(?:\s?[+-]\s?\d+)?\)?)?"
_STAMPED = (
    r"(?:(?i:(?:first |last |originally )?(?:published|posted|updated|modified|created|added|filed|issued|released|date"
    r"|release date|date posted|publication date|publication|опубликовано|обновлено|дата)"
    r"(?: on| at| by)?)\s*:?\s*|(?i:on|in)\s+)"
)
_WEEKDAY = r"(?:[^\W\d_]{2,}\.?,?\s+)"
_STAMP = rf"{_STAMPED}?{_WEEKDAY}?(?:{_DATE}(?:[\s,|–—-]*{_TIME})?|{_TIME}[\s,|–—-]*{_WEEKDAY}?{_DATE})"

_UPPER = r"(?-i:[^\W\d_a-zа-яёәіңғүұқөһ])"
_NAME_WORD = (
    rf"(?:{_UPPER}[\w.'’-]*|\d(?i:st|nd|rd|th)|de|da|del|di|du|van|von|der|den|la|le|al|el|bin|ibn|and|&|of|the|for)"
)
_NAMES = rf"{_UPPER}[\w.'’-]*(?:[\s,/|]+{_NAME_WORD}){{0,11}}"
_PLACE = rf"{_UPPER}[\w.'’-]*(?:[\s,]+{_UPPER}[\w.'’-]*){{0,4}}"

_PHONE = (
    r"(?:\+\d[\d\s().-]{6,}\d|\(\+?\d{2,5}\)\s*\d[\d\s.-]{3,}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\b\d{3}[-.]\d{4}\b"
    r"|\b8\s?[-(]\s?\d{3,4}\s?[-)][\d\s-]{5,}\d|\b1-8\d\d-[\w-]+)"
)
_EMAIL = r"[\w.+%-]+(?:@|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+"
_URL = r"<?(?:https?://|www\.)\S+>?|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|mil|info|edu|int)\b(?:/\S*)?"
_REACHED = rf"(?:{_PHONE}|{_EMAIL})"

_IMAGE = r"(?:photo(?:graph|graphs|s)?|images?|pictures?|pics?|videos?|graphics?|illustrations?|infographics?|maps?|фото|видео|сурет)"


def _rule(name: str, pattern: str, where: frozenset[Zone] = ANYWHERE, flags: int = re.IGNORECASE, **more: int) -> Rule:
    return Rule(
        name,
        re.compile(pattern, flags),
        where,
        more.get("words", 20),
        bool(more.get("sentences")),
        bool(more.get("next_line")),
        bool(more.get("opens_list")),
    )


RULES: tuple[Rule, ...] = (
    _rule("link list", rf"(?:{LINK_LISTS.pattern})\s*[:»›>…]?", words=8, opens_list=1),
    _rule(
        "link to another article", rf"(?:{LINK_LISTS.pattern}|read more|read|related|watch|more)\s*:\s*\S.*", words=25
    ),
    _rule("invitation to click", r"(?:click|tap) (?:here|on the|the link|below)\b.*", sentences=1),
    _rule(
        "invitation to click",
        r"for (?:more|further|additional|all|the latest) .{2,60}?,? (?:please )?(?:visit|see|go to|follow|click|check out|log on to)\b.*",
        sentences=1,
        words=30,
    ),
    _rule(
        "invitation to click",
        r"read (?:the )?(?:full|whole|entire|original|complete) (?:story|article|text|report|release)\W*",
        words=8,
    ),
    _rule(
        "site banner",
        r"(?:(?:an |the )?official (?:web)?site of|official websites use|a \.\w+ website belongs to|a lock\b.*https)\b.*",
        sentences=1,
        words=40,
    ),
    _rule("site banner", r"this (?:web)?site (?:uses|is protected by|is using|requires)\b.*", sentences=1, words=40),
    _rule("site banner", r"(?:viewing|showing|displaying) (?:results?|items?|page)?\s*\d.*", words=10),
    _rule("site banner", r"(?:\[/?\w+\]\s*)+", words=8),
    _rule("site header twice", r"(?P<once>\S.{5,}?)\W+(?P=once)", EDGES),
    _rule(
        "news label",
        rf"(?:(?-i:{_UPPER})[\w.&'’]*\s+){{0,3}}(?:news|press|media)(?: (?:article|story|release|report|room|"
        r"service|center|centre|advisory|archive|feature|agency|portal|briefing|summary)s?)?",
        EDGES,
        words=5,
    ),
    _rule(
        "release number",
        r"(?:(?:news|press|media)\s+)?(?:release|statement|bulletin|advisory)?\s*"
        r"(?:\(?(?:no|nr|num|number)\b\.?\s*:?|№|#)\s*[a-z]{0,4}[\s-]?\d[\w/.()-]*",
        words=6,
    ),
    _rule(
        "release number",
        r"(?:news|press|media)\s+(?:release|statement|advisory)\s*:?\s*(?:\(?\d[\d()/.-]*\)?\s*)+",
        words=6,
    ),
    _rule("release line", r"\W*(?:for\s+)?immediate\s+release\b.*", words=25),
    _rule(
        "release line",
        r"(?:(?:strictly\s+)?embargoed\s+(?:until|for|till)|for\s+release\s+(?:on|at|after|upon))\b.*\d.*",
    ),
    _rule("end mark", r"\W*(?:end|ends|more|30|конец)\W*", words=1, where=FOOT),
    _rule("date and time", rf"{_STAMP}(?:\s*[|•·,/–—-]*\s*{_STAMP})?", CREDITS, words=24, sentences=1),
    _rule("date and time", r"(?:last )?(?:updated|posted|published|modified):?\s+(?:\w+ ){1,6}ago", CREDITS, words=10),
    _rule(
        "dateline alone", rf"{_PLACE}[,.]?\s+(?:\(?{_DATE}\)?|{_MONTH_OR_DAY}\.?\s+\d{{1,2}})\s*[:–—-]*", HEAD, words=9
    ),
    _rule(
        "byline",
        rf"(?i:(?:(?:written|posted|reported|edited|compiled|submitted|published|story|article|text|report)\s+)?by|"
        rf"authors?:|автор:?|авторы:)\s+(?!(?i:{_MONTH_OR_DAY})\b){_NAMES}(?:\s*[|•·,–—-]+\s*|\s+(?i:on|in|at)\s+|\s+)?"
        rf"(?:{_EMAIL}|\([^()]{{2,60}}\)|(?:(?i:in)\s+{_PLACE}\s+)?(?:(?i:on)\s+)?{_STAMP})?",
        CREDITS,
        0,
        words=24,
        next_line=1,
    ),
    _rule("section and date", rf"(?:posted |filed |published )?(?:in|under)\s+{_PLACE}\s+(?:on|at)\s+{_STAMP}", EDGES),
    _rule(
        "byline",
        r"\W*(?:(?:additional )?(?:reporting|writing|editing|research|edited|written|translated|compiled|photography) by\s+[\w.'’-]+.*)",
        EDGES,
        words=40,
    ),
    _rule("tags", r"(?:tags|tagged|topics|keywords|теги|метки)\W*", EDGES, words=1, opens_list=1),
    _rule("filed under", rf"(?:published|posted|filed) (?:in|under) {_PLACE}(?: by {_NAMES})?", EDGES, words=12),
    _rule("byline", rf"(?:posted )?by\s+[^|]{{2,40}}\|.*{_DATE}.*", CREDITS, words=24),
    _rule(
        "filed under",
        r"(?:(?:filed|posted|tagged)\s+(?:under|in|as|with)|tags|categories|category|topics|keywords|sections?|"
        r"теги|метки|рубрика|темы)\s*:.*",
        EDGES,
        words=40,
    ),
    _rule(
        "image credit",
        rf"\W*{_IMAGE}\s*(?:credits?|courtesy)?\s*(?::|©|\(c\)|courtesy\s+(?:of|photo)\b|/).*"
        rf"|[(\[]\s*{_IMAGE}\s+by\b.*[)\]]\W*",
        words=30,
        sentences=1,
    ),
    _rule(
        "image credit",
        rf"\W*(?:[\w.]+\s+){{0,4}}{_IMAGE}\s+(?:by|courtesy(?:\s+of)?)\s+(?-i:{_NAMES})\W*",
        words=16,
        sentences=1,
    ),
    _rule(
        "image credit",
        r"\W*(?:[\w.'’-]+\s+){0,4}(?:/\s?)?(?:reuters|ap|afp|epa|getty(?: images)?|shutterstock|istock|tass|"
        r"flickr|wikimedia(?: commons)?)(?: photo)?\s*/\s*\S.*",
        words=12,
    ),
    _rule(
        "caption with credit",
        rf".{{10,}}?[.\s]\s*[(\[](?!(?:see|with|in|from|as|left|right|above|below)\b)[^()\[\]]{{0,50}}?\b{_IMAGE}"
        r"(?:\s*(?:credits?\s*)?(?:by|:|courtesy(?:\s+of)?|/|©)[^()]{2,80})?[)\]]\W*",
        words=70,
        sentences=1,
    ),
    _rule(
        "caption with credit",
        r".{10,}?[(\[](?:[^()\[\]]{2,50}/\s?(?:reuters|ap|afp|epa|getty(?: images)?)"
        r"|(?:reuters|ap|afp|epa|getty(?: images)?)(?: photo)?/[^()]{2,60})[)\]]",
        words=70,
        sentences=1,
    ),
    _rule(
        "caption with credit",
        rf".{{10,}}[(\[]{_UPPER}[\w.'’-]*(?:\s{_UPPER}[\w.'’-]*){{0,3}}\s?/\s?{_UPPER}[\w.'’-]*(?:\s{_UPPER}[\w.'’-]*){{0,3}}[)\]]",
        words=45,
        sentences=1,
    ),
    _rule(
        "caption with credit",
        rf".{{10,}}[.!?]\s+(?:{_NAMES}[,/]\s*(?-i:AFP|AP|EPA|TASS|Reuters|REUTERS|Getty Images|Shutterstock|iStock)(?:\s*/[\w\s.]+)?"
        rf"|(?:an?\s+)?(?:{_UPPER}[\w.&'’-]*\s+){{1,5}}(?:photo|image|picture))\.?",
        words=70,
        sentences=1,
    ),
    _rule(
        "label of a picture",
        rf"(?!road\b|the\b)(?:{_NAMES}\s+)?(?:map|logo|infographic)|(?:map|logo|infographic) of {_NAMES}",
        words=5,
    ),
    _rule("caption after a mark", r"[>»►▲▼^]\s*\S.*", words=6),
    _rule(
        "copyright",
        rf"(?:©|\(c\)\s*(?:{_NAMES},?\s*)?\d{{4}}|&copy;|copyright\s*(?:©|\(c\)|&copy;|notice|\d{{4}}|by\b|[-–—:|])).*",
        words=80,
        sentences=1,
    ),
    _rule("copyright", r".*\b(?:all rights reserved|все права защищены)\b.*", words=60, sentences=1),
    _rule(
        "copyright",
        r"(?:(?:reproduction|reprinting|republication)(?: of (?:this|these|the|any|our))?|use of (?:this|our) (?:site|website|page|material|content))\b.*\b(?:prohibited|permission|consent)\b.*",
        words=60,
        sentences=1,
    ),
    _rule(
        "cookie notice",
        r"(?:we|this (?:web)?site|our (?:web)?site|this page|the site|by (?:continuing|using|clicking|visiting|browsing))\b"
        r".*\bcookies?\b.*",
        words=80,
        sentences=1,
    ),
    _rule(
        "subscribe",
        r"(?:subscribe|sign up|register|sign in|log in|join us|become a member)\b(?=.*\b(?:to|for|with|now|today|on|our)\b).*"
        r"\b(?:newsletters?|news|updates?|alerts?|e-?mails?|inbox|channel|feed|account|access|comment|free|today|facebook|twitter|"
        r"telegram|youtube|rss|magazine|edition|reading)\b.*",
        words=25,
        sentences=1,
    ),
    _rule(
        "subscribe",
        r"(?:get|receive) (?:the |our |all |more )?(?:latest|daily|weekly|breaking|free|news|top)\b.*"
        r"\b(?:newsletters?|inbox|e-?mails?|alerts?|app)\b.*",
        words=25,
        sentences=1,
    ),
    _rule(
        "follow us",
        r"(?:please )?(?:follow|like|find|join|watch|connect with|visit|подписывайтесь на|следите за) (?:us|our|me|@\w+|нас|нами)\b.*",
        words=20,
        sentences=1,
    ),
    _rule(
        "follow us",
        rf"(?:follow|like) {_NAMES} on (?:facebook|twitter|instagram|telegram|linkedin|youtube|x)\b.*",
        words=14,
        sentences=1,
    ),
    _rule(
        "comments",
        r"(?:comments? (?:are|is) (?:now )?(?:closed|disabled|off)|be the first to comment|you must be (?:logged|signed) in|"
        r"your email address will not be published|please (?:log|sign) in to)\b.*",
        words=30,
        sentences=1,
    ),
    _rule(
        "counter",
        r"[([]?(?:\d[\d,.\s]*[km]?|no)\s*(?:shares?|comments?|views?|likes?|reads?|retweets?|followers|votes?|responses?|"
        r"replies|просмотр\w*|комментари\w*)[)\]]?",
        words=4,
    ),
    _rule(
        "counter",
        r"(?:views?|comments?|shares?|hits|reads?|page views?|likes?|просмотров|комментарии|просмотры)\s*[:(\[]?\s*\d[\d,.]*[km]?[)\]]?",
        words=4,
    ),
    _rule(
        "counter",
        r"read \d[\d,.]* times?|[(\[]?\d[\d,.]* (?:users?|people|members?) (?:online|like this|liked this|reading this)[)\]]?",
        words=6,
    ),
    _rule("reading time", r"read(?:ing)? time\s*:?\s*\d{1,3}\s*min.*", words=7),
    _rule(
        "reading time",
        r"(?:(?:estimated )?reading time\s*:?\s*)?(?:<\s*)?\d{1,3}\s*min(?:ute)?s?\.?(?:\s+read)?",
        words=6,
    ),
    _rule("page counter", r"\W*page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", words=5),
    _rule("page counter", r"\W*\d{1,3}\s*(?:of|/)\s*\d{1,3}\W*", words=3),
    _rule("page counter", r"[-–—\[(]\s*\d{1,3}\s*[-–—\])]", words=1),
    _rule(
        "page counter",
        r"(?:\d{1,3}\s+)+\d{0,3}\s*(?:\.{3}|…|next|last|»|›|>)(?:\s*(?:\d{1,4}|next|last|»|›|>|page))*",
        words=20,
    ),
    _rule("page counter", r"\d{1,3}", EDGES, words=1),
    _rule("text size", r"(?:(?:text|font) ?size\W*)?(?:a\s?[+-]?\s*){2,4}|(?:text|font) ?size\b.*", words=6),
    _rule(
        "print or send",
        r"(?:print|e-?mail|download|save|bookmark|share|tweet) (?:this|the|full|as)\s+(?:page|article|story|post|release|pdf|"
        r"document|item|version)(?:\s*[/|,]\s*.*)?",
        words=8,
    ),
    _rule(
        "share on",
        r"share\s*(?:(?:on|via|with|to|this)?\s*:.*|(?:this )?(?:on|via|with|to) (?:facebook|twitter|x|e-?mail|friends?|linkedin|telegram|whatsapp).*)",
        words=8,
    ),
    _rule(
        "breadcrumbs",
        r"(?:home(?:page)?|главная|news|you are here|вы здесь)\s*:?\s*(?:[>»›→/|:·•]|::|[-–—]\s)\s*.+",
        EDGES,
        words=30,
    ),
    _rule("breadcrumbs", r"[^>»›→]{2,40}(?:\s*[>»›→]\s*[^>»›→]{2,80}){2,}", EDGES, words=30),
    _rule(
        "address of a page",
        rf"(?:(?:source|link|url|web|website|online|via|read more|more|visit|permalink|see)\s*(?:at|on)?\s*:?\s*)?(?:{_URL})"
        rf"(?:[\s,|]+(?:{_URL}))*",
        words=40,
    ),
    _rule("link definition", r"\[[^\]]+\]:\s*\S+(?:\s+[\"'(].*[\"')])?", words=40),
    _rule("picture in Markdown", r"(?:!\[[^\]]*\]\([^)]*\)\s*)+", words=60, sentences=1),
    _rule("address of a page", r"[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.[a-z]{2,8}", EDGES, 0, words=4),
    _rule("e-mail address", rf"(?:e-?mail\s*:?\s*)?{_EMAIL}", words=8),
    _rule(
        "telephone line",
        r"(?:tel|telephone|phones?|ph|fax|mobile|cell|e-?mail|hotline|dsn|commercial|тел|телефон|факс)\b[.:/\s]*"
        rf"(?:(?:and|or|/|&|no|number|fax|тел|факс)\b[.:\s]*)*(?:{_REACHED}|[\d(+][\d\s()/.+-]{{4,}}).*",
        words=18,
    ),
    _rule("telephone line", rf"(?=.*{_REACHED}).*", words=8),
    _rule("telephone line", rf"(?=.*{_REACHED}).*", EDGES, words=16),
    _rule(
        "contact line",
        r"(?:(?:note to editors:? )?(?:for|to get) (?:more|further|additional|any) (?:information|details|inquiries|questions)|(?:press|media|public|news)"
        rf"\s+(?:contacts?|inquiries|enquiries|office|relations|queries)|contacts?|points? of contact|poc|inquiries|queries)\b.*(?:{_REACHED}|{_URL}).*",
        words=40,
        sentences=1,
    ),
    _rule(
        "contact line",
        r"(?:(?:press|media|public|news)\s+(?:contacts?|inquiries|enquiries|office|queries)|contacts?|points? of contact|poc)\s*:.*",
        words=12,
    ),
    _rule("postal address", r".*\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b(?:,?\s+(?:USA?|U\.S\.A?\.))?", FOOT, 0, words=16),
    _rule(
        "source line",
        r"(?:sources?|via|credits?|originally published (?:in|by|at|on)|first published (?:in|by|at|on)|источник)\s*:\s*\S.*",
        EDGES,
        words=12,
    ),
)
