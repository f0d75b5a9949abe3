"""Irregular English verbs: the forms that a stemmer does not bring together."""

from collections.abc import Mapping
from functools import cache

VERBS = """
be is are was were been being; have has had having; do does did done doing; go goes went gone going; say says said
make makes made making; take takes took taken taking; come comes came coming; see sees saw seen; get gets got gotten
know knows knew known; think thinks thought; find finds found finding; give gives gave given giving; tell tells told
become becomes became becoming; show shows showed shown; leave leaves left leaving; feel feels felt; bring brings brought
begin begins began begun beginning; keep keeps kept keeping; hold holds held holding; write writes wrote written writing
stand stands stood standing; hear hears heard; mean means meant; meet meets met meeting; run runs ran running
pay pays paid paying; sit sits sat; speak speaks spoke spoken speaking; lie lies lay lain; lead leads led leading
grow grows grew grown; lose loses lost losing; fall falls fell fallen falling; send sends sent sending
build builds built building; understand understands understood; draw draws drew drawn; break breaks broke broken breaking
spend spends spent spending; rise rises rose risen rising; drive drives drove driven driving; buy buys bought buying
wear wears wore worn; choose chooses chose chosen choosing; seek seeks sought seeking; throw throws threw thrown
catch catches caught; deal deals dealt; win wins won winning; forget forgets forgot forgotten; sell sells sold selling
fight fights fought fighting; teach teaches taught teaching; eat eats ate eaten; sing sings sang sung; sink sinks sank sunk
strike strikes struck stricken; swear swears swore sworn; fly flies flew flown flying; shoot shoots shot shooting
freeze freezes froze frozen; steal steals stole stolen; bind binds bound; wind winds wound; sleep sleeps slept
sweep sweeps swept; withdraw withdraws withdrew withdrawn withdrawing; undertake undertakes undertook undertaken
overtake overtakes overtook overtaken; arise arises arose arisen; bear bears bore borne; forbid forbids forbade forbidden
foresee foresees foresaw foreseen; overcome overcomes overcame; hide hides hid hidden; ride rides rode ridden
shake shakes shook shaken; swim swims swam swum; tear tears tore torn; wake wakes woke woken; lend lends lent
bend bends bent; lay lays laid laying; light lights lit; slide slides slid; spin spins spun; stick sticks stuck
swing swings swung; feed feeds fed; bleed bleeds bled; breed breeds bred; flee flees fled fleeing; dig digs dug
hang hangs hung; shrink shrinks shrank shrunk; drink drinks drank drunk; ring rings rang rung; blow blows blew blown
"""


@cache
def forms_by_word() -> Mapping[str, tuple[str, ...]]:
    """Every listed form with all forms of its verb, in lower case: `met` gives meet, meets, met, meeting."""
    families = [tuple(family.split()) for line in VERBS.strip().splitlines() for family in line.split(";")]
    return {form: family for family in families for form in family}
