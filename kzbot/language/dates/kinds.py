"""The kinds of words that date rules are written over, one character each.

The lexer turns a stretch of text into one character a word; a rule is a regular expression over these characters.
"""

BREAK = " "  # any word or sign that no rule speaks of, or a new paragraph
NAME = "N"  # an unknown word with a capital
PLURAL = "k"  # an unknown lower-case word ending in s
COUNTED = "G"  # what is counted in thousands: troops, people, points
LABEL = "#"  # what a number belongs to, so that it is no year: $, No., Room, Flight, Resolution

MONTH = "M"  # January, Sept.
UNSURE_MONTH = "m"  # May, March
SHORT_MONTH = "b"  # Jan, Dec, november: only beside a day or year
WEEKDAY = "W"
SHORT_WEEKDAY = "w"
WEEKDAY_PLURAL = "C"  # Mondays
FEAST = "@"  # Christmas
HOLIDAY = "j"  # Black, Good, Ash: before a weekday
YEAR = "Y"  # 1800 to 2099
OLD_YEAR = "y"  # 1000 to 1799
SMALL = "D"  # 1 to 31
ORDINAL = "O"  # 14th
NUMBER = "n"  # other digits
FOUR = "z"  # four digits that are no year: 0800
SHORT_YEAR = "Q"  # '82
DECADE = "E"  # 1990s, '90s
DECADE_WORD = "J"  # nineties
CENTURY = "c"
UNIT = "U"  # year, month, day
UNITS = "V"  # years, months, days
SEASON = "S"
QUARTER_SIGN = "q"  # Q3, 3Q
FISCAL = "F"
FISCAL_SIGN = "f"  # FY98
TODAY = "L"  # today, yesterday, tomorrow, tonight
DAY_PART = "P"  # morning, night
NOON = "A"  # noon, midnight
WHICH = "x"  # last, next, this, same
THE = "t"
PART = "e"  # early, mid, late
EDGE = "d"  # beginning, end
COUNT = "B"  # two, several
AN = "a"  # a, an
RANK = "o"  # first, final
HALF = "l"
AWAY = "g"  # ago, earlier, later, before, after
ABOUT = "H"  # about, nearly, over
MORE = "i"  # consecutive, full, straight
EACH = "K"
REPEATED = "X"  # daily, annual
PERIOD = "I"
NOW = "s"
OLD = "u"
MERIDIEM = "R"  # p.m.
ZONE = "Z"  # UTC

IN = "p"
OF = "1"
AND = "&"
TO = "T"  # to, through, until
BETWEEN = "v"  # from, between
OTHER_PREPOSITION = "r"  # on, by, since, during
ME = "h"  # his, their: before "80s" an age

COMMA = ","
TIGHT_COMMA = ";"
TIGHT_DASH = "="
DASH = "_"
SLASH = "/"
COLON = ":"
POINT = "!"  # a full stop between digits
POSSESSIVE = "'"
OPENING = "<"
PERCENT = "%"

MONTHS = f"{MONTH}{UNSURE_MONTH}{SHORT_MONTH}"
ANY_MONTH = f"[{MONTHS}]"
ANY_YEAR = f"[{YEAR}{OLD_YEAR}]"
DAY = f"[{SMALL}{ORDINAL}]"
ANY_WEEKDAY = f"(?:[{WEEKDAY}{SHORT_WEEKDAY}]{COMMA}?)?"
THE_BEFORE_ORDINAL = f"(?:{THE}(?={ORDINAL}))?"
IN_OR_OF = f"[{IN}{OF}]"
NOT_IN_NUMBER = f"(?<![{LABEL}{TIGHT_COMMA}{POINT}{SLASH}{COLON}{NUMBER}{SMALL}{FOUR}{TIGHT_DASH}])"
NUMBER_ENDS = f"(?![{TIGHT_COMMA}{POINT}{COLON}{PERCENT}]|[{SLASH}{TIGHT_DASH}](?!{ANY_MONTH}|{NOW}))"
WHEN_IN_IT = f"(?:{THE}?{PART}{TIGHT_DASH}?{IN}?{THE}?|{THE}?{EDGE}{OF}{THE}?)?"
QUANTITY = (
    f"(?:{AN}?{COUNT}(?:{TIGHT_DASH}?{AND}{TIGHT_DASH}?{AN}{TIGHT_DASH}?{HALF}|{TIGHT_DASH}?{COUNT}|{OF})?|{HALF}?{AN}|(?<!{TIGHT_COMMA})[{SMALL}{NUMBER}](?:(?:{TIGHT_COMMA}{NUMBER})+|{POINT}[{SMALL}{NUMBER}])?"
    f"|{AN}{HALF})"
)

WEEKDAYS_AND_MONTHS = f"{WEEKDAY}{SHORT_WEEKDAY}{MONTHS}"
DAYS_BEFORE_A_MONTH = f"{WEEKDAY}{SHORT_WEEKDAY}{THE}{SMALL}{ORDINAL}"
WHEN_STARTS = f"{THE}{PART}{EDGE}"
QUANTITY_STARTS = f"{AN}{COUNT}{HALF}{SMALL}{NUMBER}"
