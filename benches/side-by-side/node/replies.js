// The replies that every party writes.
"use strict";

const { VoiceResponse } = require("twilio").twiml;

function streamReply(from, to, callSid) {
  const response = new VoiceResponse();
  const stream = response.connect().stream({ url: "wss://agent.example.com/api/v1/voice/media-stream" });
  stream.parameter({ name: "From", value: from });
  stream.parameter({ name: "To", value: to });
  stream.parameter({ name: "CallSid", value: callSid });
  return response.toString();
}

// A menu of 20 verbs.
function menuReply() {
  const response = new VoiceResponse();
  response.say({ voice: "Polly.Joanna", language: "en-US" }, "Welcome to Acme & Sons.");
  response.play("https://example.com/jingle.mp3");
  response.pause({ length: 1 });
  const gather = response.gather({ input: "dtmf", action: "/menu", method: "POST", timeout: 5, numDigits: 1 });
  gather.say("Press 1 for sales.");
  gather.pause({ length: 1 });
  gather.say("Press 2 for support.");
  gather.play("https://example.com/beep.mp3");
  response.say("We did not get that.");
  response.play({ loop: 2 }, "https://example.com/again.mp3");
  response.pause({ length: 2 });
  response.say({ voice: "Polly.Joanna" }, "Please hold while we connect you.");
  response.dial({ timeout: 20, callerId: "+15550001111", action: "/dialled" }, "+15550002222");
  response.say("Nobody is free. Leave a message after the tone.");
  response.record({ action: "/recorded", maxLength: 30, playBeep: true });
  response.say("Thank you.");
  response.pause({ length: 1 });
  response.say("You hear from us soon.");
  response.redirect("/goodbye?lang=en&again=no");
  response.hangup();
  return response.toString();
}

module.exports = { streamReply, menuReply };
