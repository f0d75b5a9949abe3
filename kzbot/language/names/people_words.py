"""What stands around a person's name, and the forms of given names that newspapers exchange."""

from collections.abc import Sequence

from kzbot.language.names.carried.given_names import GIVEN_NAMES
from kzbot.language.names.carried.tables import DOUBTFUL_TITLES, PORTFOLIOS, TITLES
from kzbot.language.names.spelling_rules import key_of


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PEOPLE = _words(
    "person people persons official officials leader leaders politician politicians officer officers man woman"
)
"""Kinds of which a name is a person's: it has a surname, given names and titles."""

PARTICLES = _words(
    "al el ul as ash ad an ar az bin ibn ben bint abu van von fon der den de del della di da dos du la le ter ten st san mac"
)
"""Words that belong to the surname behind them."""

LOOSE_PARTICLES = _words("al el ul as ash ad an ar az bin ibn ben")
"""Particles that romanisations write in several ways, join to the word behind, or leave out."""

SUFFIXES = _words("jr sr ii iii iv junior senior phd md esq")
PRONE_TO_BE_WORDS = _words(
    """
    rice bush brown gates white black green king price rose young long wood stone hill field fields bank banks law case
    cook baker miller smith may march august april june love day bell ball bush cross church page little short small
    strong sharp wise rich free power powers hall park west east north south rock fox wolf bear lion bird fish snow frost
    winter summer spring friday sunday major general marshal judge bishop pope knight noble prince duke war peace battle
    shields armour sword blade marks mark read reed wells waters rivers lake brook ford bridge gates street way lane carter
    mason taylor turner walker porter parker potter fisher hunter shepherd farmer cooper chandler butler page steel irons
    coal pepper salt olive berry flowers gardener best good goodman savage moody swift quick hope grace faith joy christian
    """
)
"""Surnames that are ordinary words: in lower case they are taken for the word."""

OWN_GIVEN = GIVEN_NAMES | _words("marta marat marina marin dana dina diana")
"""Given names that are no slip of another one."""
FAMILIES = _words(
    """
    stevens stephens thomson thompson johnson johnston johnstone clark clarke brown browne green greene wood woods freedman
    friedman friedmann meyer meyers myers miller muller moller levin levine lewin lewis louis mccain mccann mccaine
    read reed reid hansen hanson olsen olson petersen peterson andersen anderson jensen jenson allen allan allyn philips
    phillips harris harriss bolton bolten moore moor mohr martin marten lugar luger roger rogers rodgers gray grey hughes hewes
    """
)
"""Surnames that differ from another family's by a sound or a letter: typed so, they are meant so."""

_OFFICES = (
    TITLES
    | DOUBTFUL_TITLES
    | _words("mister madam lord comrade marshal brigadier commodore sergeant private chief supreme crown their highness"
             " majesty excellency his her emir sultan sheik shaikh ayatollah mullah hajji haji sayyid king queen emperor gen col"
             " maj lt adm capt cmdr gov sec amb pres rev reverend father brother dame senor monsieur herr frau marshall")
    | _words("президент министр генерал премьер господин госпожа посол сенатор полковник майор маршал адмирал канцлер король"
             " председатель секретарь госсекретарь глава спикер депутат аким мистер")
)  # fmt: skip
_OF_GIVEN_NAMES = _words("king queen prince princess emperor sultan emir pope")
"""Titles before a given name and not before a surname: King Hussein is not Saddam Hussein."""
_AROUND_OFFICES = PORTFOLIOS | _words(
    "the of for and us u s uk eu un first second lieutenant joint chiefs nuclear naval air force army navy national great"
    " обороны иностранных внутренних дел первый вице"
)
_GIVEN = (
    "william bill billy will willy uilyam", "charles chuck charlie charley charlz chak", "robert bob bobby rob", "richard dick rick rich ricky",
    "james jim jimmy dzheims", "john jack johnny jon", "michael mike mick mikhail mikhailo maikl", "edward ed ted eddie", "thomas tom tommy",
    "joseph joe joey jo dzhozef", "daniel dan danny", "david dave", "donald don", "kenneth ken", "ronald ron ronnie", "samuel sam",
    "stephen steven steve", "anthony tony antony", "benjamin ben", "christopher chris", "gregory greg", "jeffrey geoffrey jeff",
    "lawrence laurence larry", "leonard len", "matthew matt", "nicholas nick nicolas nikolya", "patrick pat", "peter pete petr petro",
    "philip phillip phil", "raymond ray", "timothy tim", "walter walt", "andrew andy", "douglas doug", "frederick fred",
    "gerald gerry jerry", "vincent vince", "alexander alex", "elizabeth liz beth betty", "katherine catherine kathryn kate cathy",
    "margaret peggy maggie", "susan sue", "yasser yasir jassir yassir", "von fon", "vaclav vatslav", "condoleezza condi", "george giorgos georgios yorgos dzhordzh jorge georges", "hugh khyu hyu", "javier khaver", "deborah debbie", "henry hank harry genri khenri", "francis frank", "eugene gene", "zachary zach",
    "aleksandr alexander oleksandr aliaksandr iskander", "vladimir volodymyr uladzimir wladimir", "sergei serhii siarhei",
    "nikolai mykola mikalai", "aleksei oleksii aliaksei alexis", "dmitri dmytro dzmitry dimitri", "andrei andrii",
    "pavel pavlo", "igor ihor", "grigori hryhorii", "evgeni yevhen", "viktor victor", "iurii yuri", "konstantin kostiantyn",
    "muhammad mohammed mohamed mohammad muhammed mohamad mehmet muhammet", "ahmad ahmed", "hussein husain husayn hossein hussain",
    "hasan hassan", "yusuf yousef youssef joseph yusef", "umar omar", "usman othman osman uthman", "abdul abdel abd abdal abdoul",
    "khalid khaled", "said saeed saïd sayed sayid", "sharif shareef cherif", "mahmud mahmoud mahmood", "mustafa mostafa moustafa",
    "sulaiman suleiman soliman suleyman", "saleh salih", "jamal gamal djamal", "nasser nasir naser", "faisal faysal feisal",
    "usama osama oussama", "muammar moammar mouammar", "qasim kassem qassem kasim qasem", "ali aly", "ismail ismael esmail",
    "haidar heydar geidar haydar", "bashar bachar", "husni hosni", "tariq tarek tarik", "zayed zayid", "islam islom",
    "emomali imomali", "rustam rustem", "timur teymur", "ilham ilkham", "saparmurat saparmyrat",
    "gurbanguly kurbanguly",
)  # fmt: skip
_GROUPS: dict[str, set[int]] = {}
for _at, _group in enumerate(_GIVEN):
    for _name in _group.split():
        _GROUPS.setdefault(key_of(_name), set()).add(_at)


def same_given(one: str, other: str) -> bool:
    """Whether two keys are forms of one given name ("bill", "viliam")."""
    return not _GROUPS.get(one, frozenset[int]()).isdisjoint(_GROUPS.get(other, ()))


def given_forms(key: str) -> frozenset[str]:
    """The keys of the other forms of a given name."""
    return frozenset(key_of(name) for at in _GROUPS.get(key, ()) for name in _GIVEN[at].split()) - {key}


def without_titles(words: Sequence[str]) -> tuple[str, ...]:
    """The plain words of a person's name without ranks, offices and forms of address before it; unchanged without any.

    "secretary of defense leon panetta", "kazakh president nursultan nazarbayev", "president of georgia mikheil saakashvili".
    """
    last = max((at for at, word in enumerate(words[:-1]) if word in _OFFICES), default=None)
    if last is None or any(word in _OFFICES for word in words[last + 1 :]):
        return tuple(words)
    if sum(word not in _OFFICES and word not in _AROUND_OFFICES for word in words[:last]) > 1:
        return tuple(words)
    rest = list(words[last + 1 :])
    if (words[last] in _OF_GIVEN_NAMES and len(rest) == 1) or (words[last] == "sultan" and rest[0] in PARTICLES):
        return tuple(words)
    while len(rest) > 1 and rest[0] in _AROUND_OFFICES:
        if rest.pop(0) in ("of", "for") and len(rest) > 2 and rest[0] not in _AROUND_OFFICES:
            rest.pop(0)
    return tuple(rest)
