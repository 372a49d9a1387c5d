"""The replies that every party writes."""

from twilio.twiml.voice_response import Connect, Gather, Stream, VoiceResponse


def stream_reply(from_, to, call_sid):
    stream = Stream(url="wss://agent.example.com/api/v1/voice/media-stream")
    stream.parameter(name="From", value=from_)
    stream.parameter(name="To", value=to)
    stream.parameter(name="CallSid", value=call_sid)
    connect = Connect()
    connect.append(stream)
    response = VoiceResponse()
    response.append(connect)
    return str(response)


def menu_reply():
    """A menu of 20 verbs."""
    response = VoiceResponse()
    response.say("Welcome to Acme & Sons.", voice="Polly.Joanna", language="en-US")
    response.play("https://example.com/jingle.mp3")
    response.pause(length=1)
    gather = Gather(input="dtmf", action="/menu", method="POST", timeout=5, num_digits=1)
    gather.say("Press 1 for sales.")
    gather.pause(length=1)
    gather.say("Press 2 for support.")
    gather.play("https://example.com/beep.mp3")
    response.append(gather)
    response.say("We did not get that.")
    response.play("https://example.com/again.mp3", loop=2)
    response.pause(length=2)
    response.say("Please hold while we connect you.", voice="Polly.Joanna")
    response.dial("+15550002222", timeout=20, caller_id="+15550001111", action="/dialled")
    response.say("Nobody is free. Leave a message after the tone.")
    response.record(action="/recorded", max_length=30, play_beep=True)
    response.say("Thank you.")
    response.pause(length=1)
    response.say("You hear from us soon.")
    response.redirect("/goodbye?lang=en&again=no")
    response.hangup()
    return str(response)
