"""Words that weigh little, words that exclude each other, and figures: what events are told apart by."""

from kzbot.language.words import stem

_TITLES = (
    "secretary minister president general gen mr mrs ms dr prof professor ambassador senator sen chairman chairwoman chair"
    " director colonel col admiral adm captain capt major maj lieutenant lt sergeant chief commander sec governor gov"
    " deputy prime foreign defense defence premier chancellor king queen prince princess judge justice representative rep"
    " marshal ceo spokesman spokeswoman mayor sir lady lord excellency envoy leader former acting vice state"
    " президент министр генерал полковник посол премьер председатель глава командующий"
)
TITLES = frozenset(_TITLES.split())
"""Words before a person's name that are no part of it."""

_LIGHT = (
    "say said tell told announce announcement report state add note call make take hold held have give get go come put set"
    " see new also first last next year month week day today time part company country people according include including"
    " would could several many much some one two around place take work plan begin start end number city official"
    " сказать заявить сообщить год новый также который время часть страна провести состояться"
)
LIGHT = frozenset(stem(word) for word in _LIGHT.split())
"""Stems that are in news of any kind, and make no two statements alike."""

_AXES = (
    ("begin began begun start open launch arrive kick", "end finish close conclude complete adjourn leave left depart"),
    ("rise rose increase gain surge climb grow grew soar jump up", "fall fell fallen drop decline decrease plunge plummet down sink slide tumble"),
    ("win won victory beat", "lose lost defeat"),
    ("join enter accede", "leave left withdraw withdrew quit exit"),
    ("approve accept adopt pass ratify agree", "reject refuse block veto deny decline oppose"),
    ("man men male boy", "woman women female girl"),
    ("arrest detain capture seize", "release free"),
    ("north northern", "south southern", "east eastern", "west western"),
    ("import", "export"),
    ("continue resume", "begin began begun start stop suspend end"),
    ("foreign", "defence defense", "finance", "interior", "justice", "health", "education", "transport"),
    ("sign", "ratify", "terminate"),
    ("hire appoint recruit", "fire dismiss sack resign layoff"),
    ("senior", "junior"),
    ("quarterfinal", "semifinal", "final"),
    ("open opened", "shut closed close"),
    ("profit earn earnings", "loss lose lost losses"),
    ("начаться начались начался началось прибыл прибыла прибыли", "завершиться завершились завершился закончились покинул покинула отбыл"),
    ("вырос выросли увеличился", "упал упали снизился сократился"),
)  # fmt: skip
AXES = tuple(tuple(frozenset(stem(word) for word in pole.split()) for pole in poles) for poles in _AXES)
"""Opposites: a statement that holds one pole of an axis is not the same as one that holds another."""

_DENIALS = (
    "not no never neither nor without deny denied refuse reject cancel postpone fail delay abandon halt suspend reschedule"
    " unable не нет ни отказался отменен отменена отменены отложен перенесен"
)
DENIALS = frozenset(stem(word) for word in _DENIALS.split())
"""What turns a statement round: two that tell of one event agree in these."""
