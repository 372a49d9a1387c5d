"""A webhook in FastAPI with the official library's validator."""

import os

from fastapi import FastAPI, HTTPException, Request, Response
from twilio.request_validator import RequestValidator

from replies import stream_reply

app = FastAPI()
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])


@app.post("/twilio/voice")
async def incoming(request: Request):
    form = await request.form()
    url = str(request.url.replace(scheme="https", netloc="hooks.example.com"))
    if not validator.validate(url, form, request.headers.get("X-Twilio-Signature", "")):
        raise HTTPException(status_code=403)
    reply = stream_reply(form["From"], form["To"], form["CallSid"])
    return Response(content=reply, media_type="text/xml")
