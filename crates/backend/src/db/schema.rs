//! The tables, as both engines have them. Kept by hand: Diesel's generator knows one engine at a time.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "a table's columns name Diesel's types"))]
#![expect(
    missing_docs,
    reason = "the macros write public items without docs; the columns are explained in the repos"
)]

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    units (id) {
        id -> DbId,
        name_fi -> Text,
        name_sv -> Text,
        name_en -> Text,
        municipality -> Text,
        phone -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    unit_hours (unit_id, weekday, opens_minute) {
        unit_id -> DbId,
        weekday -> Integer,
        opens_minute -> Integer,
        closes_minute -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    topics (id) {
        id -> DbId,
        unit_id -> DbId,
        position -> Integer,
        name_fi -> Text,
        name_sv -> Text,
        name_en -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    citizens (id) {
        id -> DbId,
        given_name -> Text,
        family_name -> Text,
        birth_date -> Date,
        municipality -> Text,
        language -> Text,
        identity_code_hash -> Binary,
        identity_code_sealed -> Binary,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    professionals (id) {
        id -> DbId,
        given_name -> Text,
        family_name -> Text,
        title -> Text,
        created_at -> DbInstant,
    }
}

table! {
    use super::super::{DbId, DbInstant};
    memberships (professional_id, unit_id) {
        professional_id -> DbId,
        unit_id -> DbId,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    demo_personas (position) {
        position -> Integer,
        citizen_id -> Nullable<DbId>,
        professional_id -> Nullable<DbId>,
        description_fi -> Text,
        description_sv -> Text,
        description_en -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    accounts (id) {
        id -> DbId,
        username -> Text,
        password_hash -> Text,
        citizen_id -> Nullable<DbId>,
        professional_id -> Nullable<DbId>,
        created_at -> DbInstant,
        disabled_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbInstant;
    sign_in_failures (subject) {
        subject -> Binary,
        failures -> Integer,
        last_failed_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    sessions (id) {
        id -> DbId,
        citizen_id -> Nullable<DbId>,
        professional_id -> Nullable<DbId>,
        created_at -> DbInstant,
        ends_at -> DbInstant,
        ended_at -> Nullable<DbInstant>,
        device -> Nullable<Text>,
        used_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    refresh_tokens (token_hash) {
        token_hash -> Binary,
        session_id -> DbId,
        created_at -> DbInstant,
        rotated_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    threads (id) {
        id -> DbId,
        citizen_id -> DbId,
        unit_id -> DbId,
        topic_id -> DbId,
        state -> Text,
        created_at -> DbInstant,
        waiting_since -> Nullable<DbInstant>,
        last_message_at -> DbInstant,
        last_sender -> Text,
        excerpt -> Text,
        message_count -> Integer,
        unread_by_citizen -> Integer,
        unread_by_unit -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    messages (id) {
        id -> DbId,
        thread_id -> DbId,
        citizen_id -> DbId,
        professional_id -> Nullable<DbId>,
        text -> Text,
        sent_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    idempotency_keys (person_id, key) {
        person_id -> DbId,
        key -> Text,
        operation -> Text,
        request_hash -> Binary,
        resource_id -> DbId,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    access_log (id) {
        id -> DbId,
        at -> DbInstant,
        actor_kind -> Text,
        actor_id -> DbId,
        actor_title -> Nullable<Text>,
        unit_id -> Nullable<DbId>,
        action -> Text,
        operation -> Text,
        resource_id -> Nullable<DbId>,
        ground -> Text,
        session_id -> DbId,
        request_id -> DbId,
        subjects -> Binary,
    }
}

table! {
    use super::super::DbId;
    access_subjects (citizen_id, line_id) {
        citizen_id -> DbId,
        line_id -> DbId,
    }
}

table! {
    use super::super::DbId;
    access_unsealed (line_id) {
        line_id -> DbId,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    access_seals (day, number) {
        day -> Integer,
        number -> BigInt,
        line_id -> DbId,
        hash -> Binary,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbInstant;
    sign_in_attempts (state_hash) {
        state_hash -> Binary,
        browser_hash -> Binary,
        provider -> Text,
        nonce -> Text,
        code_verifier -> Text,
        return_to -> Text,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    directory_accounts (professional_id) {
        professional_id -> DbId,
        directory_name -> Text,
        issuer -> Nullable<Text>,
        subject -> Nullable<Text>,
        created_at -> DbInstant,
        linked_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    oidc_sessions (session_id) {
        session_id -> DbId,
        provider -> Text,
        id_token_sealed -> Nullable<Binary>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    second_factors (account_id) {
        account_id -> DbId,
        secret_sealed -> Binary,
        created_at -> DbInstant,
        confirmed_at -> Nullable<DbInstant>,
        last_step -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    recovery_codes (account_id, code_hash) {
        account_id -> DbId,
        code_hash -> Binary,
    }
}

joinable!(access_subjects -> access_log (line_id));
joinable!(access_unsealed -> access_log (line_id));
joinable!(access_seals -> access_log (line_id));
joinable!(access_log -> units (unit_id));
joinable!(unit_hours -> units (unit_id));
joinable!(topics -> units (unit_id));
joinable!(memberships -> units (unit_id));
joinable!(memberships -> professionals (professional_id));
joinable!(threads -> citizens (citizen_id));
joinable!(threads -> units (unit_id));
joinable!(threads -> topics (topic_id));
joinable!(messages -> threads (thread_id));
joinable!(messages -> citizens (citizen_id));
joinable!(messages -> professionals (professional_id));
joinable!(refresh_tokens -> sessions (session_id));
joinable!(oidc_sessions -> sessions (session_id));

allow_tables_to_appear_in_same_query!(
    access_log,
    access_subjects,
    access_unsealed,
    access_seals,
    units,
    unit_hours,
    topics,
    citizens,
    professionals,
    memberships,
    demo_personas,
    accounts,
    sessions,
    refresh_tokens,
    oidc_sessions,
    threads,
    messages,
);
