"""Which capitalised words are no names, which are titles and offices, and which are the common nouns of names."""


def listed(words: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(words.split())


TITLES = listed(
    """
    ceo cfo coo cto president chairman chairwoman chairperson minister premier chancellor secretary senator sen rep
    representative congressman congresswoman governor gov mayor ambassador spokesman spokeswoman spokesperson mr mrs ms
    miss dr prof professor gen lt lieut col colonel maj capt sgt sergeant adm admiral cmdr lieutenant brig brigadier deputy
    analyst editor founder coach detective inspector coordinator undersecretary parliamentarian correspondent
    congressmen director manager officer treasurer attorney lawyer economist archbishop bishop cardinal pope rabbi imam
    sheikh sir president-elect commissioner superintendent consul envoy adviser advisor prof vice assistant associate
    acting former ex interim executive senior co-founder officers pilot engineer ministers presidents secretaries ambassadors
    chancellors premiers messrs administrator speaker commodore corporal
    """
)
"""Offices and forms of address before and behind names; they are no part of one. Folded, without full stops."""

DOUBTFUL_TITLES = listed(
    """
    general chief major king queen prince princess lord lady prime captain marshal justice judge commander head private
    vice executive senior acting assistant associate former interim pilot engineer director secretary officer manager
    """
)
"""Titles that are also parts of names ("General Motors", "Chief Justice"): alone they need a person behind them."""

PORTFOLIOS = listed(
    """
    defense defence foreign finance interior transport transportation trade health education energy justice labor labour
    agriculture state treasury home press information affairs environment culture economy economic industry commerce
    security staff communications operating financial technology marketing research public relations policy managing
    sports tourism planning development intelligence acquisition acquisitions procurement logistics special supreme allied
    permanent parliamentary sales broadcasting
    """
)
"""What an office is over ("Defense Minister", "Secretary of State")."""

LEGAL = listed(
    "inc incorporated corp corporation ltd limited nv sa ag plc llc gmbh spa co company oao ooo zao pjsc jsc bv ab"
)
"""Legal forms: a company is the same with and without them."""

CORPORATE = listed("group holding holdings motor motors industries enterprises")
"""What a company may leave off its name, beside its legal form."""

COMMON = listed(
    """
    airlines airways airline airplanes aircraft company corporation corp group holdings industries industry systems
    services service technologies technology international global bank university college school institute ministry
    department agency office council committee commission union federation association organization organisation society
    party airport station force forces army navy corps guard police court house senate congress parliament government
    administration authority bureau center centre foundation fund trust board league club team museum hospital hotel park
    city county state province district river lake sea ocean bay island islands mountain mountains street road avenue
    square bridge tower building church show cup championship championships games festival award awards prize act law
    treaty agreement program programme project plan fighter press news times post journal magazine television tv radio
    network base field division region war battle day week year report staff flight terminal model series stadium theatre
    theater community communities assembly summit conference forum market exchange street capital partners media
    entertainment studios records pictures motors electric energy oil gas petroleum power steel mining insurance
    financial finance security defense defence affairs relations command regiment battalion brigade squadron fleet
    training education science academy library hall palace castle cathedral temple valley coast peninsula desert republic kingdom states nations
    coalition alliance front movement initiative order line lines system network network communications software
    """
)
"""Common nouns that end names of institutions and things; none of them is a name, or a short form of one, by itself."""

HEADS = listed(
    """
    bank bay ministry department university office institute house council republic court board chamber committee
    organization organisation union federation kingdom states chiefs association agency bureau society academy college
    school museum commission confederation community gulf cape strait sea city county district isle island islands battle
    treaty declaration bill statue tower church league alliance front army commonwealth conference congress assembly
    parliament duchy province state school faculty centre center fund foundation archdiocese diocese people's people
    partnership campaign programme program plan fund act law war day year house head knights daughters sons friends doctors reporters lord mayor
    """
)
"""Nouns that take "of" or "for" inside a name ("Bank of England", "Institute for Strategic Studies")."""

DIRECTIONS = listed(
    "north south east west northern southern eastern western central latin new great greater middle upper lower inner "
    "outer northeast northwest southeast southwest mid air radio royal mount lake san santa saint st fort port los las el la"
)
"""What makes another place of a place: "Korea" is no short form of "South Korea"."""

CALENDAR = listed(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    christmas easter spring summer autumn fall winter utc gmt est edt cst cdt pst pdt cet cest bst msk am pm ad bc
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    """
)

NATIONALITIES = listed(
    """
    american european asian african australian british english scottish welsh irish french german dutch belgian spanish
    portuguese italian swiss austrian danish swedish norwegian finnish icelandic polish czech slovak hungarian romanian
    bulgarian greek turkish cypriot serbian serb croatian bosnian slovenian albanian macedonian russian ukrainian
    belarusian moldovan georgian armenian azerbaijani azeri kazakh kazakhstani uzbek turkmen kyrgyz tajik mongolian chinese
    japanese korean taiwanese vietnamese thai malaysian indonesian philippine filipino singaporean burmese cambodian indian
    pakistani bangladeshi nepalese nepali afghan iranian iraqi syrian lebanese israeli palestinian jordanian egyptian saudi
    arab arabian yemeni omani emirati kuwaiti qatari libyan tunisian algerian moroccan sudanese ethiopian somali kenyan
    ugandan tanzanian nigerian ghanaian congolese zimbabwean canadian mexican cuban haitian jamaican brazilian argentine
    argentinian chilean peruvian colombian venezuelan bolivian ecuadorian estonian latvian lithuanian soviet jewish muslim
    islamic christian catholic protestant western eastern northern southern latin
    americans europeans asians africans australians britons germans italians russians ukrainians kazakhs chinese indians
    pakistanis afghans iranians iraqis syrians israelis palestinians arabs canadians mexicans cubans brazilians muslims
    christians catholics jews singaporeans indonesians
    """
)
"""Peoples and their adjectives, which are no names where they stand alone."""

NO_NAMES = listed(
    """
    i internet earth god ok yes no please thanks hello not et al pm per via versus vs yet ever never perhaps maybe many much
    most several some more less least none everyone everybody someone anyone nobody one two three four five six seven eight
    nine ten eleven twelve hundred thousand million billion first second third fourth last next another both either neither
    each every all any few however although though while since because unless despite besides meanwhile moreover therefore
    furthermore nevertheless nonetheless instead additionally finally recently currently previously originally earlier later
    today yesterday tomorrow tonight now then there here thus hence indeed also still even just only once until under over
    among between through throughout during before after across along around against toward towards according following
    including regarding concerning citing speaking asked when where why how who whose which what whether let us's lets im
    ive well oh so too ultimately eventually officials analysts experts critics others people government police witnesses
    researchers scientists students workers residents unfortunately usd eur gbp ghz mhz khz
    """
)
"""Words that open sentences and are no names."""

FLEETS = listed("airlines airways airline company group corporation inc ltd force")
"""Behind these a number is no part of the name: "an American Airlines 777" is a 777."""

PARTICLES = listed("de van von der den del della di da du la le al bin ibn ben el abu ter ten dos das")
"""Small words inside names of persons and places."""

SAME_PLACE = {"us": "united states", "usa": "united states", "uk": "united kingdom", "eu": "european union"}
"""Abbreviations of states that stand at the head of names of their institutions."""
