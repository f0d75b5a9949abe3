"""Words by which sentences tell who takes part: the tables of `participation`, as pieces of regular expressions."""

HEAD = (
    r"(?:troops|soldiers?|servicem[ae]n|servicewomen|service\s+members|personnel|units?|subunits?|detachments?|elements|"
    r"forces?|army|navy|military|militaries|air\s+force|marines|sailors|airm[ae]n|paratroopers|peacekeepers|guardsmen|"
    r"national\s+guard|servants?|officers?|officials?|representatives?|delegates?|delegations?|observers?|advis[eo]rs?|"
    r"experts?|specialists?|instructors?|trainers?|medics?|doctors?|engineers?|pilots?|crews?|planes?|aircraft|jets?|"
    r"helicopters?|ships?|vessels?|warships?|contingents?|platoons?|squads?|teams?|battalions?|brigades?|regiments?|"
    r"compan(?:y|ies)|staff|members?|cadets?|students?|participants?|police|rangers?|diplomats?|journalists?|firms?|"
    r"airlines?|manufacturers?|exhibitors?|scientists?|nationals|citizens|athletes|players|volunteers?|men|women|people|"
    r"reservists?|commandos?|divers?|gunners?|fighters?|leaders?|ministers?|commanders?)"
)
"""What takes part for a country or an organisation."""

MODIFIER = (
    r"(?:military|military-industrial|armed|naval|air|special|ground|land|army|navy|peacekeeping|medical|senior|junior|"
    r"airborne|infantry|mechanized|mechanised|motorized|marine|foreign|national|coalition|allied|young|active-duty|"
    r"reserve|staff|operations|security|defen[cs]e|border|civil|civilian|logistics|engineering|tank|artillery|leading|"
    r"local|regular|elite|rescue|private|state|official|high-ranking|combat|support|parachute|rapid-reaction)"
)
PHRASE = rf"(?:{MODIFIER}\s+)*{HEAD}(?:(?:\s*,\s*|\s+and\s+|\s+or\s+)(?:{MODIFIER}\s+)*{HEAD})*"
"""A capacity: heads with what modifies them, also several ("soldiers and officers")."""

LEAD = (
    rf"\b(?P<capacity>{PHRASE})\s+(?:drawn\s+|sent\s+|deployed\s+|coming\s+|selected\s+)?"
    rf"(?:(?:of|from)\s+(?:the\s+|its\s+)?{PHRASE}\s+)*(?:of|from|representing)\s+(?:both\s+)?(?:the\s+)?[\"'“‘«]?$"
)
"""Before a name: "units of the armed forces of "."""

TRAIL = rf"(?:['’]s?)?[\"'”’»]?\s+(?P<capacity>{PHRASE})\b"
"""Behind a name: " military servants"."""

AUXILIARY = (
    r"(?:has|have|had|been|be|being|is|are|was|were|will|would|shall|should|may|might|can|could|must|do|does|did|to|who|"
    r"which|that|also|regularly|actively|jointly|both|all|each|already|again|first|recently|annually|currently|now|"
    r"traditionally|usually|often|always|frequently|fully|directly|together|successfully|plans?|planned|intends?|intended|"
    r"agreed|expected|scheduled|set|due|invited|ready|decided|began|started|continues?|continued|once|later|then|"
    r"since|so|far|this|last|next|year|month|week|for|the|time|among|them)"
)
"""What may stand between those who take part and the verb."""

NEGATION = (
    r"\b(?:not(?!\s+only)|never|no\s+longer|refus\w+|declin\w+|fail\w+|cancel\w+|cannot|neither|nor|withdr[ae]w\w*|unable|"
    r"without|boycott\w*|forbid\w*|forbade|bann?ed|stop\w*|ceas\w+)\b|n['’]t\b"
)
NEGATED_BEFORE = (
    r"(?:\b(?:no|neither|nor|without|except(?:\s+for)?|excluding|unlike|instead\s+of|rather\s+than|other\s+than|"
    r"apart\s+from|aside\s+from|minus)|\bnot(?!\s+only\b))\s+(?:(?:any|the|all|of|single|a|[\d,]+)\s+)*$"
)
"""Before a name or its lead: it does not take part."""

GOVERNED = (
    r"\b(?:in|on|at|near|to|into|with|against|across|throughout|outside|inside|within|via|over|for|by|than|under|about|"
    r"between|of|from|around|toward|towards|visit|visited|like|after|before|behind|off|through|regarding|concerning)"
    r"\s+(?:(?:both|the|its|neighbou?ring|northern|southern|eastern|western|central)\s+)*[\"'“‘«]?$"
)
"""Before a name: it is a place or belongs to something else, and is not who acts."""

FILLER = (
    r"(?:\s|,|[\"'“‘«(]|\b(?:the|an?|its|their|both|about|around|some|over|nearly|almost|approximately|roughly|up|to|as|"
    r"many|more|than|at|least|several|hundreds|thousands|dozens|scores|of|total|well|also|other|all|two|three|four|five|"
    r"six|seven|eight|nine|ten|from|by|highly|trained|various|different|joint|including|for|first|time|mainly|only)\b|[\d.+]++)*+"
)
"""What may stand between a trigger and those that it announces."""

JOINED = (
    r"(?:['’]s?)?[\"'”’»]?(?:\s+(?P<trail>"
    + PHRASE
    + r"))?\s*(?:\([^()]*\)\s*)?(?:,|;|/|-|–|&|\band\b|\bor\b|\bplus\b|"
    r"\bas\s+well\s+as\b|\b(?:along|together)\s+with\b|\balongside\b|\bbut\s+also\b)"
    r"(?P<rest>(?:\s|[,;\"'“”‘’«»(]|\b(?:and|or|as|well|along|together|with|also|but|both|from|of|the|its|some|about|other|"
    r"plus|by|in|addition|to|including)\b|[\d.]++|\b[A-Z][\w.'’-]*+|" + PHRASE + r")*+)"
)
"""Between two names of one list; names that the book does not know may stand there, too."""

ACTIVE = (
    r"\b(?:participat(?:e|es|ed|ing)|t(?:ake|akes|ook|aken|aking)\s+(?:an?\s+)?(?:active\s+)?part)"
    r"(?:\s+(?:actively|jointly|regularly|again|together|annually|fully))?"
    r"(?:\s+(?:with|alongside|together\s+with)\s+(?P<beside>[^;:]{1,90}?))?\s+(?:in|at)\b"
    r"|\b(?:join(?:s|ed|ing)?|attend(?:s|ed|ing)?|(?:co-)?host(?:s|ed|ing)?|train(?:s|ed|ing)?\s+(?:together\s+)?(?:in|at|during)|"
    r"compet(?:e|es|ed|ing)\s+in|exhibit(?:s|ed|ing)?\s+at|h[eo]ld(?:s|ing)?|conduct(?:s|ed|ing)?|r[ua]ns?|"
    r"stag(?:es?|ed|ing)|organi[sz](?:es?|ed|ing)|launch(?:es|ed)?|carr(?:y|ies|ied)\s+out|complet(?:es?|ed)|"
    r"beg[aiu]ns?|start(?:s|ed)?|open(?:s|ed)?|conclud(?:es?|ed)|kick(?:s|ed)?\s+off|wrapp?(?:s|ed)\s+up|"
    r"(?:was|were|is|are|be)\s+among\s+the\s+participants\s+(?:of|in|at))\b"
    r"|\b(?:sen(?:d|ds|t|ding)|contribut(?:e|es|ed|ing)|deploy(?:s|ed|ing)?|dispatch(?:es|ed)?|provid(?:e|es|ed|ing)|"
    r"commit(?:s|ted)?)\s+(?P<sent>[^;:]{1,70}?)\s+(?:to|for)\b"
)
"""Who stands before it takes part in what stands behind it."""

ALONE = (
    r"\b(?:participat(?:e|es|ed|ing)|t(?:ake|akes|ook|aken|aking)\s+(?:an?\s+)?(?:active\s+)?part|"
    r"(?:was|were|are|is)\s+among\s+the\s+participants|train(?:ed|ing)?\s+together)\b(?!\s+(?:in|at|of)\b)"
)
"""The verb without what is taken part in, which stands earlier ("in which A took part")."""

TRIGGER = (
    r"\b(?:participation\s+(?:of|from|by)|involvement\s+of|(?:attended|joined|(?:co-|jointly\s+)?hosted|co-organi[sz]ed|"
    r"(?:jointly\s+)?(?:conducted|organi[sz]ed|held|staged|run))(?:\s+jointly)?\s+by|involv(?:es|ed|ing)|"
    r"featur(?:es|ed|ing)|br(?:ings?|ought|inging)\s+together|gather(?:s|ed|ing)|dr(?:aws|ew|awing)|unit(?:es|ed|ing)|"
    r"includ(?:es|ed|ing)|saw|participa(?:nts?|ting)(?:\s+(?:in|of|at)\s[^.;:]{1,60}?)?(?:\s*:|\s+(?:includ(?:ed|es?)|were|are)\b)|"
    r"(?:participants|participating|troops|soldiers|servicemen|units|forces)\b[^.;:]{0,80}?\b(?:came|come|hailed|were\s+drawn)"
    r"\s+from)"
)
"""Who stands behind it takes part in what was named before it."""

HELD_WITH = (
    r"\b(?:held|conducted|staged|organi[sz]ed|carried\s+out|t(?:akes?|ook|aking)\s+place|beg[aiu]ns?|start(?:s|ed)|"
    r"open(?:s|ed)|kick(?:s|ed)\s+off|end(?:s|ed)|conclud(?:es|ed)|continu(?:es|ed)|under\s?way|run|ran)\b"
    r"(?:(?!\bwith\b)[^;:])*\bwith\b$"
)
"""Between the event and those it was held with: "was held in August with (troops from) "."""
