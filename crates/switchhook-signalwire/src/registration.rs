//! The registration of brands, campaigns and numbers (10DLC).

use switchhook_core::Timestamp;

use crate::{SignalWireEvent, TenDlcCategory};

switchhook_core::params! { dlc {
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// When it happened, as ISO 8601 text on the wire.
    event_at: Timestamp = "event_at", sample "2026-08-04T09:15:00Z";
    /// What was registered.
    event_category: TenDlcCategory = "event_category", sample "brand";
    /// How far the brand, the campaign, the order or the assignment is; each has words of its own.
    state: String = "state", sample "completed";
    /// The brand that the registration is of, or belongs to: in every event.
    brand_id: String = "brand_id", sample "0057ec9e-06a6-417c-abac-5d883e2cf2d7";
    /// The campaign that was registered, or that numbers are assigned to. Absent on events of
    /// brands.
    campaign_id: String = "campaign_id", sample "3eba251f-148a-4885-a9d9-e1ca7f5bed6f";
    /// The order that numbers were assigned by. With events of orders and assignments.
    number_assignment_order_id: String = "number_assignment_order_id", sample "0ae7b91b-535b-46a7-ad8b-a28ca401dc92";
    /// The assignment of one number to the campaign. With events of assignments.
    number_assignment_id: String = "number_assignment_id", sample "d03e7a44-97b1-4109-ac28-d76346a6a43f";
    /// The number's id in the REST API. With events of assignments.
    phone_number_id: String = "phone_number_id", sample "bf9ecae7-0aad-4b8c-a3a3-c536179304ad";
    /// The number that is assigned, in E.164 form. With events of assignments.
    phone_number: String = "phone_number", sample "+15551234567";
    /// Which event it is, such as `brand_activated`.
    event_type: String = "event_type", sample "brand_activated";
} }

switchhook_core::json_events! {
    params dlc;
    family SignalWireEvent by "event_type";
    account "project_id";

    /// A brand, a campaign or the assignment of a number changed its state.
    RegistrationChanged = "10dlc", group "10dlc" {
        subject brand_id;
        documented project_id, event_at, event_category, state;
        also campaign_id, number_assignment_order_id, number_assignment_id, phone_number_id,
            phone_number;
        key (number_assignment_id event_at | number_assignment_order_id event_at
            | campaign_id event_at | brand_id event_at);
        order (event_at of number_assignment_id | event_at of campaign_id | event_at of brand_id);
        events {
            "brand_activated" when (event_type = "brand_activated")
                sends event_category = "brand";
            "brand_unverified" when (event_type = "brand_unverified")
                sends event_category = "brand";
            "campaign_activated" when (event_type = "campaign_activated")
                sends event_category = "campaign", campaign_id;
            "campaign_deactivated" when (event_type = "campaign_deactivated")
                sends event_category = "campaign", campaign_id;
            "number_assignment_order_processed" when (event_type = "number_assignment_order_processed")
                sends event_category = "number_assignment_order", campaign_id, number_assignment_id;
            "number_assignment_failed" when (event_type = "number_assignment_failed")
                sends event_category = "number_assignment", campaign_id, number_assignment_id;
            "number_assignment_pending" when (event_type = "number_assignment_pending")
                sends event_category = "number_assignment", campaign_id, number_assignment_id;
            "number_assignment_activated" when (event_type = "number_assignment_activated")
                sends event_category = "number_assignment", campaign_id, number_assignment_id;
        }
    }
}
