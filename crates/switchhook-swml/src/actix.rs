//! Replies of actix-web's handlers.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};

use crate::{Document, messaging, swaig::Output};

macro_rules! replies {
    ($($reply:ty),*) => {$(
        impl Responder for $reply {
            type Body = BoxBody;

            fn respond_to(self, _: &HttpRequest) -> HttpResponse {
                HttpResponse::Ok().content_type(crate::CONTENT_TYPE).body(self.to_json())
            }
        }
    )*};
}

replies!(Document, Output);

impl Responder for messaging::Document {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        Document::from(self).respond_to(request)
    }
}
