"""Common given names of many countries in Latin letters: where one begins two or three words, they are a person."""

from kzbot.language.names.carried.tables import listed

GIVEN_NAMES = listed(
    """
    aaron abdul abdullah abigail abraham adam adilbek adrian ahmad ahmed aidan aigul alan albert alberto alejandro alessandro
    alex alexander alexandre alexandra alexei alexey alfred ali alice alikhan alison allen almaz amanda amina amir amy anatoly anders
    andre andrea andreas andrei andrew andrey andrzej angela anna anne annette anthony anton antonio antony aram arman arnold arthur
    artur askar aslan asylbek ayman baktybek barack barbara barry bauyrzhan ben benjamin bernard bernd berik beth betty bill
    bob bolat boris brad bradley brandon brenda brent brian bruce bryan carl carla carlos carol caroline catherine cecilia charles
    charlotte chris christian christina christine christoph christopher chuck cindy claire claude claudia clive colin condoleezza
    connie craig cynthia dale dan daniel daniela daniyar darleen dauren dave david dean deborah denis dennis derek dermot diana diane dick
    dieter dimitri dmitri dmitriy dmitry dominic dominique don donald donna dorothy doug douglas duncan dwight earl eberhard ed eddie
    edgar eduard edward edwin elaine eleanor elena elizabeth ellen emily emma eric erik erlan ernest ernesto eugene eva evan
    evgeny fatima federico felix ferdinand fernando florian frances francesco francis francisco francois frank frans franz fred
    frederic frederick fritz gabriel galina gary gavin gennady geoff geoffrey george georges gerald gerard gerhard giovanni giuseppe glen
    glenn gordon graham greg gregory guillaume gulnara gunter gustavo guy hamid hannah hans harold harry harvey hasan hassan heather heinz helen
    helmut henri henry herbert herman hillary hiroshi howard hugh hugo hussein ian ibrahim igor ilya irina isaac isabel ivan jack jackie
    jacob jacques jaime jakob james jamie jan jana jane janet jaroslav jason javier jean jeff jeffrey jen jennifer jens jeremy
    jerome jerry jessica jim jimmy joan joaquin joe joel joerg johan johann john jon jonas jonathan jorge jose josef joseph joshua joyce
    juan judith judy julia julian julie julien juergen jürgen justin kairat kanat karen karim karin karl kassym kate katherine kathleen
    kathryn kathy katie kayrat keith kelly ken kenneth kent kerry kevin khalid kim kimberly klaus konstantin kristin kurt kyle larry
    lars laura lauren laurent lawrence lech lee leo leon leonard leonid leonardo leslie lewis liam linda lindsay lindsey lisa lloyd lorenzo lou louis
    louise luc lucas lucia lucy luis luke lynn maarten madeleine magnus malcolm manfred manuel marc marcel marco marcus margaret
    maria marie marina mario marion mark markus martha martin marvin mary massimo mathieu matt matteo matthew matthias maurice max maxim
    mehmet melissa michael michel michelle miguel mike mikhail milan miroslav mitchell mohamed mohammad mohammed moritz muhammad mukhtar murat
    mustafa nadia nancy natalia natalie natasha nathan neil nelson nicholas nick nicola nicolas nicole nigel nikita nikolai nikolay nina
    noel nora norbert norman nurlan nursultan oleg olga oliver olivier omar oscar otto owen pablo pamela pascal pat patricia patrick paul paula pavel
    pedro peggy penny per pete peter petr philip philipp philippe phil pierre piotr rachel rafael ralph ramon randy raul
    ray raymond rebecca reinhard rene ricardo richard rick robert roberto robin rodney roger roland roman ron ronald rory ross roy ruben
    rudolf russell rustam ruth ryan said salim sally sam samantha samuel sandra sara sarah scott sean sebastian serge sergei sergey sergio serik sharon
    shawn sheila sherry shirley sidney silvio simon sofia sonia sophie stanislav stanley stefan stephan stephane stephanie stephen steve
    steven stuart sue susan suzanne sven svetlana sylvia takeshi talgat tamara tatiana tatyana ted terence teresa terrence terry thomas
    tim timothy timur tina todd tom tomas tommy toni tony tracy trevor tyler ursula vaclav vadim valentin valentina valery vanessa vasily
    vera victor victoria viktor vincent vincenzo virginia vitaly vittorio vlad vladimir vladislav walter warren wayne wendy werner wesley wilhelm will
    willem william willy wolfgang yuri yury yusuf yves yvonne zachary zbigniew zhanna
    """
)
