"""Reads an iCalendar file (RFC 5545) from standard input with a library that is not ours; prints its events as JSON, and ends with an
error when something in it is not as it must be."""

import json
import sys

from icalendar import Calendar

raw = sys.stdin.buffer.read()
lines = raw.split(b"\r\n")
if lines[-1] != b"" or any(len(line) > 75 or b"\r" in line or b"\n" in line for line in lines):
    sys.exit("a line is too long or does not end as it must")
calendar = Calendar.from_ical(raw)
wrong = [str(error) for component in calendar.walk() for error in component.errors]
if wrong:
    sys.exit(f"it is not sound: {wrong}")


def text(event, name):
    return str(event[name]) if name in event else None


def time(event, name):
    return event.decoded(name).isoformat()


print(json.dumps({
    "version": text(calendar, "VERSION"),
    "name": text(calendar, "X-WR-CALNAME"),
    "refresh": str(calendar.decoded("REFRESH-INTERVAL")),
    "events": [
        {
            "uid": text(event, "UID"),
            "sequence": int(event["SEQUENCE"]),
            "status": text(event, "STATUS"),
            "class": text(event, "CLASS"),
            "start": time(event, "DTSTART"),
            "end": time(event, "DTEND"),
            "stamp": time(event, "DTSTAMP"),
            "summary": text(event, "SUMMARY"),
            "location": text(event, "LOCATION"),
            "description": text(event, "DESCRIPTION"),
            "url": text(event, "URL"),
        }
        for event in calendar.walk("VEVENT")
    ],
}))
