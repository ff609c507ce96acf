//! Other words by which people look for a topic.

use crate::units::Words;

const WORDS: &[(&str, Words)] = &[
    (
        "prescription",
        [
            "resepti, lääke, lääkkeet, lääkemääräys, uusinta, apteekki",
            "läkemedel, medicin, apotek, receptförnyelse",
            "medicine, medication, drugs, pharmacy, refill",
        ],
    ),
    ("labs", ["verikoe, labra, näyte, tulos", "blodprov, labb, prov", "blood test, lab, sample, result"]),
    (
        "bp",
        ["verenpainemittari, paineet, RR", "blodtrycksmätare, tryck", "hypertension, blood pressure meter"],
    ),
    (
        "appointment",
        [
            "ajanvaraus, aika lääkärille, vastaanottoaika, peruutus",
            "tidsbokning, läkartid, avbokning",
            "booking, doctor, cancel, reschedule",
        ],
    ),
    (
        "symptom",
        [
            "kipu, kuume, yskä, flunssa, ihottuma, vatsa, päänsärky, sairas",
            "smärta, feber, hosta, förkylning, utslag, mage, sjuk",
            "pain, fever, cough, cold, rash, stomach, headache, ill",
        ],
    ),
    (
        "certificate",
        [
            "lääkärintodistus, sairausloma, Kela, ajokortti, B-lausunto",
            "läkarintyg, sjukledighet, FPA, körkort",
            "doctor's note, sick leave, Kela, driving licence",
        ],
    ),
    (
        "vaccination",
        [
            "rokote, influenssa, korona, matkailijan rokotus, jäykkäkouristus",
            "vaccin, influensa, corona, stelkramp",
            "vaccine, influenza, flu shot, covid, tetanus",
        ],
    ),
    (
        "wound",
        ["haava, tikit, side, palovamma", "sår, stygn, bandage, brännskada", "cut, stitches, bandage, burn"],
    ),
    (
        "supplies",
        ["insuliini, hoitotarvikejakelu, vaipat", "insulin, utdelning, blöjor", "insulin, nappies, supplies"],
    ),
    (
        "diabetes",
        ["sokeri, insuliini, HbA1c, pitkäsokeri", "socker, insulin, HbA1c", "sugar, insulin, HbA1c"],
    ),
    ("heart", ["sydän, rytmihäiriö, vajaatoiminta", "hjärta, rytmstörning", "heart, arrhythmia"]),
    ("inr", ["Marevan, varfariini", "Marevan, warfarin", "Marevan, warfarin, blood thinner"]),
    (
        "pregnancy",
        [
            "raskaana, äitiysneuvola, ultraääni",
            "gravid, mödrarådgivning, ultraljud",
            "pregnant, maternity clinic, ultrasound",
        ],
    ),
    (
        "baby",
        [
            "vauva, imetys, korvike, itku, uni",
            "amning, ersättning, gråt, sömn",
            "newborn, formula, crying, sleep",
        ],
    ),
    ("growth", ["paino, pituus, puhe, neuvola", "vikt, längd, tal, rådgivning", "weight, height, speech"]),
    ("childvaccine", ["rokote, neuvola, MPR", "vaccin, rådgivning", "vaccine, shots"]),
    (
        "contraception",
        ["pillerit, kierukka, ehkäisypillerit", "p-piller, spiral", "pill, coil, birth control"],
    ),
    (
        "mood",
        [
            "masennus, ahdistaa, stressi, uupumus, paniikki",
            "depression, ångest, stress, utmattning",
            "depression, anxious, stress, burnout",
        ],
    ),
    ("sleep", ["unettomuus, nukkuminen, valvominen", "sömnlöshet, sova", "insomnia, sleeping"]),
    ("substance", ["alkoholi, huumeet, juominen", "alkohol, droger", "alcohol, drugs, drinking"]),
    (
        "back",
        [
            "selkäkipu, polvi, olkapää, niska, jumppa",
            "ryggvärk, knä, axel, nacke",
            "back pain, knee, shoulder, neck",
        ],
    ),
    (
        "aids",
        [
            "rollaattori, pyörätuoli, kyynärsauvat, kepit",
            "rollator, rullstol, kryckor",
            "walker, wheelchair, crutches",
        ],
    ),
    ("tooth", ["hammas, hampaat, hammaslääkäri, särky", "tand, tänder, tandläkare", "teeth, dentist, ache"]),
    (
        "dentist",
        ["hammas, hammaslääkäri, tarkastus", "tand, tandläkare, kontroll", "teeth, dentist, check-up"],
    ),
    ("visits", ["hoitaja, kotiin, käyntiaika", "vårdare, hem, besökstid", "carer, home visit"]),
    ("homemedicine", ["lääke, lääkejakelu, dosetti", "medicin, dosett", "medicine, pill box"]),
    ("family", ["jaksaminen, apua kotiin, perheohjaus", "orka, hjälp hemma", "help at home, parenting"]),
    (
        "money",
        ["raha, toimeentulotuki, laskut", "pengar, utkomststöd, räkningar", "money, bills, income support"],
    ),
    ("needs", ["vanhus, apu kotiin, kotona pärjääminen", "äldre, hjälp hemma", "elderly, help at home"]),
    ("carer", ["omaishoitaja, vapaapäivät", "närståendevårdare, lediga dagar", "carer, days off"]),
    ("transport", ["taksi, taksikortti, kyyti", "taxi, skjuts", "taxi, ride"]),
    ("memory", ["muisti, dementia, Alzheimer", "minne, demens, Alzheimer", "dementia, Alzheimer's"]),
];

/// The words of the topic of `key`; none for some.
pub(crate) fn of(key: &str) -> Words {
    WORDS.iter().find(|(topic, _)| *topic == key).map_or(["", "", ""], |(_, words)| *words)
}
