//! HTTP in, HTTP out: a route unwraps the request, calls one service, and answers.

mod accounts;
mod attachments;
mod audit;
mod care;
pub mod clients;
mod data_rights;
mod drafts;
mod events;
mod exports;
mod extract;
mod guides;
pub mod health;
mod mandates;
mod measurements;
mod messages;
mod notifications;
mod oidc;
mod people;
mod promises;
mod proxies;
mod questionnaires;
mod records;
mod scheduling;
mod second_factors;
mod sessions;
pub mod site;
mod tasks;
mod templates;
mod units;
mod updates;
mod views;

use crate::routing::ServiceConfig;

/// Every operation below `/api/v1`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(sessions::configure);
    config.configure(oidc::configure);
    config.configure(second_factors::configure);
    config.configure(accounts::configure);
    config.configure(people::configure);
    config.configure(units::configure);
    config.configure(promises::configure);
    config.configure(messages::configure);
    config.configure(attachments::configure);
    config.configure(drafts::configure);
    config.configure(templates::configure);
    config.configure(views::configure);
    config.configure(questionnaires::configure);
    config.configure(tasks::configure);
    config.configure(guides::configure);
    config.configure(records::configure);
    config.configure(notifications::configure);
    config.configure(scheduling::configure);
    config.configure(events::configure);
    config.configure(care::configure);
    config.configure(clients::configure);
    config.configure(data_rights::configure);
    config.configure(exports::configure);
    config.configure(proxies::configure);
    config.configure(mandates::configure);
    config.configure(measurements::configure);
    config.configure(audit::configure);
    config.configure(updates::configure);
}
