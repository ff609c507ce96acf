//! What can be measured at home: the codes, units and bounds of each kind. Only data; what is done with it is in `crates/rules`.
//!
//! LOINC and UCUM codes are those of the Kanta R4 examples (finnish-base-profiles, CC0) and of FHIR's vital signs. Targets are those
//! of Käypä hoito where a comment says so; the other targets, and all hard and soft bounds, are proposals that wait for a county's
//! clinicians. A professional's target for the citizen always comes before them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::targets::{Bound, TargetRange};
use crate::decimal::Decimal;
use crate::language::Language;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasurementKind {
    /// Systolic and diastolic pressure, and the pulse that the meter shows.
    BloodPressure,
    /// The pulse alone, at rest.
    Pulse,
    /// The weight.
    Weight,
    /// The height. With the weight it gives the body mass index, which is never entered.
    Height,
    /// Around the waist.
    Waist,
    /// The temperature of the body.
    Temperature,
    /// Oxygen saturation by a pulse oximeter.
    OxygenSaturation,
    /// Breaths in a minute.
    RespiratoryRate,
    /// Blood glucose from a fingertip, by a meter.
    Glucose,
    /// Glucose of the tissue, by a sensor that measures all the time.
    TissueGlucose,
    /// HbA1c, the long-term glucose.
    Hba1c,
    /// Peak expiratory flow: of several blows the best counts.
    Pef,
    /// INR from a fingertip.
    Inr,
    /// Steps of a day.
    Steps,
    /// Hours of sleep.
    Sleep,
    /// Pain from 0 to 10.
    Pain,
}

/// A number of a measurement. Blood pressure has three, everything else one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// The only number of what has one.
    Value,
    /// Systolic pressure.
    Systolic,
    /// Diastolic pressure.
    Diastolic,
    /// The pulse beside a blood pressure; it may be absent.
    Pulse,
}

/// How a measurement stands to meals, sleep or medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasurementContext {
    /// After a night, or at least eight hours, without food.
    Fasting,
    /// Before a meal.
    BeforeMeal,
    /// About two hours after a meal.
    AfterMeal,
    /// At bedtime.
    Bedtime,
    /// Before the medicine.
    BeforeMedicine,
    /// 15 to 20 minutes after the medicine.
    AfterMedicine,
}

/// A part of the day by the clock of Finland.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// From 5:00.
    Morning,
    /// From 11:00.
    Day,
    /// From 17:00.
    Evening,
    /// From 22:00.
    Night,
}

/// A text in Finnish, Swedish and English.
pub type Texts = [&'static str; 3];

/// A unit that a value may be entered in beside the one that it is kept in. The kept value is the entered one times
/// `numerator / denominator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherUnit {
    /// Its UCUM code, as it stands on the wire.
    pub ucum: &'static str,
    /// As people read it.
    pub shown: &'static str,
    /// What an entered value is multiplied by.
    pub numerator: i64,
    /// What it is divided by.
    pub denominator: i64,
    /// How many decimals are entered in it at most.
    pub decimals: u8,
}

/// What there is to know of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComponentFacts {
    /// Which number.
    pub component: Component,
    /// What it is called beside the others.
    pub name: Texts,
    /// Its LOINC code.
    pub loinc: &'static str,
    /// The UCUM code of the unit that it is kept in.
    pub ucum: &'static str,
    /// The unit as people read it.
    pub unit: Texts,
    /// How many decimals it is kept with.
    pub decimals: u8,
    /// Outside of these it is no measurement: refused.
    pub hard: (Decimal, Decimal),
    /// Outside of these it is asked whether it is right.
    pub soft: (Decimal, Decimal),
    /// Other units that it may be entered in.
    pub other_units: &'static [OtherUnit],
    /// Whether a measurement may be without it.
    pub is_optional: bool,
}

/// What there is to know of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindFacts {
    /// The kind.
    pub kind: MeasurementKind,
    /// The code as it stands on the wire.
    pub code: &'static str,
    /// What it is called.
    pub name: Texts,
    /// The LOINC code of the whole: of a panel, when there are several numbers.
    pub loinc: &'static str,
    /// Its numbers.
    pub components: &'static [ComponentFacts],
    /// How it may stand to meals, sleep and medicine.
    pub contexts: &'static [MeasurementContext],
}

/// Thousandths as a number; the table below holds nothing else.
const fn n(thousandths: i32) -> Decimal {
    Decimal::of_thousandths(thousandths)
}

/// A number of a kind that has one.
const fn one(
    loinc: &'static str,
    (ucum, unit): (&'static str, Texts),
    decimals: u8,
    hard: (Decimal, Decimal),
    soft: (Decimal, Decimal),
) -> ComponentFacts {
    ComponentFacts {
        component: Component::Value,
        name: ["", "", ""],
        loinc,
        ucum,
        unit,
        decimals,
        hard,
        soft,
        other_units: &[],
        is_optional: false,
    }
}

const PER_MINUTE: (&str, Texts) = ("/min", ["/min", "/min", "/min"]);
const MERCURY: (&str, Texts) = ("mm[Hg]", ["mmHg", "mmHg", "mmHg"]);
const MILLIMOLES: (&str, Texts) = ("mmol/L", ["mmol/l", "mmol/l", "mmol/L"]);
const CENTIMETRES: (&str, Texts) = ("cm", ["cm", "cm", "cm"]);
const PERCENT: (&str, Texts) = ("%", ["%", "%", "%"]);

/// 1 mmol/l of glucose is 18.016 mg/dl.
const MILLIGRAMS: OtherUnit =
    OtherUnit { ucum: "mg/dL", shown: "mg/dl", numerator: 1000, denominator: 18_016, decimals: 0 };
/// A pound is 0.45359237 kg by definition.
const POUNDS: OtherUnit =
    OtherUnit { ucum: "[lb_av]", shown: "lb", numerator: 45_359_237, denominator: 100_000_000, decimals: 1 };
/// An inch is 2.54 cm by definition.
const INCHES: OtherUnit =
    OtherUnit { ucum: "[in_i]", shown: "in", numerator: 254, denominator: 100, decimals: 1 };

const SYSTOLIC: ComponentFacts = ComponentFacts {
    component: Component::Systolic,
    name: ["Yläpaine", "Övertryck", "Systolic"],
    ..one("8480-6", MERCURY, 0, (n(40_000), n(300_000)), (n(70_000), n(220_000)))
};
const DIASTOLIC: ComponentFacts = ComponentFacts {
    component: Component::Diastolic,
    name: ["Alapaine", "Undertryck", "Diastolic"],
    ..one("8462-4", MERCURY, 0, (n(20_000), n(200_000)), (n(40_000), n(130_000)))
};
const PULSE: ComponentFacts = ComponentFacts {
    component: Component::Pulse,
    name: ["Syke", "Puls", "Pulse"],
    is_optional: true,
    ..PULSE_ALONE
};
const PULSE_ALONE: ComponentFacts =
    one("8867-4", PER_MINUTE, 0, (n(20_000), n(300_000)), (n(40_000), n(150_000)));

const MEALS: &[MeasurementContext] = &[
    MeasurementContext::Fasting,
    MeasurementContext::BeforeMeal,
    MeasurementContext::AfterMeal,
    MeasurementContext::Bedtime,
];
const MEDICINE: &[MeasurementContext] =
    &[MeasurementContext::BeforeMedicine, MeasurementContext::AfterMedicine];

/// A kind without contexts.
const fn kind(
    kind: MeasurementKind,
    code: &'static str,
    name: Texts,
    loinc: &'static str,
    components: &'static [ComponentFacts],
) -> KindFacts {
    KindFacts { kind, code, name, loinc, components, contexts: &[] }
}

/// Every kind, in the order in which they are shown.
pub const KINDS: [KindFacts; 16] = [
    kind(
        MeasurementKind::BloodPressure,
        "blood_pressure",
        ["Verenpaine", "Blodtryck", "Blood pressure"],
        "85354-9",
        &[SYSTOLIC, DIASTOLIC, PULSE],
    ),
    kind(MeasurementKind::Pulse, "pulse", ["Syke", "Puls", "Pulse"], "8867-4", &[PULSE_ALONE]),
    kind(
        MeasurementKind::Weight,
        "weight",
        ["Paino", "Vikt", "Weight"],
        "29463-7",
        &[ComponentFacts {
            other_units: &[POUNDS],
            ..one("29463-7", ("kg", ["kg", "kg", "kg"]), 1, (n(300), n(500_000)), (n(2_000), n(300_000)))
        }],
    ),
    kind(
        MeasurementKind::Height,
        "height",
        ["Pituus", "Längd", "Height"],
        "8302-2",
        &[ComponentFacts {
            other_units: &[INCHES],
            ..one("8302-2", CENTIMETRES, 1, (n(30_000), n(260_000)), (n(50_000), n(210_000)))
        }],
    ),
    kind(
        MeasurementKind::Waist,
        "waist",
        ["Vyötärönympärys", "Midjemått", "Waist"],
        "8280-0",
        &[ComponentFacts {
            other_units: &[INCHES],
            ..one("8280-0", CENTIMETRES, 1, (n(30_000), n(250_000)), (n(55_000), n(150_000)))
        }],
    ),
    kind(
        MeasurementKind::Temperature,
        "temperature",
        ["Lämpö", "Temperatur", "Temperature"],
        "8310-5",
        &[one("8310-5", ("Cel", ["°C", "°C", "°C"]), 1, (n(30_000), n(44_000)), (n(34_000), n(41_000)))],
    ),
    kind(
        MeasurementKind::OxygenSaturation,
        "oxygen_saturation",
        ["Happisaturaatio", "Syremättnad", "Oxygen saturation"],
        "59408-5",
        &[one("59408-5", PERCENT, 0, (n(40_000), n(100_000)), (n(85_000), n(100_000)))],
    ),
    kind(
        MeasurementKind::RespiratoryRate,
        "respiratory_rate",
        ["Hengitystiheys", "Andningsfrekvens", "Respiratory rate"],
        "9279-1",
        &[one("9279-1", PER_MINUTE, 0, (n(4_000), n(80_000)), (n(8_000), n(30_000)))],
    ),
    KindFacts {
        contexts: MEALS,
        ..kind(
            MeasurementKind::Glucose,
            "glucose",
            ["Verensokeri", "Blodsocker", "Blood glucose"],
            "14743-9",
            &[ComponentFacts {
                other_units: &[MILLIGRAMS],
                ..one("14743-9", MILLIMOLES, 1, (n(500), n(50_000)), (n(2_500), n(25_000)))
            }],
        )
    },
    kind(
        MeasurementKind::TissueGlucose,
        "tissue_glucose",
        ["Kudossokeri", "Vävnadsglukos", "Sensor glucose"],
        "14745-4",
        &[ComponentFacts {
            other_units: &[MILLIGRAMS],
            ..one("14745-4", MILLIMOLES, 1, (n(500), n(50_000)), (n(2_000), n(25_000)))
        }],
    ),
    kind(
        MeasurementKind::Hba1c,
        "hba1c",
        ["Pitkäsokeri (HbA1c)", "Långtidssocker (HbA1c)", "HbA1c"],
        "59261-8",
        &[one(
            "59261-8",
            ("mmol/mol", ["mmol/mol", "mmol/mol", "mmol/mol"]),
            0,
            (n(10_000), n(200_000)),
            (n(20_000), n(130_000)),
        )],
    ),
    KindFacts {
        contexts: MEDICINE,
        ..kind(
            MeasurementKind::Pef,
            "pef",
            ["PEF-puhallus", "PEF-blåsning", "Peak flow (PEF)"],
            "19935-6",
            &[one(
                "19935-6",
                ("L/min", ["l/min", "l/min", "L/min"]),
                0,
                (n(30_000), n(900_000)),
                (n(80_000), n(800_000)),
            )],
        )
    },
    kind(
        MeasurementKind::Inr,
        "inr",
        ["INR", "INR", "INR"],
        "46418-0",
        &[one("46418-0", ("{INR}", ["", "", ""]), 1, (n(500), n(15_000)), (n(1_000), n(8_000)))],
    ),
    kind(
        MeasurementKind::Steps,
        "steps",
        ["Askeleet", "Steg", "Steps"],
        "41950-7",
        &[one(
            "41950-7",
            ("{steps}", ["askelta", "steg", "steps"]),
            0,
            (n(0), n(200_000_000)),
            (n(0), n(60_000_000)),
        )],
    ),
    kind(
        MeasurementKind::Sleep,
        "sleep",
        ["Uni", "Sömn", "Sleep"],
        "93832-4",
        &[one("93832-4", ("h", ["h", "h", "h"]), 1, (n(0), n(24_000)), (n(3_000), n(14_000)))],
    ),
    kind(
        MeasurementKind::Pain,
        "pain",
        ["Kipu (0–10)", "Smärta (0–10)", "Pain (0–10)"],
        "72514-3",
        &[one("72514-3", ("{score}", ["", "", ""]), 0, (n(0), n(10_000)), (n(0), n(10_000)))],
    ),
];

impl MeasurementKind {
    /// What there is to know of it.
    #[must_use]
    pub fn facts(self) -> &'static KindFacts {
        let [first, ..] = &KINDS;
        KINDS.iter().find(|facts| facts.kind == self).unwrap_or(first)
    }

    /// The code as it stands on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.facts().code
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        KINDS.iter().find(|facts| facts.code == code).map(|facts| facts.kind)
    }
}

impl KindFacts {
    /// What there is to know of one of its numbers.
    #[must_use]
    pub fn component(&self, component: Component) -> Option<&'static ComponentFacts> {
        self.components.iter().find(|facts| facts.component == component)
    }

    /// What it is called in a language.
    #[must_use]
    pub const fn name_in(&self, language: Language) -> &'static str {
        text(self.name, language)
    }
}

impl ComponentFacts {
    /// What it is called beside the others in a language; empty when it is alone.
    #[must_use]
    pub const fn name_in(&self, language: Language) -> &'static str {
        text(self.name, language)
    }

    /// Its unit as people read it in a language.
    #[must_use]
    pub const fn unit_in(&self, language: Language) -> &'static str {
        text(self.unit, language)
    }
}

const fn text([fi, sv, en]: Texts, language: Language) -> &'static str {
    match language {
        Language::Fi => fi,
        Language::Sv => sv,
        Language::En => en,
    }
}

impl fmt::Display for MeasurementKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Component {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Value, Self::Systolic, Self::Diastolic, Self::Pulse];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Systolic => "systolic",
            Self::Diastolic => "diastolic",
            Self::Pulse => "pulse",
        }
    }
}

impl MeasurementContext {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Fasting,
        Self::BeforeMeal,
        Self::AfterMeal,
        Self::Bedtime,
        Self::BeforeMedicine,
        Self::AfterMedicine,
    ];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fasting => "fasting",
            Self::BeforeMeal => "before_meal",
            Self::AfterMeal => "after_meal",
            Self::Bedtime => "bedtime",
            Self::BeforeMedicine => "before_medicine",
            Self::AfterMedicine => "after_medicine",
        }
    }
}

impl PartOfDay {
    /// Every one, from the morning on.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Day, Self::Evening, Self::Night];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Day => "day",
            Self::Evening => "evening",
            Self::Night => "night",
        }
    }

    /// The part of an hour of the day.
    #[must_use]
    pub const fn of_hour(hour: u32) -> Self {
        match hour {
            5..=10 => Self::Morning,
            11..=16 => Self::Day,
            17..=21 => Self::Evening,
            _ => Self::Night,
        }
    }
}

/// The range of a number as long as no professional has set one for the citizen; none when it is individual.
#[must_use]
pub const fn usual_range(
    kind: MeasurementKind,
    component: Component,
    context: Option<MeasurementContext>,
) -> Option<TargetRange> {
    match (kind, component) {
        // Home readings by Käypä hoito (hoi04010); the alarm is a proposal.
        (MeasurementKind::BloodPressure, Component::Systolic) => Some(TargetRange {
            alarm_high: Some(Bound::outside(n(180_000))),
            ..TargetRange::below(n(135_000))
        }),
        (MeasurementKind::BloodPressure, Component::Diastolic) => Some(TargetRange {
            alarm_high: Some(Bound::outside(n(110_000))),
            ..TargetRange::below(n(85_000))
        }),
        (MeasurementKind::BloodPressure, Component::Pulse) | (MeasurementKind::Pulse, _) => {
            Some(TargetRange::from_to(n(50_000), n(100_000)))
        }
        (MeasurementKind::Temperature, _) => Some(TargetRange::below(n(37_500))),
        (MeasurementKind::OxygenSaturation, _) => {
            Some(TargetRange { low: Some(Bound::inside(n(94_000))), ..TargetRange::NONE })
        }
        (MeasurementKind::RespiratoryRate, _) => Some(TargetRange::from_to(n(12_000), n(20_000))),
        // Type 2 diabetes by Käypä hoito (hoi50056, kht00063).
        (MeasurementKind::Glucose, _) => match context {
            Some(MeasurementContext::AfterMeal) => {
                Some(TargetRange { low: Some(Bound::inside(n(4_000))), ..TargetRange::below(n(10_000)) })
            }
            Some(MeasurementContext::Fasting | MeasurementContext::BeforeMeal) => {
                Some(TargetRange::from_to(n(4_000), n(7_000)))
            }
            _ => Some(TargetRange::from_to(n(4_000), n(10_000))),
        },
        (MeasurementKind::TissueGlucose, _) => Some(TargetRange {
            alarm_low: Some(Bound::inside(n(3_000))),
            alarm_high: Some(Bound::inside(n(13_900))),
            ..TargetRange::from_to(n(3_900), n(10_000))
        }),
        (MeasurementKind::Hba1c, _) => Some(TargetRange::below(n(53_000))),
        (MeasurementKind::Inr, _) => Some(TargetRange::from_to(n(2_000), n(3_000))),
        _ => None,
    }
}
