//! What a refusal looks like: RFC 9457 problem details with a stable code.

use serde::{Deserialize, Serialize};

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal;)*) => {
        /// A stable code for each kind of refusal. User interfaces translate it; programs branch on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
            /// A code this version does not know.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ErrorCode {
            /// Every code this version knows.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* Self::Unknown => "unknown" }
            }

            /// The HTTP status that goes with the code.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Unknown => 500 }
            }

            /// A short summary in English, the same for each occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* Self::Unknown => "Unknown error" }
            }
        }
    };
}

error_codes! {
    /// The body is not JSON, or its fields are missing, unknown or of the wrong type.
    MalformedBody = "malformed_body", 400, "The request body cannot be read";
    /// A path or query parameter is not of its form.
    InvalidParameter = "invalid_parameter", 400, "A path or query parameter is not valid";
    /// The cursor was not given out by this list.
    InvalidCursor = "invalid_cursor", 400, "The cursor is not valid";
    /// No session or token came with the request.
    Unauthenticated = "unauthenticated", 401, "Sign in first";
    /// The token is forged, of another issuer or not readable.
    InvalidToken = "invalid_token", 401, "The token is not valid";
    /// The token's time is over; refresh the session.
    ExpiredToken = "expired_token", 401, "The token has expired";
    /// The session has ended; sign in again.
    SessionEnded = "session_ended", 401, "The session has ended";
    /// The user name or the password is wrong.
    WrongCredentials = "wrong_credentials", 401, "The user name or the password is wrong";
    /// The password is right, and a code of the second factor is needed as well.
    SecondFactorRequired = "second_factor_required", 401, "A code of the second factor is needed";
    /// The password is right, and a second factor must be set up before signing in.
    SecondFactorSetupRequired = "second_factor_setup_required", 401, "A second factor must be set up first";
    /// The password is right, and good for choosing another: send it again with `newPassword`.
    PasswordChangeRequired = "password_change_required", 401, "A new password must be chosen first";
    /// The password was good for one sign-in, which did not come in time; an administrator gives another.
    FirstPasswordExpired = "first_password_expired", 401, "The first password was not used in time";
    /// The request came from another site, or lacks the header that shows it did not.
    CrossSiteRequest = "cross_site_request", 403, "The request must come from this service";
    /// The actor may know the resource but not do this with it.
    NotAllowed = "not_allowed", 403, "Not allowed";
    /// Only a certain role may do this.
    RoleRequired = "role_required", 403, "Another role is required";
    /// Administrators do not close their own account or give up their own role: another administrator does.
    OwnAccount = "own_account", 403, "Not with one's own account";
    /// Whoever acts for another may do this only when the mandate covers it.
    OutsideMandate = "outside_mandate", 403, "The mandate does not cover this";
    /// The program's token does not cover this, or it is for people alone.
    InsufficientScope = "insufficient_scope", 403, "The token does not cover this";
    /// The processing of the citizen's data is restricted (GDPR, article 18): it is opened by break-glass only.
    DataRestricted = "data_restricted", 403, "The processing of the data is restricted";
    /// There is no such thing, or the actor may not know of it.
    NotFound = "not_found", 404, "Not found";
    /// The address exists, but not with this method.
    MethodNotAllowed = "method_not_allowed", 405, "The method is not allowed here";
    /// The resource has changed since it was read.
    Conflict = "conflict", 409, "The resource has changed";
    /// Another professional has taken the thread.
    ThreadTaken = "thread_taken", 409, "Another professional has the thread";
    /// The matter has ended: open it again first.
    ThreadClosed = "thread_closed", 409, "The matter has ended";
    /// The matter ended more than 30 days ago and does not open again: begin a new one.
    ThreadEnded = "thread_ended", 409, "The matter ended too long ago to open again";
    /// The thread did not come from another unit, or was sent back there before.
    NotReturnable = "not_returnable", 409, "The thread cannot be sent back";
    /// There are newer messages in the thread than the writer has seen.
    NewerMessages = "newer_messages", 409, "There are newer messages in the thread";
    /// Somebody else has booked the time.
    SlotTaken = "slot_taken", 409, "The time is booked already";
    /// The event was cancelled: nothing can be done with it.
    EventCancelled = "event_cancelled", 409, "The event was cancelled";
    /// The event has begun or is over: nothing can be done with it.
    EventOver = "event_over", 409, "The event has begun or is over";
    /// The event is kept in the patient information system: the unit changes and cancels it there.
    KeptInEhr = "kept_in_ehr", 409, "The event is kept in the patient information system";
    /// The unit's limit has passed: from then on the citizen calls the unit to cancel an event or to ask for another time.
    TooLateToChange = "too_late_to_change", 409, "It is too late to change the event here";
    /// The citizen has booked as many times to come of the unit as one may: cancel one first.
    TooManyBookings = "too_many_bookings", 409, "There are too many bookings";
    /// The person has too many files waiting to be sent: send or delete some first.
    TooManyAttachments = "too_many_attachments", 409, "Too many files wait to be sent";
    /// The task is no longer asked for.
    TaskCancelled = "task_cancelled", 409, "The task is no longer asked for";
    /// The task is done already.
    TaskAnswered = "task_answered", 409, "The task is done already";
    /// The citizen has not done the task yet.
    TaskNotAnswered = "task_not_answered", 409, "The task is not done yet";
    /// The days of the task have not begun.
    TaskTooEarly = "task_too_early", 409, "It is not time for the task yet";
    /// A unit, or a professional in a unit, has as many saved views as there may be.
    TooManyViews = "too_many_views", 409, "There are too many saved views";
    /// The unit or the person has as many reply templates as are kept: delete some first.
    TooManyTemplates = "too_many_templates", 409, "There are too many reply templates";
    /// No patient information system is connected to this service.
    NotConnected = "not_connected", 409, "No patient information system is connected";
    /// Then nobody would be left to look after accounts.
    LastAdministrator = "last_administrator", 409, "The last administrator must stay one";
    /// The resource has changed since the version that `If-Match` names: read it again.
    PreconditionFailed = "precondition_failed", 412, "The resource has changed since it was read";
    /// The body is larger than is accepted.
    BodyTooLarge = "body_too_large", 413, "The request body is too large";
    /// The file is larger than 20 MB.
    AttachmentTooLarge = "attachment_too_large", 413, "The file is too large";
    /// The file is none of the kinds that are taken: PDF, JPEG, PNG, HEIC. Its content decides, not its name.
    AttachmentTypeNotAllowed = "attachment_type_not_allowed", 415, "The type of the file is not accepted";
    /// The body must be `application/json`.
    UnsupportedMediaType = "unsupported_media_type", 415, "The media type is not supported";
    /// There is nothing in the file.
    AttachmentEmpty = "attachment_empty", 422, "The file is empty";
    /// The file cannot be read to its end, so that nothing can be taken out of it.
    AttachmentBroken = "attachment_broken", 422, "The file is broken";
    /// The scanner for malware found something in the file.
    AttachmentInfected = "attachment_infected", 422, "Malware was found in the file";
    /// One or more fields are not valid; `errors` names them.
    ValidationFailed = "validation_failed", 422, "The input is not valid";
    /// The Idempotency-Key was used before with another request.
    IdempotencyKeyReused = "idempotency_key_reused", 422, "The Idempotency-Key was used with another request";
    /// `If-Match` must name the version that is changed: the `ETag` it was read with.
    PreconditionRequired = "precondition_required", 428, "If-Match is missing";
    /// Too many attempts; wait as `Retry-After` says.
    TooManyAttempts = "too_many_attempts", 429, "Too many attempts";
    /// Something failed on our side; the request id finds it in the log.
    Internal = "internal", 500, "Internal error";
    /// The register of mandates gave an answer that does not hold.
    MandateSourceFailed = "mandate_source_failed", 502, "The register of mandates gave an answer that does not hold";
    /// The scanner for malware does not answer, and without it no file is taken; try again as `Retry-After` says.
    AttachmentNotScanned = "attachment_not_scanned", 503, "The file cannot be scanned just now";
    /// The service cannot answer just now; try again as `Retry-After` says.
    Unavailable = "unavailable", 503, "The service is not available just now";
}

/// By hand: the derive does not see the names that the macro gives on the wire.
#[cfg(feature = "server")]
impl utoipa::PartialSchema for ErrorCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let codes = Self::ALL.iter().map(|code| code.as_str());
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A stable code for each kind of refusal."))
            .enum_values(Some(codes))
            .into()
    }
}

#[cfg(feature = "server")]
impl utoipa::ToSchema for ErrorCode {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed("ErrorCode")
    }
}

/// Why one field was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldErrorCode {
    /// The field is empty.
    Required,
    /// The field is longer than its limit.
    TooLong,
    /// The field is shorter than it must be.
    TooShort,
    /// The field holds a character that cannot be stored (U+0000).
    ForbiddenCharacter,
    /// The field refers to something that does not exist.
    UnknownReference,
    /// The field does not follow its form.
    InvalidFormat,
    /// A reply template names something in braces that is none of the variables.
    UnknownVariable,
    /// Somebody else has it: a user name.
    Taken,
    /// A password that is guessed first.
    TooCommon,
    /// It must not be what it was: a password that is to be changed.
    Unchanged,
    /// A number that cannot be: outside of what is possible.
    OutOfRange,
    /// A number that is possible and unusual: it is taken when it is said to be right.
    Unusual,
    /// There is nothing here that does what the field asks for: an element of a FHIR Questionnaire.
    NotSupported,
    /// A reason this version does not know.
    #[serde(other)]
    Unknown,
}

/// One refused field of a request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name as it stands in the body, a dot between levels.
    pub field: String,
    /// Why it was refused.
    pub code: FieldErrorCode,
}

/// RFC 9457 problem details, media type `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// A URI that names the kind of problem: `urn:omasote:error:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short summary in English, the same for each occurrence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: ErrorCode,
    /// What is wrong in this case, in English, for developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The refused fields, when the body was readable but not valid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request's id, as in the header `X-Request-Id` and in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl ApiError {
    /// The problem of `code`, with no detail yet.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            kind: format!("urn:omasote:error:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            errors: Vec::new(),
            request_id: None,
        }
    }
}
