//! The access log in words: what was done and on what ground, the same to the citizen and to the privacy officer.

use omasote_types::audit::{AccessAction, AccessGround};

use crate::i18n::Key;

/// An operation in words; one that this version does not know in general ones.
#[must_use]
pub fn what(action: AccessAction, operation: &str) -> Key {
    match operation {
        _ if action == AccessAction::SignedIn => Key::AUDIT_SIGNED_IN,
        "getCitizen" => Key::AUDIT_READ_DETAILS,
        "listThreads" => Key::AUDIT_READ_LIST,
        "listInbox" => Key::AUDIT_READ_INBOX,
        "getThread" => Key::AUDIT_READ_THREAD,
        "listMessages" => Key::AUDIT_READ_MESSAGES,
        "markThreadRead" => Key::AUDIT_MARK_READ,
        "createThread" => Key::AUDIT_BEGIN_THREAD,
        "sendMessage" | "sendScheduledMessage" => Key::AUDIT_SEND_MESSAGE,
        "createAttachment" => Key::AUDIT_ADD_ATTACHMENT,
        "getAttachment" => Key::AUDIT_READ_ATTACHMENT,
        "deleteAttachment" => Key::AUDIT_DELETE_ATTACHMENT,
        "closeThread" => Key::AUDIT_CLOSE_THREAD,
        "setThreadVisibility" => Key::AUDIT_HIDE_THREAD,
        "listAccesses" => Key::AUDIT_READ_LOG,
        "searchAccesses" => Key::AUDIT_REVIEW,
        "openEmergencyAccess" => Key::AUDIT_BREAK_GLASS,
        "listCitizenEmergencyAccesses" | "listEmergencyAccesses" => Key::AUDIT_READ_EMERGENCIES,
        "searchCitizens" => Key::AUDIT_SEARCH_PERSON,
        "revealContactDetails" => Key::AUDIT_REVEAL_CONTACT,
        "updateProtection" => Key::AUDIT_PROTECT,
        "listExports" | "createExport" | "getExportFile" => Key::AUDIT_EXPORT,
        "createRecord" | "retryRecord" => Key::AUDIT_SAVE_RECORD,
        "createScheduledMessage" | "takeBackScheduledMessage" | "listScheduledMessages" => {
            Key::AUDIT_SCHEDULE_MESSAGE
        }
        "getReach" => Key::AUDIT_READ_REACH,
        "deliverRecord" => Key::AUDIT_RECORD_LEFT,
        "listRecords" => Key::AUDIT_READ_RECORDS,
        "createConsent" | "revokeConsent" => Key::AUDIT_LET_IN_APP,
        "listConsents" => Key::AUDIT_READ_APPS,
        "listCareRelations" => Key::AUDIT_READ_RELATIONS,
        _ => what_of_proxies(operation),
    }
}

fn what_of_proxies(operation: &str) -> Key {
    match operation {
        "listProxies" | "searchProxies" => Key::AUDIT_READ_PROXIES,
        "createProxyInvitation" => Key::AUDIT_INVITE_PROXY,
        "acceptProxyInvitation" => Key::AUDIT_ACCEPT_PROXY,
        "updateProxy" => Key::AUDIT_CHANGE_PROXY,
        "endProxy" => Key::AUDIT_END_PROXY,
        "createProxy" => Key::AUDIT_ENTER_PROXY,
        "startMandateVisit" | "finishMandateVisit" => Key::AUDIT_FETCH_MANDATES,
        _ => what_of_rights(operation),
    }
}

fn what_of_rights(operation: &str) -> Key {
    match operation {
        "restrictCitizen" => Key::AUDIT_RIGHTS_RESTRICT,
        "liftRestriction" => Key::AUDIT_RIGHTS_LIFT,
        "eraseCitizen" => Key::AUDIT_RIGHTS_ERASE,
        "searchDataRights" | "listDataRights" | "previewErasure" => Key::AUDIT_RIGHTS_READ,
        _ => Key::AUDIT_OTHER,
    }
}

/// With a capital first letter, as it begins a line.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Why it was allowed, as the privacy officer reads it.
#[must_use]
pub const fn ground(ground: AccessGround) -> Key {
    match ground {
        AccessGround::Own => Key::GROUND_OWN,
        AccessGround::Unit => Key::GROUND_UNIT,
        AccessGround::Emergency => Key::GROUND_EMERGENCY,
        AccessGround::Guardian => Key::GROUND_GUARDIAN,
        AccessGround::Mandate => Key::GROUND_MANDATE,
        AccessGround::Consent => Key::GROUND_CONSENT,
        AccessGround::Office => Key::GROUND_OFFICE,
        AccessGround::None => Key::GROUND_NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_with_a_capital() {
        assert_eq!(capitalised("äitiyshuollon kätilö"), "Äitiyshuollon kätilö");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn an_operation_this_version_does_not_know_is_told_in_general_words() {
        assert_eq!(what(AccessAction::Read, "readTheStars"), Key::AUDIT_OTHER);
        assert_eq!(what(AccessAction::SignedIn, "createSession"), Key::AUDIT_SIGNED_IN);
        assert_eq!(what(AccessAction::Write, "endProxy"), Key::AUDIT_END_PROXY);
    }
}
