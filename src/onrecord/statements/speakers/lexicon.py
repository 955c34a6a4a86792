"""Words that tell people, bodies, documents and media apart: titles, roles, heads of names, nationalities, given names.

Everything is in small letters. The lists are hand-made, but for the given names, whose file says where they come from.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HE = _set("he him his himself")
SHE = _set("she her hers herself")
IT = _set("it its itself")
THEY = _set("they them their theirs themselves both")
FIRST = _set("i me my mine myself")
WE = _set("we us our ours ourselves")
YOU = _set("you your yours yourself")
RELATIVE = _set("who which that whom whose")
PRONOUNS = HE | SHE | IT | THEY | FIRST | WE | YOU | RELATIVE

MALE_HONORIFICS = _set("mr mr. messrs messrs. sir lord king prince duke baron count fr fr. imam sheikh sheik rabbi")
FEMALE_HONORIFICS = _set("mrs mrs. ms ms. miss lady dame queen princess duchess mme mme. madame baroness countess")
HONORIFICS = (
    MALE_HONORIFICS
    | FEMALE_HONORIFICS
    | _set(
        "dr dr. prof prof. rev rev. hon hon. mx mx. ayatollah grand hojatoleslam saint st st. pope cardinal "
        "archbishop bishop pastor father sister brother mullah emir sultan"
    )
)
TITLES = HONORIFICS | _set(
    "president presidents vice prime minister ministers premier chancellor secretary undersecretary "
    "senator senators sen. sens. rep. reps. representative representatives congressman congresswoman gov. "
    "govs. governor governors mayor judge justice chief justices gen. general col. colonel capt. captain "
    "cpt. cmdr. commander lt. lieutenant sgt. sergeant maj. major adm. admiral marshal private corporal "
    "officer detective det. inspector insp. superintendent supt. sheriff constable commissioner "
    "ambassador envoy attorney solicitor prosecutor spokesman spokeswoman spokesperson speaker chairman "
    "chairwoman chairperson chair ceo cfo coo executive director deputy assistant associate senior leader "
    "professor coach manager analyst economist columnist correspondent reporter editor author lawyer "
    "counsel adviser advisor strategist aide candidate nominee leader whip councilman councilwoman "
    "councillor councilor alderman delegate dictator tsar czar sec. treasurer foreign defense defence "
    "interior finance trade labor labour home former ex-president then-president retired rival challenger "
    "campaign press party opposition state supreme developer dean provost rector principal superstar "
    "actor actress singer activist billionaire businessman businesswoman tycoon journalist host anchor "
    "co-founder founder co-host lawmaker parliamentarian mp mps mep msp"
)

MEN = _set(
    "spokesman chairman businessman congressman councilman alderman father brother son uncle nephew "
    "husband grandfather boy man king prince duke actor salesman fisherman policeman fireman anchorman "
    "bishop archbishop cardinal pope priest imam ayatollah rabbi widower groom boyfriend stepfather "
    "gentleman sportsman frontman newsman"
)
WOMEN = _set(
    "spokeswoman chairwoman businesswoman congresswoman councilwoman mother sister daughter aunt niece "
    "wife grandmother girl woman queen princess duchess actress waitress policewoman widow bride "
    "girlfriend stepmother lady anchorwoman nun great-grandmother"
)
PEOPLE_ROLES = (
    MEN
    | WOMEN
    | _set(
        "spokesperson president minister premier chancellor secretary senator representative governor mayor "
        "judge justice general colonel captain commander lieutenant sergeant major admiral officer detective "
        "inspector superintendent sheriff commissioner ambassador envoy attorney solicitor prosecutor chair "
        "chairperson ceo executive director deputy assistant leader professor coach manager analyst economist "
        "columnist correspondent reporter editor author writer lawyer counsel adviser advisor strategist aide "
        "candidate nominee contender hopeful lawmaker politician diplomat official member historian expert "
        "scientist researcher doctor physician surgeon nurse teacher student pastor activist advocate "
        "lobbyist billionaire tycoon mogul magnate journalist host anchor founder co-founder owner boss head "
        "chief partner colleague friend neighbor neighbour relative cousin parent child veteran soldier "
        "worker employee resident voter citizen witness victim survivor suspect defendant plaintiff claimant "
        "killer gunman assassin user commenter blogger author actor singer player star director producer "
        "pilot driver farmer trader banker investor entrepreneur consultant pollster scholar academic critic "
        "supporter opponent rival frontrunner front-runner incumbent democrat republican conservative liberal "
        "independent premier dictator emperor treasurer dean provost rector principal insider source "
        "participant bystander chemist biologist physicist psychologist sociologist astronomer geologist "
        "epidemiologist ecologist engineer architect midfielder striker goalkeeper quarterback pitcher "
        "batsman defender captain skipper trainer champion winner teenager speaker whip delegate negotiator "
        "mediator investigator agent auditor regulator creator designer developer inventor royal heir monarch "
        "royal-watcher socialist communist nationalist mp mep dissident refugee migrant patient customer "
        "publisher playwright filmmaker photographer musician rapper songwriter drummer guitarist comedian "
        "novelist poet philosopher linguist pediatrician psychiatrist neurologist neurosurgeon dentist "
        "veterinarian therapist counselor astronaut meteorologist virologist microbiologist biochemist "
        "climatologist conservationist environmentalist philanthropist financier industrialist pundit commentator "
        "newscaster presenter co-author coauthor administrator comptroller ombudsman librarian chef shareholder "
        "defenseman winger goalie secretary-treasurer vice-president vice-chairman organist demographer "
        "anthropologist archaeologist criminologist lecturer barrister midwife "
        "client tenant landlord radiologist person individual someone somebody anyone everybody everyone "
        "nobody rep organizer organiser clerk bureaucrat legislator mathematician preacher cleric"
    )
)
GROUPS = _set(
    "people officials critics experts analysts voters residents supporters opponents republicans "
    "democrats lawmakers politicians relatives families workers employees researchers scientists doctors "
    "lawyers prosecutors investigators observers sources witnesses protesters demonstrators activists "
    "leaders members executives investors economists users authorities others many some those most "
    "several few men women americans kenyans conservatives liberals crowd crowds respondents majority "
    "percent half third two three four five both parents children students teachers authors aides "
    "advisers allies friends fans readers viewers customers neighbors neighbours"
)
DOCUMENTS = _set(
    "report reports poll polls survey surveys study studies research statement statements letter letters "
    "lawsuit lawsuits suit memo memorandum document documents filing filings prospectus tweet tweets post "
    "posts email emails e-mail e-mails book article articles editorial op-ed paper papers analysis "
    "findings results data figures guidelines complaint indictment affidavit petition communique "
    "communiqué declaration resolution treaty agreement accord bill law order ruling verdict transcript "
    "press-release release announcement announcements warning warnings message messages text texts file "
    "files records record review audit budget plan program programme manifesto constitution charter note "
    "notes letter advisory bulletin census index forecast estimates estimate testimony video footage "
    "recording tape interview speech website page ad advert advertisement commercial sign signs leaflet "
    "leaflets banner headline blog tests test evidence signs statistics numbers survey investigation "
    "investigations inquiry probe story stories column cable cables"
)
MEDIA = _set(
    "newspaper newspapers paper media press tabloid magazine journal broadcaster broadcasters outlet "
    "outlets network networks channel channels station stations broadsheet weekly daily news-agency "
    "website site podcast reports"
)
MEDIA_NAME_WORDS = _set(
    "times post news tv television radio journal herald tribune gazette chronicle guardian telegraph "
    "observer daily weekly magazine press reuters ap afp upi bbc cnn nbc cbs abc msnbc npr pbs fox "
    "bloomberg politico breitbart buzzfeed axios vox xinhua tass interfax irna mehr fars tasnim isna "
    "yonhap kyodo jazeera arabiya sputnik rt itv mirror sun globe star examiner inquirer bulletin courier "
    "dispatch sentinel monitor review forbes newsweek newsnight economist atlantic independent le-monde "
    "figaro spiegel bild zeitung haaretz maariv pravda izvestia ria euronews telemundo univision espn "
    "c-span huffpost slate salon vice wired techcrunch variety advertiser record register standard mail "
    "express presstv ynet dw voa usa-today cnbc"
)
ORGANIZATIONS = _set(
    "company companies government governments ministry ministries department agency agencies bureau "
    "office commission committee council court tribunal board bank firm firms corporation union unions "
    "association organization organisation group groups party parties campaign campaigns administration "
    "administrations white-house congress senate parliament assembly cabinet embassy consulate mission "
    "police military army navy force forces university college school institute institution center centre "
    "foundation fund trust society federation league club team church mosque diocese hospital airline "
    "airlines automaker carmaker maker manufacturer retailer publisher broker brokerage insurer lender "
    "thrift utility operator provider unit subsidiary division arm affiliate startup start-up giant "
    "conglomerate charity nonprofit nongovernmental think-tank coalition alliance movement network house "
    "chamber legislature authority regulator watchdog militia regime kremlin pentagon vatican jury panel "
    "leadership junta camp management industry country nation state city county town side police ministry "
    "secretariat service services pact bloc delegation team label studio venture chain"
)
ORG_NAME_HEADS = _set(
    "co co. cos cos. corp corp. inc inc. ltd ltd. llc llp plc ag sa s.a. nv n.v. gmbh spa s.p.a. bank "
    "group trust holdings industries partners associates systems technologies company corporation "
    "association assn assn. union federation league party ministry department agency bureau office "
    "commission committee council court board university college school institute center centre "
    "foundation fund society club church hospital airlines airways authority service services force "
    "forces army navy guard police senate house congress parliament assembly administration nations front "
    "movement network coalition alliance organization organisation brotherhood brigade corps command "
    "embassy treasury fbi cia irs nsa un u.n. eu e.u. nato who imf opec nra gop dnc rnc sec epa fda cdc "
    "ins irna labs laboratories motors pharmaceuticals records productions pictures studios entertainment "
    "media brothers bros sons insurance capital management ventures international exchange reserve state "
    "americans watch caucus project initiative campaign kremlin pentagon vatican hamas hezbollah taliban "
    "isis workers teamsters"
)
LEGAL_FORMS = _set("co. cos. corp. inc. ltd. llc plc ag s.a. n.v. gmbh llp cos corp inc ltd")
COLLECTIVE_HEADS = _set(
    "campaign administration government office ministry department embassy consulate camp team family "
    "lawyers attorneys estate foundation court police council parliament army military cabinet committee "
    "leadership party delegation mission board"
)
RELATIONS = _set(
    "father mother brother sister son daughter wife husband uncle aunt cousin nephew niece grandfather "
    "grandmother parents relatives family friend friends lawyer lawyers attorney attorneys aide aides "
    "spokesman spokeswoman spokesperson boss supporters campaign office doctor physician doctors advisers "
    "adviser colleague team camp allies ally opponents opponent rival rivals partner stepmother "
    "stepfather widow fiancee girlfriend boyfriend manager coach rep"
)
PARTICLES = _set(
    "de del della di da dos das du van von der den ter ten la le el al bin ibn bint ben abu umm al- y e ul ur zu af"
)
SUFFIXES = _set("jr jr. sr sr. ii iii iv")
ORG_CONNECTORS = _set("of for and the & on de du des in to against from amp")
DETERMINERS = _set(
    "the a an this that these those its his her their our my your some any one another each every no both"
)
MONTHS_DAYS = _set(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan. feb. aug. sept. oct. nov. dec. christmas easter "
    "ramadan"
)
COMMON_CAPITALS = _set(
    "the a an this that these those his her their our my your its he she it they we i you but and or if "
    "when while as at by for from in into of on to with without after before since until although though "
    "because however meanwhile there here then now today yesterday tomorrow what who why how where which "
    "whose not no yes so such some many most few several all each every both either neither one two three "
    "four five six seven eight nine ten about above according also another any are be been being can "
    "could did do does even had has have is just last let like more much new next nor only other our out "
    "over said says should still than through too under up was were will would asked once perhaps despite "
    "during among"
)

_COUNTRIES = """
afghanistan:afghan,afghans,kabul albania:albanian,albanians,tirana algeria:algerian,algerians,algiers
america:american,americans,u.s.,us,washington argentina:argentine,argentinian,argentines
armenia:armenian,armenians,yerevan australia:australian,australians,canberra austria:austrian,austrians,vienna
azerbaijan:azerbaijani,azeri,baku bahrain:bahraini bangladesh:bangladeshi,dhaka belarus:belarusian,minsk
belgium:belgian,belgians bolivia:bolivian bosnia:bosnian,bosnians,sarajevo brazil:brazilian,brazilians,brasilia
britain:british,briton,britons,london,uk,u.k. bulgaria:bulgarian,bulgarians,sofia burma:burmese
cambodia:cambodian,cambodians canada:canadian,canadians,ottawa chile:chilean,chileans,santiago china:chinese,beijing
colombia:colombian,colombians,bogota congo:congolese croatia:croatian,croat,croats,zagreb cuba:cuban,cubans,havana
cyprus:cypriot,nicosia czech:czechs,prague denmark:danish,danes,copenhagen ecuador:ecuadorian,quito
egypt:egyptian,egyptians,cairo england:english estonia:estonian,tallinn ethiopia:ethiopian,ethiopians
finland:finnish,finns,helsinki france:french,paris georgia:georgian,georgians,tbilisi germany:german,germans,berlin
ghana:ghanaian,accra greece:greek,greeks,athens haiti:haitian,haitians hungary:hungarian,hungarians,budapest
iceland:icelandic india:indian,indians,delhi indonesia:indonesian,indonesians,jakarta iran:iranian,iranians,tehran
iraq:iraqi,iraqis,baghdad ireland:irish,dublin israel:israeli,israelis,jerusalem italy:italian,italians,rome
japan:japanese,tokyo jordan:jordanian,amman kazakhstan:kazakh kenya:kenyan,kenyans,nairobi
korea:korean,koreans,seoul,pyongyang kosovo:kosovar,pristina kuwait:kuwaiti,kuwaitis kyrgyzstan:kyrgyz laos:laotian
latvia:latvian,riga lebanon:lebanese,beirut libya:libyan,libyans,tripoli lithuania:lithuanian,vilnius
macedonia:macedonian malaysia:malaysian,malaysians mali:malian mexico:mexican,mexicans moldova:moldovan
mongolia:mongolian montenegro:montenegrin morocco:moroccan,moroccans,rabat myanmar:naypyidaw nepal:nepalese,nepali
netherlands:dutch,hague nicaragua:nicaraguan nigeria:nigerian,nigerians,abuja norway:norwegian,norwegians,oslo
oman:omani,muscat pakistan:pakistani,pakistanis,islamabad palestine:palestinian,palestinians,gaza panama:panamanian
peru:peruvian,lima philippines:philippine,filipino,filipinos,manila poland:polish,poles,warsaw
portugal:portuguese,lisbon qatar:qatari,doha romania:romanian,romanians,bucharest
russia:russian,russians,moscow,kremlin rwanda:rwandan saudi:saudis,riyadh scotland:scottish,scots,edinburgh
senegal:senegalese serbia:serbian,serb,serbs,belgrade singapore:singaporean slovakia:slovak,bratislava
slovenia:slovenian,ljubljana somalia:somali,somalis,mogadishu spain:spanish,spaniards,madrid sudan:sudanese,khartoum
sweden:swedish,swedes,stockholm switzerland:swiss,bern syria:syrian,syrians,damascus taiwan:taiwanese,taipei
tajikistan:tajik tanzania:tanzanian,tanzanians thailand:thai,bangkok tunisia:tunisian,tunis
turkey:turkish,turks,ankara uganda:ugandan,kampala ukraine:ukrainian,ukrainians,kyiv,kiev uruguay:uruguayan
uzbekistan:uzbek vatican:papal venezuela:venezuelan,venezuelans,caracas vietnam:vietnamese,hanoi wales:welsh
yemen:yemeni,yemenis,sanaa,houthi yugoslavia:yugoslav,yugoslavs zambia:zambian zimbabwe:zimbabwean,harare
europe:european,europeans,brussels
"""


@lru_cache(maxsize=1)
def nationalities() -> dict[str, str]:
    """Words for a country, its people and its capital -> the country's key word ("iranian", "tehran" -> "iran")."""
    table: dict[str, str] = {}
    for entry in _COUNTRIES.split():
        country, _, words = entry.partition(":")
        for word in (country, *words.split(",")):
            table[word] = country
    return table


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given name in small letters -> ``male``, ``female`` or ``either``."""
    table: dict[str, str] = {}
    gender = ""
    for line in files(__package__).joinpath("lists", "given_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            gender = line.strip("[]")
        elif not line.startswith("#"):
            table.update(dict.fromkeys(line.split(), gender))
    return table


NICKNAMES = {
    short: full
    for full, shorts in {
        "robert": "bob bobby rob",
        "william": "bill billy will",
        "james": "jim jimmy",
        "john": "jack johnny",
        "joseph": "joe joey",
        "richard": "dick rick rich",
        "thomas": "tom tommy",
        "edward": "ed eddie ted",
        "michael": "mike mick",
        "david": "dave",
        "daniel": "dan danny",
        "samuel": "sam",
        "benjamin": "ben",
        "timothy": "tim",
        "anthony": "tony",
        "charles": "charlie chuck",
        "christopher": "chris",
        "steven": "steve",
        "stephen": "steve",
        "kenneth": "ken",
        "ronald": "ron",
        "donald": "don",
        "gregory": "greg",
        "jeffrey": "jeff",
        "matthew": "matt",
        "patrick": "pat",
        "peter": "pete",
        "albert": "al",
        "alan": "al",
        "elizabeth": "liz beth betty",
        "katherine": "kate kathy",
        "margaret": "maggie meg",
        "susan": "sue",
        "deborah": "debbie deb",
        "barbara": "barb",
        "condoleezza": "condi",
        "andrew": "andy",
        "nicholas": "nick",
        "alexander": "alex",
        "lawrence": "larry",
        "gerald": "jerry",
        "leonard": "len",
        "frederick": "fred",
        "douglas": "doug",
        "raymond": "ray",
        "philip": "phil",
        "theodore": "ted",
        "walter": "walt",
        "eugene": "gene",
        "bernard": "bernie",
        "mitchell": "mitch",
        "randolph": "randy",
    }.items()
    for short in shorts.split()
}
