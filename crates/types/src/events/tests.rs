use super::*;

fn content(kind: EventKind) -> EventContent {
    EventContent {
        kind,
        title: "Verenpaineen mittaus".to_owned(),
        place: "Kuhmon terveysasema".to_owned(),
        directions: String::new(),
        preparation: String::new(),
        link: None,
    }
}

fn refused(content: &EventContent) -> Vec<(String, FieldErrorCode)> {
    let mut validation = Validation::new();
    content.validate_in(&mut validation);
    let errors = validation.finish().err().unwrap_or_default();
    errors.into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn a_visit_has_a_place_and_a_video_call_a_link() {
    assert_eq!(refused(&content(EventKind::Visit)), []);
    let nowhere = EventContent { place: " ".to_owned(), ..content(EventKind::Visit) };
    assert_eq!(refused(&nowhere), [("content.place".to_owned(), FieldErrorCode::Required)]);
    assert_eq!(refused(&EventContent { kind: EventKind::Phone, ..nowhere }), []);
    assert_eq!(refused(&content(EventKind::Video)), [("content.link".to_owned(), FieldErrorCode::Required)]);
}

#[test]
fn a_link_is_https_and_nothing_that_could_mislead() {
    let with = |kind, link: &str| EventContent { link: Some(link.to_owned()), ..content(kind) };
    let good = "https://video.esimerkki.fi/huone/1?avain=a%20b#alku";
    assert_eq!(refused(&with(EventKind::Video, good)), []);
    assert_eq!(refused(&with(EventKind::Phone, good)).len(), 1);
    for bad in [
        "http://video.esimerkki.fi",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://esimerkki.fi@muualla.fi/",
        "https://video.esimerkki.fi/a b",
        "https://video.esimerkki.fi/\r\nX:1",
        "https://video.esimerkki.fi/ä",
        "https://video.esimerkki.fi/\"",
    ] {
        assert_eq!(refused(&with(EventKind::Video, bad)).len(), 1, "{bad}");
    }
    let long = format!("https://video.esimerkki.fi/{}", "a".repeat(MAX_LINK_CHARACTERS));
    assert_eq!(refused(&with(EventKind::Video, &long)).len(), 1);
}

#[test]
fn a_time_goes_forward_and_ends_within_a_day() {
    let at = |hours: i64| DateTime::from_timestamp(1_800_000_000 + hours * 3600, 0).unwrap();
    let is_good = |hours| {
        let time = EventTime { starts_at: at(0), ends_at: at(hours) };
        let mut validation = Validation::new();
        time.validate_as("time", &mut validation);
        validation.finish().is_ok()
    };
    assert!(is_good(1) && is_good(24));
    assert!(!is_good(0) && !is_good(-1) && !is_good(25));
}

#[test]
fn offered_times_are_some_and_not_too_many() {
    let at = |hours: i64| DateTime::from_timestamp(1_800_000_000 + hours * 3600, 0).unwrap();
    let time = EventTime { starts_at: at(0), ends_at: at(1) };
    let of = |times| NewSlots { content: content(EventKind::Visit), times, citizen_id: None };
    assert!(of(vec![time; MAX_NEW_SLOTS]).validate().is_ok());
    assert!(of(vec![time; MAX_NEW_SLOTS + 1]).validate().is_err());
    assert!(of(Vec::new()).validate().is_err());
    let backwards = EventTime { starts_at: at(1), ends_at: at(0) };
    let errors = of(vec![time, backwards]).validate().unwrap_err();
    assert_eq!(errors.first().unwrap().field, "times.1.endsAt");
}
