//! What both web apps share: texts, session, live updates, the frame around pages, and conversations.
//!
//! Belongs here: what citizens and professionals see alike. Does not: pages of one app, and rules that the server
//! shares too (`omasote-rules`).

pub mod acting;
pub mod action;
mod activity;
pub mod address;
pub mod announce;
pub mod app;
pub mod audit;
pub mod chunk;
pub mod clipboard;
pub mod clock;
pub mod data_rights;
pub mod drafts;
pub mod elapsed;
pub mod errors;
pub mod events;
pub mod file;
pub mod focus;
pub mod form;
pub mod guides;
pub mod i18n;
pub mod icon;
pub mod insertion;
pub mod intl;
pub mod loading;
pub mod measurements;
pub mod messages;
pub mod notifications;
pub mod paged;
pub mod programs;
pub mod promises;
pub mod proxies;
pub mod questionnaires;
pub mod remote;
pub mod router;
mod scroll;
pub mod second_factors;
pub mod session;
mod session_end;
pub mod sessions;
pub mod shell;
pub mod sign_in;
mod storage;
pub mod units;
pub mod unread;
pub mod updates;
pub mod view;
pub mod visibility;
