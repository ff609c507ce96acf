//! Files that are sent with messages.

use omasote_types::attachments::{Attachment, FILE_NAME_HEADER, PlaceQuery};
use omasote_types::ids::{AttachmentId, CitizenId};

use crate::transport::{Method, Request};
use crate::{Client, ClientResult, query};

/// The content of a file that is uploaded.
#[cfg(not(target_arch = "wasm32"))]
pub type FileContent = Vec<u8>;
/// The content of a file that is uploaded: a `File` or `Blob`, which the browser reads as it sends it.
#[cfg(target_arch = "wasm32")]
pub type FileContent = wasm_bindgen::JsValue;

impl Client {
    /// Uploads a file that a message will take along. Its content is then at `attachments/{id}`.
    ///
    /// # Errors
    /// `not_found`, `attachment_too_large`, `attachment_type_not_allowed`, `attachment_broken`, `attachment_infected` and others
    /// that say what is wrong with the file.
    pub async fn create_attachment(
        &self,
        of: CitizenId,
        at: PlaceQuery,
        name: &str,
        content: FileContent,
    ) -> ClientResult<Attachment> {
        let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let path = format!("citizens/{of}/attachments{}", place(at));
        let mut request = Request::new(Method::Post, &path).with_file(content);
        request.header = Some((FILE_NAME_HEADER, encoded.replace('+', "%20")));
        self.send(request).await?.json()
    }

    /// Takes back a file that was not sent.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn delete_attachment(&self, id: AttachmentId) -> ClientResult<()> {
        self.delete(&format!("attachments/{id}")).await
    }
}

/// Where something is being written, as a query.
pub(crate) fn place(at: PlaceQuery) -> String {
    let thread = at.thread.map(|thread| thread.to_string());
    query(&[("thread", thread.as_deref())])
}
