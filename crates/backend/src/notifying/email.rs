//! The mail server.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::Severity;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use omasote_types::ids::NoticeId;
use omasote_types::language::Language;

use crate::config::{EmailSettings, SmtpSecurity};
use crate::services::notifications::{NoticeTrouble, Outgoing};
use crate::services::outbox::Attempt;

/// How many questions an attempt has: the greetings, TLS, the sign-in, the envelope, the content.
const QUESTIONS: u32 = 8;
const SENDER: &str = "Omasote";

/// The mail server.
pub(super) struct Email {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    bounce_name: String,
    bounce_domain: String,
    patience: Duration,
}

impl Email {
    pub(super) fn of(settings: &EmailSettings) -> Result<Self, String> {
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .timeout(Some(settings.patience))
            .tls(tls(settings)?);
        if let Some((name, password)) = &settings.login {
            transport = transport.credentials(Credentials::new(name.clone(), password.as_str().to_owned()));
        }
        let from: Address =
            settings.from.parse().map_err(|_| "email.from is no e-mail address".to_owned())?;
        let (name, domain) = settings.bounce_address.rsplit_once('@').unwrap_or_default();
        Ok(Self {
            transport: transport.build(),
            from: Mailbox::new(Some(SENDER.to_owned()), from),
            bounce_name: name.to_owned(),
            bounce_domain: domain.to_owned(),
            patience: settings.patience,
        })
    }

    pub(super) fn patience(&self) -> Duration {
        self.patience * QUESTIONS
    }

    pub(super) async fn send(
        &self,
        outgoing: &Outgoing,
        (subject, body): &(String, String),
    ) -> Attempt<NoticeTrouble> {
        // An address that cannot be written down is as good as one that does not exist.
        let refused = Attempt::Lasting(NoticeTrouble::Refused);
        let Ok(to) = outgoing.to.parse::<Address>() else { return refused };
        let Some(envelope) = self.envelope(outgoing.id, to.clone()) else { return refused };
        let Some(message) = self.message(outgoing, to, (subject, body)) else { return refused };
        match self.transport.send_raw(&envelope, &message.formatted()).await {
            Ok(_) => Attempt::Delivered,
            Err(error) => meaning(&error),
        }
    }

    /// What cannot be delivered comes back to an address that tells which it was.
    fn envelope(&self, id: NoticeId, to: Address) -> Option<Envelope> {
        let back = Address::new(format!("{}+{id}", self.bounce_name), &self.bounce_domain).ok()?;
        Envelope::new(Some(back), vec![to]).ok()
    }

    fn message(&self, outgoing: &Outgoing, to: Address, (subject, body): (&str, &str)) -> Option<Message> {
        let language = match outgoing.language {
            Language::Fi => "fi",
            Language::Sv => "sv",
            Language::En => "en",
        };
        let header =
            |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .message_id(Some(format!("<{}@{}>", outgoing.id, self.from.email.domain())))
            .date_now()
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .raw_header(header("Content-Language", language))
            // Nobody's machine answers to it (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .body(body.to_owned())
            .ok()
    }
}

fn tls(settings: &EmailSettings) -> Result<Tls, String> {
    let parameters = || {
        let mut builder = TlsParameters::builder(settings.host.clone());
        if let Some(file) = &settings.ca_file {
            let unreadable = |why: String| format!("email.ca_file: {}: {why}", file.display());
            let pem = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
            let certificate =
                Certificate::from_pem(&pem).map_err(|_| unreadable("no certificate".to_owned()))?;
            builder = builder.add_root_certificate(certificate);
        }
        builder.build().map_err(|error| format!("email: TLS: {error}"))
    };
    Ok(match settings.security {
        SmtpSecurity::Tls => Tls::Wrapper(parameters()?),
        SmtpSecurity::StartTls => Tls::Required(parameters()?),
        SmtpSecurity::None => Tls::None,
    })
}

/// What it means that a mail was not taken. Of the lasting refusals only those are the address's fault that speak of a mailbox; the
/// others are between us and the server, and a person there will mend them.
fn meaning(error: &Error) -> Attempt<NoticeTrouble> {
    let Some(code) = error.status() else { return Attempt::Passing(NoticeTrouble::Unreachable, None) };
    match (code.severity, u16::from(code)) {
        (Severity::PermanentNegativeCompletion, 550..=553 | 556) => Attempt::Lasting(NoticeTrouble::Refused),
        (Severity::PermanentNegativeCompletion, _) => Attempt::Passing(NoticeTrouble::Denied, None),
        _ => Attempt::Passing(NoticeTrouble::Unreachable, None),
    }
}
