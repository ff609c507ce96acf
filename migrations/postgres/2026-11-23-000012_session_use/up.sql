-- When the person last used the session, which is not when the browser last renewed its token by itself. Of sessions from
-- before it is when they were opened, or when their newest token was made.
alter table sessions add column used_at timestamptz;
update sessions set used_at = coalesce(
    (select max(refresh_tokens.created_at) from refresh_tokens where refresh_tokens.session_id = sessions.id),
    sessions.created_at
);
