//! The laws of every model, over every event: nothing is lost, nothing new fails a delivery.

use switchhook_signalwire::SignalWireEvent;

switchhook_laws::hold!(SignalWireEvent);
switchhook_laws::hold!(json SignalWireEvent);
