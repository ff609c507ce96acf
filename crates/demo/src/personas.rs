//! The people one can sign in as in demo mode. Their messages are in `corpus/personas.txt`.

use omasote_types::language::Language;
use omasote_types::proxies::ProxyKind;

use crate::model::{DemoPerson, DemoPersonaSpec, DemoProxy};
use crate::people::Gender;
use crate::professionals::{ADMINISTRATOR, EDITOR, PRIVACY_OFFICER};
use crate::units::{Words, local_text};

/// A citizen whose life is known beforehand.
pub(crate) struct CitizenSpec {
    pub(crate) given_name: &'static str,
    pub(crate) family_name: &'static str,
    pub(crate) gender: Gender,
    pub(crate) age: u32,
    pub(crate) municipality: &'static str,
    pub(crate) language: Language,
    description: Words,
}

/// The first citizens of the county.
pub(crate) const CITIZENS: &[CitizenSpec] = &[
    CitizenSpec {
        given_name: "Aino",
        family_name: "Kemppainen",
        gender: Gender::Woman,
        age: 78,
        municipality: "Kuhmo",
        language: Language::Fi,
        description: [
            "78-vuotias kuhmolainen. Verenpaineen seuranta on kesken, ja vastaanotolta on tullut vastaus, jota hän ei ole vielä lukenut.",
            "78-årig kvinna från Kuhmo. Hennes blodtryck följs upp, och hon har ett oläst svar från mottagningen.",
            "78, from Kuhmo. Her blood pressure is being followed up, and she has an unread reply from the reception.",
        ],
    },
    CitizenSpec {
        given_name: "Emma",
        family_name: "Karjalainen",
        gender: Gender::Woman,
        age: 29,
        municipality: "Kajaani",
        language: Language::Fi,
        description: [
            "29-vuotias kajaanilainen, puolivuotiaan vauvan ja leikki-ikäisen äiti. Kirjoittaa neuvolaan ja perhepalveluihin; odottaa vastausta.",
            "29-årig mamma från Kajana med en baby på sex månader och ett barn i lekåldern. Skriver till rådgivningen och familjeservicen; väntar på svar.",
            "29, from Kajaani, mother of a six-month-old and a toddler. Writes to the child health clinic and family services; waiting for an answer.",
        ],
    },
    CitizenSpec {
        given_name: "Timo",
        family_name: "Leinonen",
        gender: Gender::Man,
        age: 46,
        municipality: "Suomussalmi",
        language: Language::Fi,
        description: [
            "46-vuotias metsäkoneen kuljettaja Suomussalmelta. Selkäkipu, sairausloma ja fysioterapia; yksi lukematon vastaus.",
            "46-årig skogsmaskinsförare från Suomussalmi. Ryggsmärta, sjukledighet och fysioterapi; ett oläst svar.",
            "46, a forestry machine operator from Suomussalmi. Back pain, sick leave and physiotherapy; one unread reply.",
        ],
    },
    CitizenSpec {
        given_name: "Birgitta",
        family_name: "Lindholm",
        gender: Gender::Woman,
        age: 63,
        municipality: "Kajaani",
        language: Language::Sv,
        description: [
            "63-vuotias ruotsinkielinen kajaanilainen. Tyypin 2 diabetes: verensokerit, hoitotarvikkeet ja laboratoriokokeet.",
            "63-årig svenskspråkig kvinna från Kajana. Typ 2-diabetes: blodsocker, vårdartiklar och laboratorieprov.",
            "63, a Swedish speaker from Kajaani. Type 2 diabetes: blood sugar, care supplies and laboratory tests.",
        ],
    },
    CitizenSpec {
        given_name: "Olena",
        family_name: "Kovalenko",
        gender: Gender::Woman,
        age: 37,
        municipality: "Kajaani",
        language: Language::En,
        description: [
            "37-vuotias Kajaaniin muuttanut ukrainalainen. Käyttää palvelua englanniksi ja kirjoittaa vasta opittua suomea; vastaukset kannattaa pitää selkeinä.",
            "37-årig ukrainska som har flyttat till Kajana. Använder tjänsten på engelska och skriver nyinlärd finska; svaren ska vara enkla.",
            "37, a Ukrainian who has moved to Kajaani. Uses the service in English and writes newly learnt Finnish; answers are best kept plain.",
        ],
    },
    CitizenSpec {
        given_name: "Eetu",
        family_name: "Leinonen",
        gender: Gender::Man,
        age: 14,
        municipality: "Suomussalmi",
        language: Language::Fi,
        description: [
            "14-vuotias suomussalmelainen, Timo Leinosen poika. Kirjoittaa itse, ja voi piilottaa asiansa huoltajaltaan.",
            "14-åring från Suomussalmi, Timo Leinonens son. Skriver själv och kan dölja ett ärende för sin vårdnadshavare.",
            "14, from Suomussalmi, Timo Leinonen's son. Writes himself, and can hide a matter from his guardian.",
        ],
    },
    CitizenSpec {
        given_name: "Matti",
        family_name: "Kemppainen",
        gender: Gender::Man,
        age: 52,
        municipality: "Kuhmo",
        language: Language::Fi,
        description: [
            "52-vuotias kuhmolainen, joka asioi äitinsä Aino Kemppaisen puolesta.",
            "52-åring från Kuhmo som uträttar ärenden för sin mor Aino Kemppainen.",
            "52, from Kuhmo, who acts for his mother Aino Kemppainen.",
        ],
    },
    CitizenSpec {
        given_name: "Venla",
        family_name: "Karjalainen",
        gender: Gender::Woman,
        age: 8,
        municipality: "Kajaani",
        language: Language::Fi,
        description: [
            "8-vuotias kajaanilainen, jonka asioita hoitaa äiti Emma Karjalainen.",
            "8-åring från Kajana vars ärenden sköts av mamman Emma Karjalainen.",
            "8, from Kajaani, whose mother Emma Karjalainen acts for her.",
        ],
    },
];

/// Emma Karjalainen's eldest, Timo Leinonen's son, and Aino Kemppainen's son who acts for her.
const EMMA: usize = 1;
const TIMO: usize = 2;
const EETU: usize = 5;
const MATTI: usize = 6;
const VENLA: usize = 7;
const AINO: usize = 0;

/// Who acts for whom.
pub(crate) fn proxies() -> Vec<DemoProxy> {
    vec![
        DemoProxy { citizen: VENLA, proxy: EMMA, kind: ProxyKind::Guardian },
        DemoProxy { citizen: EETU, proxy: TIMO, kind: ProxyKind::Guardian },
        DemoProxy { citizen: AINO, proxy: MATTI, kind: ProxyKind::Mandate },
    ]
}

/// What can be tried as each of the first professionals of the county.
const PROFESSIONALS: &[Words] = &[
    [
        "Sairaanhoitaja Kuhmon vilkkaalla vastaanotolla. Saapuneissa on paljon vastausta odottavia, myös Aino Kemppainen on hänen yksikkönsä asiakas.",
        "Sjukskötare på den livliga mottagningen i Kuhmo. Många i inkorgen väntar på svar; även Aino Kemppainen är klient hos enheten.",
        "A nurse at the busy reception in Kuhmo. Many in the inbox are waiting for an answer; Aino Kemppainen is a client of the unit too.",
    ],
    [
        "Lääkäri kahdessa yksikössä, Kuhmossa ja Kajaanissa: vastaa laboratoriotuloksista, lääkityksistä ja lausunnoista.",
        "Läkare vid två enheter, i Kuhmo och i Kajana: svarar om laboratorieresultat, medicinering och utlåtanden.",
        "A physician in two units, in Kuhmo and Kajaani: answers about laboratory results, medication and statements.",
    ],
    [
        "Sosiaalityöntekijä lapsiperheiden palveluissa. Viestit ovat arkaluonteisia ja usein pitkiä.",
        "Socialarbetare inom servicen för barnfamiljer. Meddelandena är känsliga och ofta långa.",
        "A social worker in services for families. The messages are sensitive and often long.",
    ],
    [
        "Osastonhoitaja, joka vastaa Kajaanin vastaanotosta sekä diabetes- ja sydänhoitajista: näkee kahden yksikön tilanteen.",
        "Avdelningsskötare som ansvarar för mottagningen i Kajana och för diabetes- och hjärtskötarna: ser läget vid två enheter.",
        "A charge nurse who leads the reception in Kajaani and the diabetes and heart nurses: sees how two units are doing.",
    ],
    [
        "Terveydenhoitaja neuvolassa: raskaudet, vauvat ja rokotukset. Emma Karjalainen odottaa hänen yksikkönsä vastausta.",
        "Hälsovårdare på rådgivningen: graviditeter, spädbarn och vaccinationer. Emma Karjalainen väntar på svar från enheten.",
        "A public health nurse at the child health clinic: pregnancies, babies and vaccinations. Emma Karjalainen is waiting for the unit's answer.",
    ],
];

/// Those who look after the service.
const OFFICIALS: &[(usize, Words)] = &[
    (
        PRIVACY_OFFICER,
        [
            "Tietosuojavastaava: näkee lokin, tietojen poikkeuksellisen käytön ja asukkaiden kysymykset.",
            "Dataskyddsombud: ser loggen, undantagsåtkomsterna och invånarnas frågor om hur deras uppgifter använts.",
            "The data protection officer: sees the access log, break-glass accesses and citizens' questions about them.",
        ],
    ),
    (
        ADMINISTRATOR,
        [
            "Pääkäyttäjä: pitää rekisteriä siitä, kuka saa asioida kenenkin puolesta. Ei näe terveystietoja.",
            "Administratör: för registret över vem som får uträtta ärenden för vem. Ser inga hälsouppgifter.",
            "Administrator: keeps the register of who may act for whom. Sees no health data.",
        ],
    ),
    (
        EDITOR,
        [
            "Sisällöntuottaja: kirjoittaa koko hyvinvointialueen ohjeet ja laatii kyselyt. Ei näe terveystietoja.",
            "Innehållsproducent: skriver hela välfärdsområdets anvisningar och gör frågeformulären. Ser inga hälsouppgifter.",
            "Content editor: writes the county's guides and builds its questionnaires. Sees no health data.",
        ],
    ),
];

/// Citizens first, then professionals; the first of each share a unit.
pub(crate) fn personas() -> Vec<DemoPersonaSpec> {
    let grown = CITIZENS.iter().enumerate().filter(|(_, spec)| spec.age >= 12);
    let citizens = grown.map(|(index, spec)| DemoPersonaSpec {
        person: DemoPerson::Citizen(index),
        description: local_text(spec.description),
    });
    let professionals = PROFESSIONALS.iter().enumerate().map(|(index, words)| DemoPersonaSpec {
        person: DemoPerson::Professional(index),
        description: local_text(*words),
    });
    let officials = OFFICIALS.iter().map(|(place, words)| DemoPersonaSpec {
        person: DemoPerson::Professional(*place),
        description: local_text(*words),
    });
    citizens.chain(professionals).chain(officials).collect()
}
