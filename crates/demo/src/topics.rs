//! Topics in the words citizens use, and how each unit has picked its own from them.

use crate::units::Words;

/// A topic: what scripts call it, and its name.
pub(crate) type TopicSpec = (&'static str, Words);

const PRESCRIPTION: TopicSpec =
    ("prescription", ["Reseptin uusiminen", "Förnya ett recept", "Renew a prescription"]);
const LABS: TopicSpec = (
    "labs",
    ["Laboratoriokokeet ja tulokset", "Laboratorieprov och provsvar", "Laboratory tests and results"],
);
const BLOOD_PRESSURE: TopicSpec =
    ("bp", ["Verenpaineen seuranta", "Uppföljning av blodtrycket", "Blood pressure follow-up"]);
const APPOINTMENT: TopicSpec = (
    "appointment",
    [
        "Ajan varaaminen, siirtäminen tai peruminen",
        "Boka, flytta eller avboka en tid",
        "Book, move or cancel an appointment",
    ],
);
const SYMPTOM: TopicSpec = (
    "symptom",
    [
        "Oire tai vaiva, joka ei ole kiireellinen",
        "Symtom eller besvär som inte är brådskande",
        "A symptom or complaint that is not urgent",
    ],
);
const CERTIFICATE: TopicSpec =
    ("certificate", ["Todistukset ja lausunnot", "Intyg och utlåtanden", "Certificates and statements"]);
const VACCINATION: TopicSpec = ("vaccination", ["Rokotukset", "Vaccinationer", "Vaccinations"]);
const WOUND: TopicSpec = (
    "wound",
    [
        "Haavanhoito ja ompeleiden poisto",
        "Sårvård och borttagning av stygn",
        "Wound care and removal of stitches",
    ],
);
const SUPPLIES: TopicSpec = (
    "supplies",
    [
        "Hoitotarvikkeet: liuskat, neulat, sensorit",
        "Vårdartiklar: stickor, nålar, sensorer",
        "Care supplies: test strips, needles, sensors",
    ],
);

/// Reception in Kajaani.
pub(crate) const KAJAANI: &[TopicSpec] =
    &[PRESCRIPTION, LABS, APPOINTMENT, SYMPTOM, BLOOD_PRESSURE, VACCINATION, CERTIFICATE];
/// Reception in Kuhmo.
pub(crate) const KUHMO: &[TopicSpec] = &[PRESCRIPTION, BLOOD_PRESSURE, LABS, APPOINTMENT, SYMPTOM, WOUND];
/// Reception in Sotkamo.
pub(crate) const SOTKAMO: &[TopicSpec] =
    &[PRESCRIPTION, LABS, APPOINTMENT, SYMPTOM, CERTIFICATE, VACCINATION];
/// Reception in Suomussalmi.
pub(crate) const SUOMUSSALMI: &[TopicSpec] =
    &[PRESCRIPTION, LABS, APPOINTMENT, SYMPTOM, BLOOD_PRESSURE, WOUND];

/// The privacy officer.
pub(crate) const TIETOSUOJA: &[TopicSpec] = &[(
    "privacy",
    [
        "Kysymys omien tietojesi käytöstä",
        "Fråga om hur dina uppgifter har använts",
        "A question about how your data was used",
    ],
)];

/// Diabetes and heart nurse.
pub(crate) const DIABETES: &[TopicSpec] = &[
    ("diabetes", ["Diabetes ja verensokeri", "Diabetes och blodsocker", "Diabetes and blood sugar"]),
    ("heart", ["Sydänsairauden seuranta", "Uppföljning av hjärtsjukdom", "Heart disease follow-up"]),
    (
        "inr",
        ["Verenohennuslääkitys (INR)", "Blodförtunnande medicin (INR)", "Blood-thinning medication (INR)"],
    ),
    SUPPLIES,
];
/// Maternity and child health clinic.
pub(crate) const NEUVOLA: &[TopicSpec] = &[
    ("pregnancy", ["Raskaus", "Graviditet", "Pregnancy"]),
    ("baby", ["Vauvan hoito ja imetys", "Babyvård och amning", "Baby care and breastfeeding"]),
    (
        "growth",
        ["Lapsen kasvu ja kehitys", "Barnets tillväxt och utveckling", "A child's growth and development"],
    ),
    ("childvaccine", ["Lapsen rokotukset", "Barnets vaccinationer", "A child's vaccinations"]),
    ("contraception", ["Ehkäisy", "Preventivmedel", "Contraception"]),
];
/// Mental health and substance abuse services.
pub(crate) const MIELI: &[TopicSpec] = &[
    ("mood", ["Mieliala ja ahdistus", "Sinnesstämning och ångest", "Mood and anxiety"]),
    ("sleep", ["Uniongelmat", "Sömnproblem", "Sleep problems"]),
    ("mindmedicine", ["Mielialalääkitys", "Medicinering för psykisk hälsa", "Medication for mental health"]),
    ("substance", ["Päihteiden käyttö", "Bruk av rusmedel", "Use of alcohol or drugs"]),
    (
        "mindappointment",
        ["Ajan siirtäminen tai peruminen", "Flytta eller avboka en tid", "Move or cancel an appointment"],
    ),
];
/// Physiotherapy.
pub(crate) const FYSIO: &[TopicSpec] = &[
    ("back", ["Selkä, niska ja nivelet", "Rygg, nacke och leder", "Back, neck and joints"]),
    (
        "rehab",
        ["Kuntoutus leikkauksen jälkeen", "Rehabilitering efter operation", "Rehabilitation after surgery"],
    ),
    (
        "aids",
        [
            "Apuvälineiden lainaus ja palautus",
            "Lån och återlämning av hjälpmedel",
            "Borrow and return assistive devices",
        ],
    ),
];
/// Oral health care.
pub(crate) const SUU: &[TopicSpec] = &[
    (
        "tooth",
        [
            "Hammassärky, lohkeama tai muu vaiva",
            "Tandvärk, avbruten tand eller annat besvär",
            "Toothache, broken tooth or other trouble",
        ],
    ),
    (
        "dentist",
        ["Hoitoajan varaaminen tai peruminen", "Boka eller avboka en tid", "Book or cancel an appointment"],
    ),
    ("denture", ["Hammasproteesit", "Tandproteser", "Dentures"]),
    (
        "childteeth",
        ["Lapsen hampaat ja oikomishoito", "Barnets tänder och tandreglering", "A child's teeth and braces"],
    ),
];
/// Home care.
pub(crate) const KOTIHOITO: &[TopicSpec] = &[
    ("visits", ["Kotikäynnit ja niiden ajat", "Hembesök och tider", "Home visits and their times"]),
    ("homemedicine", ["Lääkkeet kotona", "Mediciner hemma", "Medicines at home"]),
    (
        "meals",
        [
            "Ateriat, turvaranneke ja muut tukipalvelut",
            "Måltider, trygghetsarmband och annan stödservice",
            "Meals, safety wristband and other support services",
        ],
    ),
];
/// Social services for families with children.
pub(crate) const PERHE: &[TopicSpec] = &[
    (
        "family",
        [
            "Perhetyö ja lapsiperheiden kotipalvelu",
            "Familjearbete och hemservice för barnfamiljer",
            "Family work and home help for families",
        ],
    ),
    (
        "custody",
        [
            "Ero, huoltajuus ja tapaamiset",
            "Skilsmässa, vårdnad och umgänge",
            "Divorce, custody and visiting rights",
        ],
    ),
    (
        "teen",
        [
            "Huoli lapsesta tai nuoresta",
            "Oro för ett barn eller en ung person",
            "Concern about a child or young person",
        ],
    ),
    ("money", ["Taloudellinen tuki", "Ekonomiskt stöd", "Financial support"]),
];
/// Services for older people.
pub(crate) const IKAANTYNEET: &[TopicSpec] = &[
    ("needs", ["Palvelutarpeen arviointi", "Bedömning av servicebehovet", "Assessment of service needs"]),
    ("carer", ["Omaishoidon tuki", "Stöd för närståendevård", "Support for informal care"]),
    ("housing", ["Asumispalvelut", "Boendeservice", "Housing services"]),
    ("transport", ["Kuljetuspalvelu", "Färdtjänst", "Transport service"]),
    ("memory", ["Muistiin liittyvät huolet", "Oro för minnet", "Concerns about memory"]),
];
