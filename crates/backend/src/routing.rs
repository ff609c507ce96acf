//! How operations are put to use: the server answers by them, and the OpenAPI document describes them. A server does not describe
//! what it serves: each of its workers would keep a description that nobody reads.

use std::collections::BTreeMap;

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{Components, OpenApi, PathItem, RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

/// Takes operations, group by group.
pub struct ServiceConfig<'a>(Use<'a>);

/// What operations are taken for.
enum Use<'a> {
    Serve(&'a mut web::ServiceConfig),
    Describe(&'a mut Description),
}

#[derive(Default)]
struct Description {
    paths: Paths,
    schemas: BTreeMap<String, RefOr<Schema>>,
}

impl ServiceConfig<'_> {
    /// Takes a group of operations.
    pub fn configure(&mut self, group: impl FnOnce(&mut ServiceConfig<'_>)) -> &mut Self {
        group(self);
        self
    }

    /// Takes one operation.
    pub fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        match &mut self.0 {
            Use::Serve(config) => {
                config.service(operation);
            }
            Use::Describe(description) => {
                description.paths.merge(operation.paths());
                let mut schemas = Vec::new();
                operation.schemas(&mut schemas);
                description.schemas.extend(schemas);
            }
        }
        self
    }
}

/// Has the operations of `group` answered.
pub(crate) fn serve(group: impl FnOnce(&mut ServiceConfig<'_>)) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| group(&mut ServiceConfig(Use::Serve(config)))
}

/// Adds the operations of `group` to a document, below `prefix`.
pub(crate) fn describe(document: &mut OpenApi, prefix: &str, group: impl FnOnce(&mut ServiceConfig<'_>)) {
    let mut description = Description::default();
    group(&mut ServiceConfig(Use::Describe(&mut description)));
    let below = |(path, item): (String, PathItem)| (format!("{prefix}{path}"), item);
    document.paths.paths.extend(description.paths.paths.into_iter().map(below));
    document.components.get_or_insert_with(Components::new).schemas.extend(description.schemas);
}
