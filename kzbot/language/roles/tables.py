"""The words that roles are made of: nouns of offices, ranks, what stands before them, what they are over."""

from collections.abc import Iterable, Mapping

from kzbot.language.roles import russian


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _lines(listed: str) -> Iterable[tuple[str, tuple[tuple[str, ...], ...]]]:
    for line in listed.strip().splitlines():
        key, _, others = line.strip().partition(":")
        forms = (key, *(other for other in others.split(",")))
        yield key, tuple(tuple(form.split()) for form in forms if form.strip())


_OFFICES = """
    minister
    prime minister: premier
    secretary: sec, secy
    undersecretary: under secretary
    secretary general: general secretary
    press secretary
    president: pres
    president elect
    vice president
    chairman: chairwoman, chairperson
    vice chairman: vice chairwoman
    chief executive: ceo, chief executive officer
    chief operating officer: coo
    chief financial officer: cfo
    chief technology officer: cto
    chief information officer: cio
    chief of staff
    chief
    commander: cmdr
    commander in chief
    head
    director
    director general: general director
    managing director
    general manager
    manager
    officer
    ambassador
    envoy
    representative: rep
    governor: gov
    governor general
    mayor
    senator: sen
    congressman: congresswoman
    chancellor
    speaker
    king
    queen
    spokesman: spokeswoman, spokesperson
    attorney general
    commissioner
    superintendent
    treasurer
    adviser: advisor
    analyst
    economist
    editor
    editor in chief
    founder: cofounder, co founder
    coordinator
    administrator
    chief engineer
    chief scientist
    chief designer
    chief economist
    chief negotiator
    chief justice
    professor: prof
    attache
    consul
    consul general
    leader
    deputy
    assistant
    inspector general
    inspector
    prosecutor general: general prosecutor
    prosecutor
    lawyer
    consultant
    coach
    correspondent
    archbishop
    bishop
    pope
"""
_RANKS = """
    general: gen
    colonel general: col gen
    lieutenant general: lt gen, lieut gen
    major general: maj gen
    senior lieutenant general: sen lt gen, sen lieut gen
    brigadier general: brig gen
    brigadier: brig
    army general
    colonel: col
    lieutenant colonel: lt col
    major: maj
    captain: capt
    lieutenant: lt
    sergeant: sgt
    staff sergeant
    master sergeant: master sgt
    first sergeant
    sergeant major: sgt maj, command sgt maj, command sergeant major
    petty officer
    chief petty officer
    warrant officer
    chief warrant officer
    lance corporal
    admiral: adm
    vice admiral
    rear admiral
    marshal
    commodore
    corporal
"""

PLURALS = {
    "secretaries": "secretary",
    "undersecretaries": "undersecretary",
    "chairmen": "chairman",
    "spokesmen": "spokesman",
    "congressmen": "congressman",
}


def _units() -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    units: dict[tuple[str, ...], str] = {}
    ranks = set()
    for listed, are_ranks in ((_OFFICES, False), (_RANKS, True)):
        for key, forms in _lines(listed):
            units.update(dict.fromkeys(forms, key))
            if are_ranks:
                ranks.add(key)
    units.update(russian.units())
    return units, frozenset(ranks)


UNITS: Mapping[tuple[str, ...], str]
"""Nouns of offices and ranks, folded, word by word, with the key of each."""
RANKS: frozenset[str]
"""The keys of military ranks: they tell whose forces, and no portfolio."""
UNITS, RANKS = _units()
LONGEST_UNIT = max(map(len, UNITS))
FIRST_WORDS = (
    frozenset(form[0] for form in UNITS) | {f"{form[0]}s" for form in UNITS if len(form) == 1} | PLURALS.keys()
)
NOUNS = (
    {form[0] for form in UNITS if len(form) == 1} | {f"{form[0]}s" for form in UNITS if len(form) == 1} | PLURALS.keys()
)
"""Every office and rank has one of these words."""

COMPANY = _words("president chairman founder director editor manager treasurer owner publisher") | {
    "chief executive",
    "chief operating officer",
    "chief financial officer",
    "managing director",
    "general manager",
    "vice chairman",
    "vice president",
    "director general",
    "commander in chief",
    "editor in chief",
}
"""Offices that one person often holds together ("president and chief executive")."""

WEAK = _words(
    "chief head leader officer deputy assistant representative king queen major general captain speaker coach"
)
"""Nouns that stand before names also by chance ("Major Norvik orders"): alone they need a person behind them."""

BROAD = _words("leader head chief general king queen major")
"""What is also said of bodies and things ("Norvik, a leader in small aircraft")."""

FORMER = russian.FORMER | _words("former ex onetime erstwhile previous formerly previously past")
TIME = (
    FORMER
    | russian.TIME
    | _words(
        "then now current currently new newly acting interim late retired outgoing incoming long longtime veteran present last next "
        "designate caretaker"
    )
)
"""What says when an office is held; no part of its key."""
STANDING = russian.FIRST | _words(
    "senior chief top deputy vice assistant associate executive first second permanent special supreme joint principal honorary co"
)
"""What makes another office of one ("deputy minister")."""
_LOUD = _words("senior top")
DROPPED = TIME | _LOUD | {"company", "group", "country"}
"""What the key of an office leaves out."""

SERVICES = _words("army navy air force marine marines corps guard coast forces armed police fire naval military")
OVER = (
    russian.OVER.keys()
    | SERVICES
    | _words(
        """
    defense defence foreign finance financial interior broadcasting transport transportation trade health education energy justice labor labour
    agriculture state treasury home press information affairs environment culture economy economic industry commerce security
    staff communications communication operating operations technology technical marketing research public relations policy sports
    tourism planning development intelligence media sales commercial programme program product production design engineering
    aviation flight test safety liaison cultural political international european regional national federal union research
    industrial space aerospace airline company business human resources legal strategy investment market equity equities
    petroleum mines mining water culture bank budget fiscal monetary tax oil gas nuclear emergency situations internal external science sport youth water infrastructure employment
    acquisition editorial news features managing district state's party opposition majority minority campaign mission country group corporate
    city club team project procurement logistics training delivery customer services service network software systems
    hardware retail worldwide global overseas deputy election medical religious spiritual
    """
    )
)
"""What an office is over, or what it is among others ("defence minister", "press secretary")."""

DETERMINERS = _words("the a an this that its his her their our my your whose these those some one another each every")
OF = frozenset(("of", "for"))
PREPOSITIONS: Mapping[str, frozenset[str]] = {
    "to": _words("ambassador envoy adviser representative assistant commissioner deputy attache secretary spokesman"),
    "in": _words("ambassador envoy officer representative professor correspondent") | RANKS,
    "on": _words("officer adviser spokesman representative envoy"),
    "at": frozenset(UNITS.values()) - RANKS - {"president", "minister", "secretary", "prime minister", "ambassador"},
    "with": _words("analyst economist adviser consultant lawyer partner manager officer"),
}
"""Which prepositions go on with which office, beside "of" and "for"."""

LINKING = _words("is was are were be been became becomes become remains remained remain being")
ADVERBS = _words("also now currently then still later formerly previously once already subsequently both")
SERVED = _words("served serves serving acted acts acting worked works took takes taking taken")
"""Verbs that tell an office with "as" behind them."""
APPOINTED = _words(
    "appointed named elected made installed confirmed hired promoted chosen picked reappointed reelected sworn "
    "appoints names elects"
)
"""Verbs that give an office to whom stands behind them, or before them in the passive."""
REPLACED = _words("replaced replaces replacing succeeded succeeds succeeding")
LEFT = _words(
    "resigned resigns resign resigning retired retires ousted dismissed removed fired sacked stepped steps stepping"
)
"""Verbs after which "as" tells an office that was left."""
UNREAL = _words("if whether would could should may might must not never nor neither")
HONORIFICS = _words("mr mrs ms miss dr sir lord lady dame prof professor")
"""What may stand between an office and a name, or between two."""
SAYING = _words(
    "said says say told tells added adds noted notes stated states commented explained announced warned confirmed admitted "
    "replied insisted declared wrote believes thinks argued claimed"
)
"""Verbs before which an apposition sometimes lacks its second comma."""
ALSO_ADJECTIVES = _words("general major chief head deputy assistant king queen leader")
"""Nouns of offices that also stand before other nouns ("a general practitioner")."""
AFTER_OFFICE = _words("since from until")
"""Words that go on with an apposition by saying when ("president since 2001")."""
VERBS_OF_OFFICE = {
    "heads": "head",
    "headed": "head",
    "chairs": "chairman",
    "chaired": "chairman",
    "commands": "commander",
    "commanded": "commander",
}
"""Verbs that tell an office: "who heads the agency"."""
FIELDS = _words("affairs policy security matters issues relations operations development research sales")
"""Nouns of what an office is over, which end no owner's name ("for Near Eastern Affairs")."""
OF_STATES = frozenset(("minister", "deputy minister", "secretary", "undersecretary"))
"""Offices over what a word before them says, whatever the word."""
COUNTRIES: Mapping[str, str] = dict(
    pair.replace("_", " ").split(":")
    for pair in [
        "american:united_states",
        "british:united_kingdom",
        "french:france",
        "german:germany",
        "dutch:netherlands",
        "belgian:belgium",
        "spanish:spain",
        "portuguese:portugal",
        "italian:italy",
        "swiss:switzerland",
        "austrian:austria",
        "danish:denmark",
        "swedish:sweden",
        "norwegian:norway",
        "finnish:finland",
        "polish:poland",
        "czech:czech_republic",
        "slovak:slovakia",
        "hungarian:hungary",
        "romanian:romania",
        "bulgarian:bulgaria",
        "greek:greece",
        "turkish:turkey",
        "serbian:serbia",
        "croatian:croatia",
        "albanian:albania",
        "russian:russia",
        "ukrainian:ukraine",
        "belarusian:belarus",
        "moldovan:moldova",
        "georgian:georgia",
        "armenian:armenia",
        "azerbaijani:azerbaijan",
        "kazakh:kazakhstan",
        "kazakhstani:kazakhstan",
        "uzbek:uzbekistan",
        "turkmen:turkmenistan",
        "kyrgyz:kyrgyzstan",
        "tajik:tajikistan",
        "mongolian:mongolia",
        "chinese:china",
        "japanese:japan",
        "taiwanese:taiwan",
        "vietnamese:vietnam",
        "thai:thailand",
        "malaysian:malaysia",
        "indonesian:indonesia",
        "philippine:philippines",
        "filipino:philippines",
        "singaporean:singapore",
        "burmese:burma",
        "cambodian:cambodia",
        "lao:laos",
        "laotian:laos",
        "indian:india",
        "pakistani:pakistan",
        "bangladeshi:bangladesh",
        "nepalese:nepal",
        "afghan:afghanistan",
        "iranian:iran",
        "iraqi:iraq",
        "syrian:syria",
        "lebanese:lebanon",
        "israeli:israel",
        "jordanian:jordan",
        "egyptian:egypt",
        "saudi:saudi_arabia",
        "yemeni:yemen",
        "omani:oman",
        "emirati:united_arab_emirates",
        "kuwaiti:kuwait",
        "qatari:qatar",
        "libyan:libya",
        "tunisian:tunisia",
        "algerian:algeria",
        "moroccan:morocco",
        "sudanese:sudan",
        "ethiopian:ethiopia",
        "somali:somalia",
        "kenyan:kenya",
        "ugandan:uganda",
        "tanzanian:tanzania",
        "nigerian:nigeria",
        "ghanaian:ghana",
        "zimbabwean:zimbabwe",
        "rwandan:rwanda",
        "zambian:zambia",
        "australian:australia",
        "canadian:canada",
        "mexican:mexico",
        "cuban:cuba",
        "haitian:haiti",
        "brazilian:brazil",
        "argentine:argentina",
        "chilean:chile",
        "peruvian:peru",
        "colombian:colombia",
        "venezuelan:venezuela",
        "bolivian:bolivia",
        "estonian:estonia",
        "latvian:latvia",
        "lithuanian:lithuania",
        "irish:ireland",
        "icelandic:iceland",
    ]
)
"""The countries of peoples' adjectives, for books that do not list them."""
