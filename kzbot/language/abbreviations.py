"""Which words end in a full stop without ending a sentence, and which words open one: the tables of `sentences`."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words("""Mr Mrs Ms Mx Dr Drs Prof Gen Col Lt Lieut Maj Capt Cpt Sgt Cpl Pvt Pfc Spc Adm Vadm Radm Cmdr Cdr Comdr Brig Rep Reps
    Sen Sens Gov Govs Pres Hon Rev Fr St Ste Mt Ft Amb Min Supt Insp Det Sec Secy Messrs Mme Mlle Atty Asst Assoc Dep Dir
    Mgr Msgr Ald Cllr Ens Ltc Ltg GEN COL LTC MAJ CPT SGT CPL LTG ADM BG MG DR MR MRS
    г-н г-жа акад ген полк проф доц св им ул пр-т пер пл о-в д-р тов гр Акад Ген Полк Проф Доц Св Ул Тов Гр
    """)
"""Before a name: they end no sentence, unless a word follows that only opens sentences ("on Main St. The")."""

NUMBERED = _words("""No Nos no nos Nr Art Arts p pp vol vols Vol Vols ch Ch chap Chap Fig Figs fig figs sect Sect Sec sec para paras Para
    ver eq Ex Tab pt Pt bk Bk ed approx ca circa c est max min tel ext Tel Ext cf
    стр Стр с рис Рис табл Табл п пп ст Ст гл Гл тел Тел
    """)
"""Before a number they end nothing."""

MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec янв февр фев апр авг сент окт нояб дек")
"""Before a day or a year they end nothing, elsewhere they may."""

NEVER = _words("e.g i.e eg ie viz cf vs v incl excl resp esp approx т.е напр ср Cf")
"""Always in the middle of something."""

CLOSING = _words("etc т.д т.п др пр млн млрд трлн руб")
"""Before a capital letter they are at a sentence's end."""

ENDABLE = _words("""Inc Ltd Corp Co LLC LLP PLC Plc plc Bros Dept Univ Inst Assn Ass'n Dist Div Est Ave Blvd Rd Bldg Hwy Jr Sr Esq
    Ph.D S.p.A Cos Mfg Intl Natl Govt Orig Suppl al inc ltd corp dept univ ser
    Calif Conn Colo Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash
    Wis Wyo Ala Ariz Ark Del Ont Que
    г гг обл р пос д кв корп тыс
    """)
"""They stand within a sentence or at its end: only a word that opens sentences tells."""

CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
"""They may end a sentence, but not before a time zone, a day or a month."""

AFTER_CLOCK = _words("""est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest eet msk local eastern central mountain pacific
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    """)

STARTERS = _words("""The A An This That These Those It Its It's He She They We I You His Her Their Our My Your There There's Here He's
    She's They're We're I'm In On At By For From With Without Within As After Before During While When Whenever Where Whereas
    Although Though Since Because If Unless But And Or So Yet However Moreover Meanwhile Nevertheless Therefore Thus Hence
    Also According Both Each Every Either Neither Some Many Most Several All Any Other Others Another Such Now Then Today
    Yesterday Tomorrow Not Nor Only Once Until Under Over Between Among Through Throughout Despite Following What What's Why
    How Who Which Whose To Of Upon About Against Toward Towards Instead Additionally Furthermore Finally Earlier Later
    Recently Currently Officials Nearly Almost Even Still Just More Two Three Four Five Six Seven Eight Nine Ten Does Did Is
    Are Was Were Will Would Can Could Should Has Have Had Let Let's Don't
    В Во На По С Со Из За До От К Ко У О Об При Для Это Этот Эта Эти Он Она Оно Они Мы Вы Я Его Ее Её Их Как Когда Если Но
    И А Также Однако После Перед Кроме Сегодня Вчера Завтра Там Здесь Тогда Теперь Такой Такая Такие Все Всё Что Кто
    """)
"""Capitalised words that open a sentence and are hardly ever the second word of a name."""

HEADLINE_STARTERS = _words("And Or Of To")
"""Starters that titles of works and offices hold too."""

SPEECH = _words("""said says asked asks added adds told replied answered noted cried shouted wondered exclaimed wrote declared demanded
    stated explained remarked joked quipped
    """)

BRANDS = frozenset({"yahoo", "yum", "jeopardy", "joomla", "kahoot", "e", "chips ahoy"})
"""Names that are written with an exclamation mark."""

COMPANY_SUFFIXES = _words("Inc Inc. Corp Corp. Ltd Ltd. Co Co. LLC Group News Sports Finance Mail Japan Europe Brands")
