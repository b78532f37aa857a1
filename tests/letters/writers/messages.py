"""HL7, FHIR and e-mail, as an integration engine and a mail program write them."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

_HL7 = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}


def escaped(text: str) -> str:
    """Text as a field of an HL7 message."""
    return "".join(_HL7.get(char, char) for char in text)


def hl7_message(
    kind: str,
    observations: Sequence[str],
    *,
    nhs: str = "9990000018",
    document: str = "D1",
    day: str = "20110304",
    title: str = "",
) -> str:
    """A message around OBX segments, each given from its type on."""
    lines = [
        rf"MSH|^~\&|PAS|RXX|TIE|RXX|{day}1200||{kind}|1|P|2.4|||||GBR|UNICODE UTF-8",
        f"PID|1||H104477^^^RXX^MR~{nhs}^^^NHS^NH||CANARY^ALBERT^^^MR||19500102|M",
        "PV1|1|O|ONC",
        f"TXA|1|CL|TX|{day}||||||||{document}" if kind.startswith("MDM") else
        f"OBR|1|||{title or 'LET^Clinic letter'}|||{day}",
        *(f"OBX|{n}|{what}" for n, what in enumerate(observations, start=1)),
    ]  # fmt: skip
    return "\r".join(lines) + "\r"


def write_hl7(text: str, kind: str = "MDM^T02", **more: str) -> bytes:
    """A line of the letter a segment."""
    lines = text.rstrip("\n").split("\n")
    return hl7_message(kind, [f"TX|1^LETTER||{escaped(x)}||||||F" for x in lines], **more).encode()


def write_hl7_formatted(text: str) -> bytes:
    r"""The whole letter in one segment, its lines broken by ``\.br\``."""
    body = "\\.br\\".join(map(escaped, text.rstrip("\n").split("\n")))
    return hl7_message("ORU^R01", [f"FT|1^LETTER||{body}||||||F"], title="^").encode()


def write_hl7_packed(content: bytes, kind: str = "application^pdf") -> bytes:
    """A file packed into the message."""
    data = base64.b64encode(content).decode()
    return hl7_message("MDM^T02", [f"ED|1^PDF||^{kind}^Base64^{data}||||||F"]).encode()


def attachment(content: bytes, kind: str) -> dict[str, str]:
    """A FHIR attachment."""
    return {"contentType": kind, "data": base64.b64encode(content).decode()}


PATIENT = {
    "resourceType": "Patient",
    "id": "pat1",
    "identifier": [{"system": "urn:x:nhs-number", "value": "9990000018"}],
    "name": [{"family": "Canary", "given": ["Albert"]}],
}


def document_reference(content: bytes, kind: str = "text/plain", **more: Any) -> dict[str, Any]:
    """A FHIR DocumentReference."""
    return {
        "resourceType": "DocumentReference",
        "id": "doc1",
        "status": "current",
        "subject": {"reference": "Patient/pat1"},
        "content": [{"attachment": attachment(content, kind)}],
        **more,
    }


def diagnostic_report(content: bytes, kind: str = "text/html", **more: Any) -> dict[str, Any]:
    """A FHIR DiagnosticReport."""
    return {
        "resourceType": "DiagnosticReport",
        "id": "rep1",
        "status": "final",
        "code": {"text": "Letter"},
        "subject": {"reference": "Patient/pat1"},
        "presentedForm": [attachment(content, kind)],
        **more,
    }


def composition(text: str, **more: Any) -> dict[str, Any]:
    """A FHIR Composition; its one section has no title, its lines keep their white space."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><pre>{html.escape(text)}</pre></div>'
    return {
        "resourceType": "Composition",
        "id": "com1",
        "status": "final",
        "type": {"text": "Letter"},
        "date": "2011-03-04",
        "author": [{"display": "Dr B Finch"}],
        "title": "Letter",
        "subject": {"reference": "Patient/pat1"},
        "section": [{"text": {"status": "additional", "div": div}}],
        **more,
    }


def bundle(*resources: Mapping[str, Any], kind: str = "collection") -> dict[str, Any]:
    """A FHIR Bundle."""
    entries = [
        {"fullUrl": f"urn:x:{r['resourceType']}-{r['id']}", "resource": r} for r in resources
    ]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def as_json(resource: Mapping[str, Any]) -> bytes:
    """A resource as a file."""
    return json.dumps(resource).encode()


def as_lines(*resources: Mapping[str, Any]) -> bytes:
    """A resource a line."""
    return b"".join(as_json(resource) + b"\n" for resource in resources)


def mail(text: str = "", markup: str = "", **headers: str) -> EmailMessage:
    """A message of a mail program, its own words in one or two renderings."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.get("sender", "Finch Beatrice <b.finch@hospital.example>")
    message["To"] = "secretary@hospital.example"
    message["Subject"] = headers.get("subject", "Letter")
    message["Date"] = "Fri, 04 Mar 2011 12:00:00 +0000"
    message["Message-ID"] = "<1@hospital.example>"
    message.set_content(text)
    if markup:
        message.add_alternative(markup, subtype="html")
    return message


def attach(message: EmailMessage, name: str, content: bytes, kind: str) -> EmailMessage:
    """The message with a file attached."""
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message
