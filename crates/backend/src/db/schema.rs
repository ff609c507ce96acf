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
        response_minutes -> Nullable<Integer>,
        usual_minutes -> Nullable<Integer>,
        opens_on_holidays -> Bool,
        settings_version -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    unit_exceptions (unit_id, day, opens_minute) {
        unit_id -> DbId,
        day -> Date,
        opens_minute -> Integer,
        closes_minute -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    unit_answers (id) {
        id -> DbId,
        unit_id -> DbId,
        waited_since -> DbInstant,
        answered_at -> DbInstant,
        promises_missed -> Nullable<Integer>,
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
    use super::super::{DbId, DbInstant};
    topics (id) {
        id -> DbId,
        unit_id -> DbId,
        position -> Integer,
        name_fi -> Text,
        name_sv -> Text,
        name_en -> Text,
        purpose -> Nullable<Text>,
        retired_at -> Nullable<DbInstant>,
        words_fi -> Text,
        words_sv -> Text,
        words_en -> Text,
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
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        non_disclosed_since -> Nullable<DbInstant>,
        restricted_since -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    restrictions (id) {
        id -> DbId,
        citizen_id -> DbId,
        reason -> Text,
        placed_by -> DbId,
        placed_at -> DbInstant,
        lift_reason -> Nullable<Text>,
        lifted_by -> Nullable<DbId>,
        lifted_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    erasures (id) {
        id -> DbId,
        citizen_id -> DbId,
        reason -> Text,
        erased_by -> DbId,
        erased_at -> DbInstant,
        erased -> Text,
        kept -> Text,
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
        sort_name -> Text,
        last_sign_in_at -> Nullable<DbInstant>,
        closed_at -> Nullable<DbInstant>,
        absent_until -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    memberships (professional_id, unit_id) {
        professional_id -> DbId,
        unit_id -> DbId,
        created_at -> DbInstant,
        leads_since -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    roles (professional_id, role) {
        professional_id -> DbId,
        role -> Text,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    care_relations (citizen_id, unit_id, matter_id) {
        citizen_id -> DbId,
        unit_id -> DbId,
        matter_id -> DbId,
        matter -> Text,
        opened_at -> DbInstant,
        closed_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    emergency_accesses (id) {
        id -> DbId,
        professional_id -> DbId,
        unit_id -> DbId,
        citizen_id -> DbId,
        reason -> Text,
        opened_at -> DbInstant,
        ends_at -> DbInstant,
        ended_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    exports (id) {
        id -> DbId,
        citizen_id -> DbId,
        state -> Text,
        progress -> Integer,
        attempts -> Integer,
        created_at -> DbInstant,
        started_at -> Nullable<DbInstant>,
        ready_at -> Nullable<DbInstant>,
        size -> Nullable<BigInt>,
        expires_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    proxies (id) {
        id -> DbId,
        citizen_id -> DbId,
        proxy_id -> DbId,
        kind -> Text,
        source -> Text,
        scopes -> Text,
        basis -> Nullable<Text>,
        created_by -> Nullable<DbId>,
        session_id -> Nullable<DbId>,
        starts_at -> DbInstant,
        ends_at -> Nullable<DbInstant>,
        paused_at -> Nullable<DbInstant>,
        ended_at -> Nullable<DbInstant>,
        ended_by -> Nullable<Text>,
        narrowed_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    mandate_visits (state_hash) {
        state_hash -> Binary,
        session_id -> DbId,
        register_session -> Text,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    proxy_invitations (code_hash) {
        code_hash -> Binary,
        citizen_id -> DbId,
        scopes -> Text,
        proxy_ends_at -> Nullable<DbInstant>,
        created_at -> DbInstant,
        expires_at -> DbInstant,
        used_at -> Nullable<DbInstant>,
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
        one_time_since -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    account_events (id) {
        id -> DbId,
        professional_id -> DbId,
        actor_id -> Nullable<DbId>,
        kind -> Text,
        changes -> Text,
        at -> DbInstant,
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
        client_id -> Nullable<DbId>,
        consent_id -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    clients (id) {
        id -> DbId,
        name -> Text,
        kind -> Text,
        professional_id -> Nullable<DbId>,
        unit_id -> Nullable<DbId>,
        auth -> Text,
        secret_hash -> Nullable<Binary>,
        public_keys -> Text,
        redirect_uris -> Text,
        scopes -> Text,
        created_by -> DbId,
        created_at -> DbInstant,
        disabled_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    consents (id) {
        id -> DbId,
        citizen_id -> DbId,
        client_id -> DbId,
        scopes -> Text,
        given_at -> DbInstant,
        ends_at -> DbInstant,
        revoked_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    authorization_codes (code_hash) {
        code_hash -> Binary,
        consent_id -> DbId,
        redirect_uri -> Text,
        code_challenge -> Text,
        expires_at -> DbInstant,
        used_at -> Nullable<DbInstant>,
        session_id -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    client_assertions (client_id, jti_hash) {
        client_id -> DbId,
        jti_hash -> Binary,
        expires_at -> DbInstant,
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
        hidden_from_proxies_at -> Nullable<DbInstant>,
        about_access_id -> Nullable<DbId>,
        holder_id -> Nullable<DbId>,
        held_since -> Nullable<DbInstant>,
        closed_at -> Nullable<DbInstant>,
        moves -> Integer,
        returns_to_id -> Nullable<DbId>,
        raised_at -> Nullable<DbInstant>,
        promised_at -> Nullable<DbInstant>,
        promises_missed -> Integer,
        search_due_at -> Nullable<DbInstant>,
        recorded_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    notification_settings (person_id) {
        person_id -> DbId,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        choice -> Text,
        quiet_from_minute -> Nullable<Integer>,
        quiet_to_minute -> Nullable<Integer>,
        saved_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    notices (id) {
        id -> DbId,
        recipient_id -> DbId,
        is_for_professional -> Bool,
        citizen_id -> Nullable<DbId>,
        unit_id -> Nullable<DbId>,
        kind -> Text,
        channel -> Text,
        state -> Text,
        is_refused -> Bool,
        created_at -> DbInstant,
        settled_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    scheduled_messages (id) {
        id -> DbId,
        thread_id -> DbId,
        citizen_id -> DbId,
        professional_id -> DbId,
        text -> Text,
        instructions -> Text,
        seen_id -> DbId,
        send_at -> DbInstant,
        created_at -> DbInstant,
        held -> Nullable<Text>,
        links -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    outbox (kind, subject_id) {
        kind -> Text,
        subject_id -> DbId,
        lane_id -> DbId,
        created_at -> DbInstant,
        waiting_since -> DbInstant,
        due_at -> Nullable<DbInstant>,
        leased_until -> Nullable<DbInstant>,
        turn -> Integer,
        failures -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    records (id) {
        id -> DbId,
        citizen_id -> DbId,
        thread_id -> Nullable<DbId>,
        task_id -> Nullable<DbId>,
        unit_id -> DbId,
        professional_id -> DbId,
        kind -> Text,
        summary -> Text,
        state -> Text,
        trouble -> Nullable<Text>,
        created_at -> DbInstant,
        saved_at -> Nullable<DbInstant>,
        patient_key -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    record_messages (record_id, message_id) {
        record_id -> DbId,
        message_id -> DbId,
        citizen_id -> DbId,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    thread_transfers (id) {
        id -> DbId,
        thread_id -> DbId,
        citizen_id -> DbId,
        from_unit_id -> DbId,
        to_unit_id -> DbId,
        professional_id -> DbId,
        kind -> Text,
        reason -> Text,
        stays_informed -> Bool,
        at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    thread_notes (id) {
        id -> DbId,
        thread_id -> DbId,
        citizen_id -> DbId,
        professional_id -> DbId,
        text -> Text,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    message_instructions (message_id, position) {
        message_id -> DbId,
        position -> Integer,
        thread_id -> DbId,
        citizen_id -> DbId,
        text -> Text,
        answer -> Nullable<Text>,
        answered_at -> Nullable<DbInstant>,
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
        proxy_id -> Nullable<DbId>,
        proxy_name -> Nullable<Text>,
        opened_at -> Nullable<DbInstant>,
        opened_title -> Nullable<Text>,
        instruction_count -> Integer,
        attachment_count -> Integer,
        link_count -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    message_links (message_id, position) {
        message_id -> DbId,
        position -> Integer,
        citizen_id -> DbId,
        kind -> Text,
        target_id -> DbId,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    guides (id) {
        id -> DbId,
        unit_id -> Nullable<DbId>,
        state -> Text,
        title_fi -> Text,
        title_sv -> Text,
        title_en -> Text,
        body_fi -> Text,
        body_sv -> Text,
        body_en -> Text,
        words_fi -> Text,
        words_sv -> Text,
        words_en -> Text,
        source_name -> Nullable<Text>,
        source_url -> Nullable<Text>,
        reviewed_on -> Date,
        searched -> Text,
        version -> Integer,
        created_at -> DbInstant,
        changed_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    attachments (id) {
        id -> DbId,
        citizen_id -> DbId,
        thread_id -> Nullable<DbId>,
        uploader_id -> DbId,
        message_id -> Nullable<DbId>,
        position -> Nullable<Integer>,
        name -> Text,
        media_type -> Nullable<Text>,
        bytes -> BigInt,
        created_at -> DbInstant,
        ready_at -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    templates (id) {
        id -> DbId,
        unit_id -> Nullable<DbId>,
        professional_id -> Nullable<DbId>,
        title_fi -> Text,
        title_sv -> Text,
        title_en -> Text,
        body_fi -> Text,
        body_sv -> Text,
        body_en -> Text,
        version -> Integer,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    views (id) {
        id -> DbId,
        unit_id -> DbId,
        professional_id -> Nullable<DbId>,
        name -> Text,
        state -> Text,
        holder -> Nullable<Text>,
        topic_id -> Nullable<DbId>,
        mark -> Nullable<Text>,
        words -> Nullable<Text>,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    questionnaires (id) {
        id -> DbId,
        unit_id -> Nullable<DbId>,
        name -> Nullable<Text>,
        draft -> Text,
        version -> Integer,
        title_fi -> Text,
        title_sv -> Text,
        title_en -> Text,
        published -> Nullable<Integer>,
        has_changes -> Bool,
        retired_at -> Nullable<DbInstant>,
        created_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    questionnaire_versions (questionnaire_id, number) {
        questionnaire_id -> DbId,
        number -> Integer,
        form -> Text,
        published_at -> DbInstant,
        published_by -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    tasks (id) {
        id -> DbId,
        citizen_id -> DbId,
        unit_id -> DbId,
        kind -> Text,
        questionnaire_id -> Nullable<DbId>,
        number -> Nullable<Integer>,
        title -> Text,
        words -> Text,
        minutes -> Nullable<Integer>,
        from_day -> Date,
        to_day -> Date,
        state -> Text,
        given_at -> DbInstant,
        given_by -> DbId,
        started_at -> Nullable<DbInstant>,
        answered_at -> Nullable<DbInstant>,
        times_sent_back -> Integer,
        is_urgent -> Bool,
        remark -> Nullable<Text>,
        code -> Text,
        version -> Integer,
        series_id -> Nullable<DbId>,
        series_number -> Nullable<Integer>,
        follow_up -> Nullable<Text>,
        remind_on -> Nullable<Date>,
        reminded_at -> Nullable<DbInstant>,
        call_on -> Nullable<Date>,
        event_id -> Nullable<DbId>,
        event_from -> Nullable<Integer>,
        event_to -> Nullable<Integer>,
        guide_id -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    measurements (id) {
        id -> DbId,
        citizen_id -> DbId,
        kind -> Text,
        taken_at -> DbInstant,
        day -> Date,
        part -> Text,
        context -> Nullable<Text>,
        first -> Integer,
        second -> Nullable<Integer>,
        third -> Nullable<Integer>,
        first_state -> Integer,
        second_state -> Nullable<Integer>,
        third_state -> Nullable<Integer>,
        state -> Integer,
        entered -> Nullable<Text>,
        remark -> Text,
        source -> Text,
        recorder -> Text,
        recorded_at -> DbInstant,
        struck_at -> Nullable<DbInstant>,
        struck_by -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    measurement_targets (id) {
        id -> DbId,
        citizen_id -> DbId,
        kind -> Text,
        moment -> Nullable<Text>,
        ranges -> Text,
        from_day -> Date,
        to_day -> Nullable<Date>,
        reason -> Text,
        set_by -> DbId,
        set_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    measurement_standings (citizen_id, kind) {
        citizen_id -> DbId,
        kind -> Text,
        latest_id -> DbId,
        latest_at -> DbInstant,
        state -> Integer,
        deviation_of -> Nullable<Text>,
        deviation -> Nullable<Integer>,
        out_since -> Nullable<DbInstant>,
        out_count -> Integer,
        count -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    task_series (id) {
        id -> DbId,
        unit_id -> DbId,
        kind -> Text,
        questionnaire_id -> Nullable<DbId>,
        title -> Text,
        words -> Text,
        minutes -> Nullable<Integer>,
        from_day -> Date,
        to_day -> Date,
        rule -> Nullable<Text>,
        times -> Integer,
        given_at -> DbInstant,
        given_by -> DbId,
        next_number -> Integer,
        next_day -> Nullable<Date>,
        cancelled_at -> Nullable<DbInstant>,
        cancelled_by -> Nullable<DbId>,
        remark -> Nullable<Text>,
        calls_off -> Bool,
        follow_up -> Nullable<Text>,
        guide_id -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    unit_follow_ups (unit_id) {
        unit_id -> DbId,
        follow_up -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    task_calls (task_id, number) {
        task_id -> DbId,
        number -> Integer,
        citizen_id -> DbId,
        at -> DbInstant,
        professional_id -> DbId,
        outcome -> Text,
        note -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    task_series_citizens (series_id, citizen_id) {
        series_id -> DbId,
        citizen_id -> DbId,
        times_given -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    task_answers (task_id) {
        task_id -> DbId,
        citizen_id -> DbId,
        answers -> Text,
        written_at -> DbInstant,
        saved_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    task_changes (task_id, number) {
        task_id -> DbId,
        number -> Integer,
        citizen_id -> DbId,
        state -> Text,
        at -> DbInstant,
        professional_id -> Nullable<DbId>,
        proxy_id -> Nullable<DbId>,
        source -> Nullable<Text>,
        remark -> Nullable<Text>,
        answers -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    drafts (writer_id, place_id) {
        writer_id -> DbId,
        citizen_id -> DbId,
        place_id -> DbId,
        topic_id -> Nullable<DbId>,
        text -> Text,
        written_at -> DbInstant,
        saved_at -> DbInstant,
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
        client_id -> Nullable<DbId>,
        reason -> Nullable<Text>,
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
    use super::super::DbId;
    access_actors (actor_id, line_id) {
        actor_id -> DbId,
        line_id -> DbId,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    access_flags (flag, line_id) {
        flag -> Text,
        line_id -> DbId,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbInstant;
    access_expiries (day) {
        day -> Integer,
        number -> BigInt,
        hash -> Binary,
        expired_at -> DbInstant,
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

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    events (id) {
        id -> DbId,
        citizen_id -> DbId,
        unit_id -> DbId,
        kind -> Text,
        title -> Text,
        place -> Text,
        directions -> Text,
        preparation -> Text,
        link -> Nullable<Text>,
        starts_at -> DbInstant,
        ends_at -> DbInstant,
        changeable_until -> DbInstant,
        state -> Text,
        confirmed_at -> Nullable<DbInstant>,
        cancelled_at -> Nullable<DbInstant>,
        cancelled_by -> Nullable<Text>,
        cancel_reason -> Nullable<Text>,
        asked_at -> Nullable<DbInstant>,
        wish -> Nullable<Text>,
        hidden_from_proxies_at -> Nullable<DbInstant>,
        given_by -> DbId,
        given_at -> DbInstant,
        changed_at -> DbInstant,
        closed_at -> Nullable<DbInstant>,
        version -> Integer,
        ehr -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    ehr_appointments (id) {
        id -> Text,
        version -> Text,
        event_id -> Nullable<DbId>,
        trouble -> Nullable<Text>,
        seen_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbInstant;
    ehr_fetching (id) {
        id -> Integer,
        seen_until -> Nullable<DbInstant>,
        leased_until -> Nullable<DbInstant>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    ehr_people (citizen_id) {
        citizen_id -> DbId,
        asked_at -> DbInstant,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    slots (id) {
        id -> DbId,
        offer_id -> DbId,
        unit_id -> DbId,
        citizen_id -> Nullable<DbId>,
        kind -> Text,
        title -> Text,
        place -> Text,
        directions -> Text,
        preparation -> Text,
        link -> Nullable<Text>,
        starts_at -> DbInstant,
        ends_at -> DbInstant,
        offered_by -> DbId,
        offered_at -> DbInstant,
        event_id -> Nullable<DbId>,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::DbId;
    event_settings (unit_id) {
        unit_id -> DbId,
        cancel_hours -> Integer,
    }
}

table! {
    use diesel::sql_types::*;
    use super::super::{DbId, DbInstant};
    calendar_feeds (citizen_id) {
        citizen_id -> DbId,
        token_hash -> Binary,
        shows_details -> Bool,
        created_at -> DbInstant,
        fetched_at -> Nullable<DbInstant>,
    }
}

joinable!(events -> citizens (citizen_id));
joinable!(events -> units (unit_id));
joinable!(slots -> citizens (citizen_id));
joinable!(slots -> units (unit_id));
joinable!(slots -> events (event_id));

joinable!(accounts -> professionals (professional_id));
joinable!(directory_accounts -> professionals (professional_id));
joinable!(access_subjects -> access_log (line_id));
joinable!(access_unsealed -> access_log (line_id));
joinable!(access_actors -> access_log (line_id));
joinable!(access_flags -> access_log (line_id));
joinable!(access_seals -> access_log (line_id));
joinable!(access_log -> units (unit_id));
joinable!(roles -> professionals (professional_id));
joinable!(care_relations -> units (unit_id));
joinable!(care_relations -> citizens (citizen_id));
joinable!(emergency_accesses -> citizens (citizen_id));
joinable!(emergency_accesses -> professionals (professional_id));
joinable!(emergency_accesses -> units (unit_id));
joinable!(proxies -> citizens (citizen_id));
joinable!(unit_hours -> units (unit_id));
joinable!(unit_exceptions -> units (unit_id));
joinable!(unit_answers -> units (unit_id));
joinable!(topics -> units (unit_id));
joinable!(guides -> units (unit_id));
joinable!(memberships -> units (unit_id));
joinable!(memberships -> professionals (professional_id));
joinable!(threads -> citizens (citizen_id));
joinable!(threads -> units (unit_id));
joinable!(threads -> topics (topic_id));
joinable!(message_links -> messages (message_id));
joinable!(messages -> threads (thread_id));
joinable!(tasks -> citizens (citizen_id));
joinable!(tasks -> units (unit_id));
joinable!(task_answers -> tasks (task_id));
joinable!(task_calls -> professionals (professional_id));
joinable!(task_series -> units (unit_id));
joinable!(task_series -> questionnaires (questionnaire_id));
joinable!(task_series -> professionals (given_by));
joinable!(task_series_citizens -> citizens (citizen_id));
joinable!(tasks -> questionnaires (questionnaire_id));
joinable!(task_changes -> professionals (professional_id));
joinable!(thread_notes -> professionals (professional_id));
joinable!(thread_transfers -> professionals (professional_id));
joinable!(records -> professionals (professional_id));
joinable!(scheduled_messages -> professionals (professional_id));
joinable!(measurement_targets -> professionals (set_by));
joinable!(messages -> citizens (citizen_id));
joinable!(messages -> professionals (professional_id));
joinable!(refresh_tokens -> sessions (session_id));
joinable!(sessions -> consents (consent_id));
joinable!(clients -> units (unit_id));
joinable!(consents -> clients (client_id));
joinable!(authorization_codes -> consents (consent_id));
joinable!(access_log -> clients (client_id));
joinable!(oidc_sessions -> sessions (session_id));

allow_tables_to_appear_in_same_query!(
    access_actors,
    access_flags,
    access_log,
    access_seals,
    access_subjects,
    access_unsealed,
    account_events,
    accounts,
    attachments,
    authorization_codes,
    care_relations,
    citizens,
    clients,
    consents,
    demo_personas,
    directory_accounts,
    drafts,
    ehr_people,
    emergency_accesses,
    erasures,
    events,
    guides,
    measurement_standings,
    measurement_targets,
    measurements,
    memberships,
    message_instructions,
    message_links,
    messages,
    oidc_sessions,
    professionals,
    proxies,
    questionnaire_versions,
    questionnaires,
    record_messages,
    records,
    refresh_tokens,
    restrictions,
    roles,
    scheduled_messages,
    second_factors,
    sessions,
    slots,
    task_answers,
    task_calls,
    task_changes,
    task_series,
    task_series_citizens,
    tasks,
    templates,
    thread_notes,
    thread_transfers,
    threads,
    topics,
    unit_answers,
    unit_exceptions,
    unit_follow_ups,
    unit_hours,
    units,
    views,
);
