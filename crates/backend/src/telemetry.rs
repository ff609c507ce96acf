//! What operators see: log lines and figures. Never a name, an identity code, a message or a value.

use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, SettingError, Settings};
use crate::error::AppError;

/// Begins to write log lines to standard error.
///
/// # Errors
/// When the filter is not valid.
pub fn start_logging(settings: &Settings) -> Result<(), SettingError> {
    let filter = EnvFilter::try_new(&settings.log_filter)
        .map_err(|error| SettingError::new("log", format!("is not a log filter: {error}")))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).init(),
        LogFormat::Text => builder.init(),
    }
    Ok(())
}

/// The figures of this server.
pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    open_streams: IntGauge,
    outbox: IntGaugeVec,
    /// How many passwords were checked, each as slowly as the other.
    pub password_checks: IntCounter,
}

/// Seconds; from a cached answer to a stuck one.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

impl Metrics {
    /// All at zero.
    ///
    /// # Errors
    /// When a figure is named twice.
    pub fn new() -> Result<Self, AppError> {
        let failed = |cause: prometheus::Error| AppError::internal("metrics cannot be set up").because(cause);
        let options =
            HistogramOpts::new("omasote_http_request_seconds", "Time to answer, by route and status")
                .buckets(BUCKETS.to_vec());
        let requests = HistogramVec::new(options, &["method", "route", "status"]).map_err(failed)?;
        let open_streams = IntGauge::new("omasote_open_streams", "Open live streams").map_err(failed)?;
        let outbox =
            Opts::new("omasote_outbox", "What is to be delivered: waiting for its time, or for a person");
        let outbox = IntGaugeVec::new(outbox, &["state"]).map_err(failed)?;
        let password_checks =
            IntCounter::new("omasote_password_checks_total", "Passwords checked").map_err(failed)?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone())).map_err(failed)?;
        registry.register(Box::new(open_streams.clone())).map_err(failed)?;
        registry.register(Box::new(outbox.clone())).map_err(failed)?;
        registry.register(Box::new(password_checks.clone())).map_err(failed)?;
        Ok(Self { registry, requests, open_streams, outbox, password_checks })
    }

    /// The histogram of one kind of request. The route is its pattern, so ids do not multiply the figures.
    #[must_use]
    pub fn requests(&self, method: &str, route: &str, status: &str) -> Histogram {
        self.requests.with_label_values(&[method, route, status])
    }

    /// All figures, as Prometheus reads them.
    #[must_use]
    pub fn to_text(&self, open_streams: usize, outbox: Option<(i64, i64)>) -> Vec<u8> {
        if let Some((waiting, failed)) = outbox {
            self.outbox.with_label_values(&["waiting"]).set(waiting);
            self.outbox.with_label_values(&["failed"]).set(failed);
        }
        self.open_streams.set(i64::try_from(open_streams).unwrap_or(i64::MAX));
        let mut text = Vec::new();
        if TextEncoder::new().encode(&self.registry.gather(), &mut text).is_err() {
            tracing::error!("the figures cannot be written");
        }
        text
    }
}
