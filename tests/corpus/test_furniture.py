"""Page furniture: for every rule a line that it takes, and a line much like it that is article text."""

import pytest

from kzbot.corpus import furniture_words, plain_text
from kzbot.corpus.furniture import labels, matching
from kzbot.corpus.furniture_rules import RULES, Rule, Zone

PROSE = "The two ministers met in the capital on Friday and signed a plan for the year."

EXAMPLES: list[tuple[str, str, str]] = [
    ("link list", "Other related news:", "Related problems"),
    ("link list", "You may also like", "You may also leave, the minister told them."),
    ("link list", "Читайте также", "Читайте внимательно"),
    ("link to another article", "READ MORE: Ministers sign plan", "Read more books, the minister told pupils."),
    ("invitation to click", "Click here to enlarge the picture.", "The click of a camera was heard."),
    ("invitation to click", "For more army news, visit the News section.", "For more army officers, visits are planned."),
    ("invitation to click", "Read the full article", "The full article of the treaty was read out."),
    ("site banner", "An official website of the city of Springfield", "An official visit of the mayor of Springfield"),
    ("site banner", "This site uses Akismet to reduce spam.", "This site was used for tests until 1989."),
    ("site banner", "Viewing results 1 - 6 of 103", "Results of the viewing"),
    ("site banner", "[ad_1]", "[sic]. The word stands so."),
    ("site header twice", "The Daily Bugle The Daily Bugle", "The Daily Bugle and the Nightly Bugle"),
    ("news label", "Central Army News Service", "News of the army reached the capital late"),
    ("news label", "Press Releases", "Press freedom under threat"),
    ("release number", "No. 377-98", "No. 1 priority for the ministry"),
    ("release number", "NEWS RELEASE NUMBER: NR-123-14", "Release of 14 prisoners"),
    ("release number", "Press Release (2013) 101", "Press of 1913"),
    ("release line", "FOR IMMEDIATE RELEASE July 20, 1998 (703)697-5737", "Calls for the immediate release of the crew"),
    ("release line", "Embargoed until 10:00 GMT, 3 May 2011", "Embargo lifted in 2011"),
    ("end mark", "-30-", "Thirty"),
    ("date and time", "Published: Tuesday, June 03, 2014 10:15 AM | Updated: June 4, 2014", "Published in 2014"),
    ("date and time", "14 ноября 2013 г.", "14 officers in 2013"),
    ("date and time", "2013-11-14 10:32", "2013-2017"),
    ("date and time", "Last updated 2 hours 21 min ago", "Long ago"),
    ("dateline alone", "WASHINGTON, Nov. 26, 1997 –", "Washington, Moscow and Kiev"),
    ("byline", "By Linda D. Kozaryn", "By Friday"),
    ("byline", "Posted by Jane Roe on 14 November 2013", "By train to the capital"),
    ("byline", "By SGT. 1ST CLASS JOHN SMITH, Army News Service", "By 2013 the army will be professional"),
    ("byline", "(Reporting by Jane Roe; editing by John Doe)", "Reporting by soldiers was poor."),
    ("byline", "by admin | Nov 14, 2013 | News", "by sea | by land | by 2013"),
    ("section and date", "in Nation on 14 November 2013", "In 2013 on the border"),
    ("filed under", "Tags: army, exercise, NATO", "Tags were sewn on"),
    ("filed under", "Published in News Digest", "Published in secret"),
    ("tags", "Tagged , , ,", "Tagging"),
    ("image credit", "(Photo by Sgt. John Smith)", "Photos were taken at the front."),
    ("image credit", "U.S. Army photo by Staff Sgt. Jane Roe", "She was shown a photo by a soldier who had fled."),
    ("image credit", "Photo courtesy of the ministry's press office", "Photos by Reuters showed tanks at the border."),
    ("image credit", "AP Photo/Jane Roe", "AP reported on it"),
    (
        "caption with credit",
        "Soldiers cross a river during the exercise. (U.S. Army photo by Sgt. Roe)",
        "Soldiers cross a river (see photo) during the exercise.",
    ),
    (
        "caption with credit",
        "An airliner departs on March 19, 2010. Dan Doe, AFP/Getty Images",
        "An airliner departs on March 19, 2010, as Getty Images shows.",
    ),
    ("caption with credit", "Soldiers cross a river (Jane Roe/AFP)", "Soldiers cross a river (and back)"),
    ("caption with credit", "Soldiers cross a river (AP Photo/Jane Roe)", "Soldiers cross a river (AP reported)"),
    ("caption with credit", "Minister Jane Roe. A PTI photo.", "He was proud. He had taken a photo."),
    ("caption after a mark", "> Caucasus Map", "> The minister said that nobody would leave."),
    ("label of a picture", "Map of Central Africa", "Mapping the coast"),
    ("copyright", "© 2013 The Daily Bugle", "Copyright law was amended in 1996."),
    ("copyright", "(c) 2013 The Daily Bugle", "(c) a method of handling two cases at once"),
    ("copyright", "The Bugle, 2013. All rights reserved.", "All rights were reserved for the crown."),
    ("copyright", "Reproduction of this page without permission is prohibited.", "Use of the airspace was prohibited."),
    ("cookie notice", "We use cookies to improve your visit.", "The company said its site uses cookies to track users."),
    ("subscribe", "Sign up for our free newsletter today!", "Sign up, the recruiters told them."),
    ("subscribe", "Get the latest news in your inbox", "Get the latest tanks, the general said."),
    ("follow us", "Follow us on Twitter", "Follow the money"),
    ("follow us", "Like The Daily Bugle on Facebook", "Like father, like son"),
    ("comments", "Comments are closed.", "Comments by the minister are awaited."),
    ("counter", "1,234 views", "1,234 troops"),
    ("counter", "Comments (12)", "Comments on 12 points"),
    ("counter", "Read 2140 times", "Read the treaty"),
    ("reading time", "3 min read", "3 men read"),
    ("reading time", "Read Time1 Minute, 37 Second", "Reading lists for officers"),
    ("page counter", "Page 1 of 2", "Page boys"),
    ("page counter", "2/7", "2013"),
    ("page counter", "12", "1998"),
    ("page counter", "1 2 3 ... Next »", "1998 and 1999"),
    ("page counter", "- 12 -", "- 1250 -"),
    ("text size", "A+ A-", "A plan"),
    ("print or send", "Print this page", "Print this, the editor said, and you are fired."),
    ("share on", "Share on Facebook", "Share of foreign trade grows"),
    ("breadcrumbs", "Home » News » Politics", "Home guard"),
    ("breadcrumbs", "World > Asia > Central Asia", "Temperature > 40 degrees"),
    ("address of a page", "Source: http://www.news.example/id=1", "Source close to the ministry"),
    ("address of a page", "news24.example", "So it ended."),
    ("link definition", "[1]: https://news.example/ 'Example'", "[1] He later denied it."),
    ("picture in Markdown", "![a map](map.png)", "Attention! [sic] (he said)"),
    ("e-mail address", "E-mail: press@mod.example.org", "E-mail from the front"),
    ("telephone line", "Tel.: +7 (7172) 72-12-34, fax: 72-12-35", "Tel Aviv, 1973-1974"),
    ("telephone line", "(703)697-5737(public/industry)", "2013-2017 and 2003-2004"),
    ("contact line", "For more information contact Jane Roe at 202-555-0123.", "For more information the public must wait."),
    ("contact line", "Media contact: Jane Roe", "Contact was lost"),
    ("postal address", "1400 Defense Pentagon, Washington, DC 20301-1400", "Flight DC 10"),
    ("source line", "Source: Central News Agency", "Sources of uranium"),
]  # fmt: skip


def _zone(rule: Rule) -> Zone:
    return next(zone for zone in ("body", "upper", "head", "foot") if zone in rule.where)


@pytest.mark.parametrize(("name", "example", "counter"), EXAMPLES)
def test_a_rule_takes_its_example_and_leaves_its_counter_example(name: str, example: str, counter: str) -> None:
    zones = {_zone(rule) for rule in RULES if rule.name == name}
    found = {rule.name for zone in zones if (rule := matching(example, zone))}
    assert name in found
    assert not any(matching(counter, zone) or labels(counter, zone) for zone in zones)


def test_every_rule_has_an_example() -> None:
    assert {rule.name for rule in RULES} == {name for name, _, _ in EXAMPLES}
    for rule in RULES:
        taken = [example for name, example, _ in EXAMPLES if name == rule.name]
        assert any(rule.pattern.fullmatch(example) for example in taken), rule


@pytest.mark.parametrize(
    "line",
    [
        "Contact Author",
        "Stay Connected",
        "Bookmark and Share",
        "Share | Tweet | Print",
        "Facebook Twitter Google+ E-mail",
        "READ MORE…",
        "» Print this article",
        "[Share this](https://x.example)",
        "*Advertisement*",
        "Поделиться",
    ],
)
def test_labels_are_furniture_wherever_they_stand(line: str) -> None:
    assert [block.kind for block in plain_text.blocks(f"{PROSE}\n{line}\n{PROSE}", "", (), ())].count("paragraph") == 2
    assert labels(line, "body")


@pytest.mark.parametrize(
    "line", ["Culture", "Search and rescue", "Video evidence", "Contacts with the West", "Analysis"]
)
def test_a_subheading_within_the_text_is_not_taken_for_a_label(line: str) -> None:
    blocks = plain_text.blocks(f"{PROSE}\n\n{line}\n\n{PROSE}", "", (), ())
    assert [block.kind for block in blocks] == ["paragraph", "heading", "paragraph"]


def test_labels_are_written_as_they_are_compared() -> None:
    for known in (furniture_words.LABELS, furniture_words.EDGE_LABELS, furniture_words.BUTTONS):
        assert all(label == label.casefold().strip() and label for label in known)
    assert not furniture_words.LABELS & furniture_words.EDGE_LABELS


@pytest.mark.parametrize(
    "line",
    [
        "Not everybody agrees.",
        "“Follow us,” the general said",
        '"Read more," he told them.',
        "He left on Friday",
        "Uzbekistan",
        "1,400 troops",
        "In September, about 1,400 troops took part.",
        "No.",
        "1998",
        "The sides agreed to meet again in 2014",
        "Home at last: soldiers return",
        "By then, all had left the city.",
    ],
)
def test_short_lines_that_say_something_stay_text(line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{line}"
    assert "furniture" not in {block.kind for block in plain_text.blocks(text, "", (), ())}


def _kept(page: str, title: str = "") -> list[str]:
    blocks = plain_text.blocks(page, title, (), ())
    return [page[block.start : block.end] for block in blocks if block.kind != "furniture"]


def test_short_lines_above_the_printed_title_are_the_header_of_the_page() -> None:
    page = f"Armed Forces Digest\nWhere soldiers read\n\nMinisters sign plan\n\nA second headline below\n\n{PROSE}"
    assert _kept(page, "Ministers sign plan") == ["Ministers sign plan", "A second headline below", PROSE]


def test_what_a_reader_is_told_above_the_title_in_a_sentence_stays() -> None:
    lead = "Two ministers have met and agreed."
    assert _kept(f"{lead}\nMinisters sign plan\n{PROSE}", "Ministers sign plan")[0] == lead


def test_links_below_a_label_are_furniture_until_text_begins_again() -> None:
    page = (
        f"{PROSE}\n\nRelated articles\n\nMinister visits the border\nArmy buys forty tanks\n\nIt ended well, all said."
    )
    assert _kept(page) == [PROSE, "It ended well, all said."]


def test_a_menu_is_furniture_and_a_list_of_countries_is_not() -> None:
    menu, countries = "Home\nNews\nOur army\nContact", "France\nTajikistan\nItaly\nLithuania"
    assert _kept(f"{menu}\n\n{PROSE}\n\n{countries}") == [PROSE, *countries.split("\n")]


def test_the_line_below_a_byline_goes_with_it_unless_a_blank_line_parts_them() -> None:
    assert _kept(f"By Jane Roe\nArmed Forces Digest\n{PROSE}") == [PROSE]
    assert _kept(f"By Jane Roe\n\nArmed Forces Grow\n{PROSE}") == ["Armed Forces Grow", PROSE]


def test_dates_of_a_chronology_are_headings_and_one_date_alone_is_the_page_s_own() -> None:
    chronology = "\n".join(f"May {day}, 1997\n{PROSE}" for day in (1, 2, 3))
    assert _kept(chronology)[::2] == ["May 1, 1997", "May 2, 1997", "May 3, 1997"]
    assert _kept(f"May 1, 1997\n{PROSE}") == [PROSE]


def test_a_long_line_is_never_furniture() -> None:
    assert matching("Follow us on " + "x" * 800, "foot") is None
    assert not labels("Share " * 200, "foot")


def test_a_page_without_running_text_keeps_no_labels() -> None:
    assert _kept("Share\n\nContact us\n\nTel. (703) 697-5737") == []
    assert _kept("Yes.\n\nFrance") == ["Yes.", "France"]
