//! The reply templates of units, by what a unit does.

use omasote_types::language::{Language, LocalText};
use omasote_types::templates::TemplateContent;

use crate::units::{Words, local_text};

/// A title and a text without its end, which is the same in all.
type TemplateSpec = (Words, Words);

/// The end of every text. Titles are kept in Finnish, so that the other languages go without.
const END: Words = [
    "\n\nTerveisin\n{professional_name}, {professional_title}\n{unit_name}",
    "\n\nHälsningar\n{professional_name}\n{unit_name}",
    "\n\nKind regards,\n{professional_name}\n{unit_name}",
];

/// What any unit writes.
const COMMON: &[TemplateSpec] = &[
    (
        ["Tarvitaan lisätietoja", "Vi behöver veta mer", "More information is needed"],
        [
            "Hei {client_given_name}!\n\nKiitos viestistäsi. Jotta voimme auttaa, kerro vielä:\n– milloin vaiva tai asia \
             alkoi\n– onko se muuttunut sen jälkeen\n– mitä olet jo kokeillut.\n\nVoit vastata tähän viestiin.",
            "Hej {client_given_name}!\n\nTack för ditt meddelande. För att vi ska kunna hjälpa dig, berätta ännu:\n– när \
             besväret eller ärendet började\n– om det har förändrats sedan dess\n– vad du redan har prövat.\n\nDu kan \
             svara på det här meddelandet.",
            "Hello {client_given_name}!\n\nThank you for your message. So that we can help you, please also tell us:\n– \
             when the problem began\n– whether it has changed since then\n– what you have already tried.\n\nYou can \
             reply to this message.",
        ],
    ),
    (
        ["Soita meille", "Ring oss", "Please call us"],
        [
            "Hei {client_given_name}!\n\nAsiasi on helpoin hoitaa puhelimessa. Soita meille numeroon {unit_phone}. Kerro \
             puhelussa, että olet lähettänyt viestin Omasotessa.",
            "Hej {client_given_name}!\n\nDitt ärende är lättast att sköta per telefon. Ring oss på numret {unit_phone}. \
             Berätta när du ringer att du har skickat ett meddelande i Omasote.",
            "Hello {client_given_name}!\n\nThis is easiest to settle over the phone. Please call us on {unit_phone}. When \
             you call, tell us that you have sent a message in Omasote.",
        ],
    ),
];

const RECEPTION: &[TemplateSpec] = &[
    (
        ["Resepti on uusittu", "Receptet är förnyat", "Prescription renewed"],
        [
            "Hei {client_given_name}!\n\nReseptisi on uusittu {today}. Voit hakea lääkkeen mistä tahansa apteekista. Ota \
             mukaan henkilötodistus.",
            "Hej {client_given_name}!\n\nDitt recept förnyades {today}. Du kan hämta läkemedlet på vilket apotek som helst. \
             Ta med en identitetshandling.",
            "Hello {client_given_name}!\n\nYour prescription was renewed on {today}. You can collect the medicine from any \
             pharmacy. Bring proof of identity with you.",
        ],
    ),
    (
        ["Laboratoriokoe on tilattu", "Laboratorieprovet är beställt", "Laboratory test ordered"],
        [
            "Hei {client_given_name}!\n\nTilasimme sinulle laboratoriokokeen. Varaa itse aika näytteenottoon. Lue ajan \
             varattuasi ohje: joitakin kokeita varten ei saa syödä tai juoda edeltävänä yönä.",
            "Hej {client_given_name}!\n\nVi har beställt ett laboratorieprov åt dig. Boka själv en tid för provtagningen. Läs \
             anvisningen när du har bokat: inför vissa prov får du inte äta eller dricka under natten före.",
            "Hello {client_given_name}!\n\nWe have ordered a laboratory test for you. Please book a time for it yourself. Read \
             the instructions when you have booked: before some tests you must not eat or drink during the night before.",
        ],
    ),
    (
        ["Tulokset ovat kunnossa", "Provsvaren är bra", "Results are fine"],
        [
            "Hei {client_given_name}!\n\nTuloksesi ovat kunnossa. Uusia kokeita ei nyt tarvita. Jos vointisi muuttuu, kirjoita \
             meille uudelleen.",
            "Hej {client_given_name}!\n\nDina provsvar är bra. Nya prov behövs inte just nu. Om ditt mående förändras, skriv \
             till oss på nytt.",
            "Hello {client_given_name}!\n\nYour results are fine. No new tests are needed now. If your condition changes, \
             write to us again.",
        ],
    ),
    (
        ["Verenpaineen mittaus kotona", "Mät blodtrycket hemma", "Measure your blood pressure at home"],
        [
            "Hei {client_given_name}!\n\nMittaa verenpaineesi kotona neljänä päivänä. Mittaa kaksi kertaa aamulla ja kaksi \
             kertaa illalla. Istu ennen mittausta viisi minuuttia rauhassa. Lähetä tulokset vastauksena tähän viestiin.",
            "Hej {client_given_name}!\n\nMät ditt blodtryck hemma under fyra dagar. Mät två gånger på morgonen och två gånger \
             på kvällen. Sitt lugnt i fem minuter före mätningen. Skicka resultaten som svar på det här meddelandet.",
            "Hello {client_given_name}!\n\nMeasure your blood pressure at home for four days. Measure twice in the morning and \
             twice in the evening. Sit quietly for five minutes first. Send us the results in reply to this message.",
        ],
    ),
];

const DIABETES: &[TemplateSpec] = &[
    (
        ["Verensokerin seuranta", "Följ upp blodsockret", "Blood sugar follow-up"],
        [
            "Hei {client_given_name}!\n\nMittaa verensokeri kolmena päivänä: aamulla ennen ruokaa ja kaksi tuntia pääaterian \
             jälkeen. Lähetä tulokset vastauksena tähän viestiin.",
            "Hej {client_given_name}!\n\nMät blodsockret under tre dagar: på morgonen före maten och två timmar efter \
             huvudmåltiden. Skicka resultaten som svar på det här meddelandet.",
            "Hello {client_given_name}!\n\nMeasure your blood sugar on three days: in the morning before eating and two hours \
             after the main meal. Send us the results in reply to this message.",
        ],
    ),
    (
        ["Hoitotarvikkeet on tilattu", "Vårdartiklarna är beställda", "Care supplies ordered"],
        [
            "Hei {client_given_name}!\n\nHoitotarvikkeesi on tilattu {today}. Saat tekstiviestin, kun voit hakea ne.",
            "Hej {client_given_name}!\n\nDina vårdartiklar beställdes {today}. Du får ett sms när du kan hämta dem.",
            "Hello {client_given_name}!\n\nYour care supplies were ordered on {today}. You will get a text message when you can \
             collect them.",
        ],
    ),
];

const NEUVOLA: &[TemplateSpec] = &[
    (
        ["Ensimmäinen neuvola-aika", "Första besöket på rådgivningen", "First clinic visit"],
        [
            "Hei {client_given_name}!\n\nOnnea raskaudesta! Varaa ensimmäinen neuvola-aika soittamalla numeroon {unit_phone}. \
             Voit ottaa mukaan kumppanin tai muun läheisen.",
            "Hej {client_given_name}!\n\nGrattis till graviditeten! Boka det första besöket genom att ringa {unit_phone}. Du \
             kan ta med din partner eller någon annan närstående.",
            "Hello {client_given_name}!\n\nCongratulations on your pregnancy! Book your first visit by calling {unit_phone}. \
             You can bring your partner or someone else close to you.",
        ],
    ),
    (
        ["Kuume rokotuksen jälkeen", "Feber efter vaccination", "Fever after a vaccination"],
        [
            "Hei {client_given_name}!\n\nRokotuksen jälkeen lapselle voi nousta kuume. Se kestää yleensä yhdestä kahteen \
             päivää. Tarjoa lapselle juotavaa ja seuraa vointia. Jos lapsi on veltto tai hengittää huonosti, soita 112.",
            "Hej {client_given_name}!\n\nBarnet kan få feber efter en vaccination. Den går oftast över på en till två dagar. Ge \
             barnet att dricka och följ med hur det mår. Om barnet är slappt eller andas dåligt, ring 112.",
            "Hello {client_given_name}!\n\nA child can get a fever after a vaccination. It usually lasts one to two days. Offer \
             the child something to drink and keep an eye on them. If the child is limp or has trouble breathing, call 112.",
        ],
    ),
];

const MIELI: &[TemplateSpec] = &[
    (
        ["Aika on siirretty", "Tiden är flyttad", "Appointment moved"],
        [
            "Hei {client_given_name}!\n\nSiirsimme aikasi. Uusi aika on ____.\n\nJos aika ei sovi, vastaa tähän viestiin.",
            "Hej {client_given_name}!\n\nVi har flyttat din tid. Den nya tiden är ____.\n\nOm tiden inte passar, svara på det här \
             meddelandet.",
            "Hello {client_given_name}!\n\nWe have moved your appointment. The new time is ____.\n\nIf the time does not suit you, \
             reply to this message.",
        ],
    ),
    (
        ["Apua heti", "Hjälp genast", "Help at once"],
        [
            "Hei {client_given_name}!\n\nJos vointisi huononee, älä jää yksin. Soita meille numeroon {unit_phone}. Kun emme ole \
             paikalla, soita Päivystysapuun 116117. Hengenvaarassa soita 112.",
            "Hej {client_given_name}!\n\nOm du mår sämre, bli inte ensam. Ring oss på {unit_phone}. När vi inte är på plats, \
             ring Jourhjälpen 116117. Vid livsfara, ring 112.",
            "Hello {client_given_name}!\n\nIf you feel worse, do not stay alone. Call us on {unit_phone}. When we are closed, \
             call the Medical Helpline 116117. If your life is in danger, call 112.",
        ],
    ),
];

const FYSIO: &[TemplateSpec] = &[(
    ["Selkäkivun kotihoito", "Ryggsmärta: vård hemma", "Back pain: care at home"],
    [
        "Hei {client_given_name}!\n\nSelkäkipu helpottaa yleensä muutamassa viikossa. Liiku voinnin mukaan. Vältä pitkää \
         makaamista. Jos jalka puutuu tai virtsaaminen vaikeutuu, soita heti 116117.",
        "Hej {client_given_name}!\n\nRyggsmärta lättar oftast på några veckor. Rör på dig så mycket du orkar. Undvik att ligga \
         länge. Om benet domnar eller om du har svårt att kissa, ring genast 116117.",
        "Hello {client_given_name}!\n\nBack pain usually eases in a few weeks. Keep moving as you are able. Avoid lying down for \
         long. If your leg goes numb or you have trouble urinating, call 116117 at once.",
    ],
)];

const SUU: &[TemplateSpec] = &[(
    ["Hoito-ohje hampaan poiston jälkeen", "Efter att en tand dragits ut", "After a tooth is removed"],
    [
        "Hei {client_given_name}!\n\nÄlä huuhtele suuta ensimmäisen vuorokauden aikana. Syö pehmeää ja viileää ruokaa. Jos \
         verenvuoto ei lopu tai kipu pahenee, soita numeroon {unit_phone}.",
        "Hej {client_given_name}!\n\nSkölj inte munnen under det första dygnet. Ät mjuk och sval mat. Om det inte slutar blöda \
         eller om smärtan blir värre, ring {unit_phone}.",
        "Hello {client_given_name}!\n\nDo not rinse your mouth during the first 24 hours. Eat soft, cool food. If the bleeding \
         does not stop or the pain gets worse, call {unit_phone}.",
    ],
)];

const KOTIHOITO: &[TemplateSpec] = &[(
    ["Käynnin aika muuttuu", "Tiden för besöket ändras", "Visit time changes"],
    [
        "Hei {client_given_name}!\n\nKotihoidon käynnin aika muuttuu. Uusi aika on ____.\n\nJos aika ei sovi, soita meille numeroon \
         {unit_phone}.",
        "Hej {client_given_name}!\n\nTiden för hemvårdens besök ändras. Den nya tiden är ____.\n\nOm tiden inte passar, ring oss på \
         {unit_phone}.",
        "Hello {client_given_name}!\n\nThe time of our home visit changes. The new time is ____.\n\nIf the time does not suit you, \
         call us on {unit_phone}.",
    ],
)];

const PERHE: &[TemplateSpec] = &[(
    ["Hakemus on saapunut", "Ansökan har kommit fram", "Application received"],
    [
        "Hei {client_given_name}!\n\nSaimme hakemuksesi {today}. Käsittelemme sen ja kysymme sinulta, jos siitä puuttuu jotain. \
         Saat päätöksen kirjallisena.",
        "Hej {client_given_name}!\n\nVi fick din ansökan {today}. Vi behandlar den och frågar dig om något saknas. Du får \
         beslutet skriftligt.",
        "Hello {client_given_name}!\n\nWe received your application on {today}. We will go through it and ask you if something is \
         missing. You will get the decision in writing.",
    ],
)];

const IKAANTYNEET: &[TemplateSpec] = &[(
    ["Arviointikäynti kotona", "Bedömningsbesök hemma", "Assessment visit at home"],
    [
        "Hei {client_given_name}!\n\nTulemme käymään kotonasi ja arvioimme yhdessä kanssasi, mitä apua tarvitset. Läheisesi voi \
         olla mukana. Ehdota sopivaa päivää vastaamalla tähän viestiin.",
        "Hej {client_given_name}!\n\nVi kommer hem till dig och bedömer tillsammans med dig vilken hjälp du behöver. En \
         närstående kan vara med. Föreslå en dag genom att svara på det här meddelandet.",
        "Hello {client_given_name}!\n\nWe will visit you at home and assess together with you what help you need. Someone close \
         to you can be there. Please suggest a day by replying to this message.",
    ],
)];

const TIETOSUOJA: &[TemplateSpec] = &[(
    [
        "Selvitämme tietojen käytön",
        "Vi utreder hur uppgifterna använts",
        "We are looking into the use of your data",
    ],
    [
        "Hei {client_given_name}!\n\nSelvitämme, kuka on katsonut tietojasi ja miksi. Kerromme tuloksen sinulle tässä \
         viestiketjussa.",
        "Hej {client_given_name}!\n\nVi utreder vem som har tittat på dina uppgifter och varför. Vi berättar resultatet för dig \
         i den här konversationen.",
        "Hello {client_given_name}!\n\nWe are looking into who has viewed your data and why. We will tell you the result in this \
         conversation.",
    ],
)];

/// The templates of the unit of `key`.
pub(crate) fn of_unit(key: &str) -> Vec<TemplateContent> {
    let own = match key {
        "diabetes" => DIABETES,
        "neuvola" => NEUVOLA,
        "mieli" => MIELI,
        "fysio" => FYSIO,
        "suu" => SUU,
        "kotihoito" => KOTIHOITO,
        "perhe" => PERHE,
        "ikaantyneet" => IKAANTYNEET,
        "tietosuoja" => TIETOSUOJA,
        _ => RECEPTION,
    };
    COMMON.iter().chain(own).map(content).collect()
}

fn content((title, body): &TemplateSpec) -> TemplateContent {
    let (body, end) = (local_text(*body), local_text(END));
    let whole = |language: Language| format!("{}{}", body.text(language), end.text(language));
    let body = LocalText { fi: whole(Language::Fi), sv: whole(Language::Sv), en: whole(Language::En) };
    TemplateContent { title: local_text(*title), body }
}
