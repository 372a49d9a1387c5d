//! Replies of actix-web's handlers.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};

use crate::{Document, fax, messaging, voice};

macro_rules! replies {
    ($($reply:ty),*) => {$(
        /// A reply that cannot be written is a fault of ours: 500, and nothing in it.
        impl Responder for $reply {
            type Body = BoxBody;

            fn respond_to(self, _: &HttpRequest) -> HttpResponse {
                let Ok(xml) = self.to_xml() else {
                    return HttpResponse::InternalServerError().finish();
                };
                HttpResponse::Ok().content_type(crate::CONTENT_TYPE).body(xml)
            }
        }
    )*};
}

replies!(voice::Response, messaging::Response, fax::Response, Document);
