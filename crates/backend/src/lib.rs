//! The Omasote server. The map of its parts is in ARCHITECTURE.md.

pub mod app;
pub mod audit;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod cursor;
pub mod db;
pub mod deliveries;
pub mod demo;
pub mod edge;
pub mod ehr;
pub mod error;
pub mod fhir;
pub mod files;
pub mod jobs;
pub mod live;
pub mod notifying;
pub mod openapi;
pub mod packing;
pub mod policy;
pub mod receiving;
pub mod repos;
pub mod routes;
mod routing;
pub mod services;
pub mod telemetry;
