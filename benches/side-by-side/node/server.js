// A webhook in Express, as the library's documentation has it.
"use strict";

const express = require("express");
const twilio = require("twilio");
const { streamReply } = require("./replies.js");

const [port, token] = process.argv.slice(2);
const app = express();

app.use(express.urlencoded({ extended: false }));
app.post("/twilio/voice", twilio.webhook(token, { protocol: "https", host: "hooks.example.com" }), (request, response) => {
  const { From, To, CallSid } = request.body;
  response.type("text/xml").send(streamReply(From, To, CallSid));
});
app.listen(Number(port), "127.0.0.1");
