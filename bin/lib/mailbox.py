"""Where notices go in the tests: a mail server (aiosmtpd) and a gateway of text messages, which is made up, as no real one can be had.

mailbox.py FOLDER [--tls]   prints a line of JSON with the ports, then one for each e-mail and text message. With --tls the mail
                            server wants STARTTLS and a sign-in (omasote, "salainen sana"); its certificate is FOLDER/ca.pem.

By the name before the @: "gone" does not exist (550), "later" is refused for now the first time (451), "strict" says 554, "slow"
is answered after twelve seconds the first time, "dead" is hung up on the first time. By the number's end: 400 is refused, 503 is busy the first time, 401 is not let in.
It ends with its standard input.
"""
import asyncio
import json
import os
import ssl
import sys
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

SEEN = set()


def tell(what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def is_first(what):
    is_new = what not in SEEN
    SEEN.add(what)
    return is_new


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "gone":
            return "550 5.1.1 No such mailbox"
        if name == "strict":
            return "554 5.7.1 Not from you"
        if name == "later" and is_first(address):
            return "451 4.2.1 Try again later"
        if name == "slow" and is_first(address):
            await asyncio.sleep(12)
        if name == "dead" and is_first(address):
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        headers = {name.lower(): str(value) for name, value in message.items()}
        tell({
            "channel": "email",
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": headers,
            "text": message.get_content().replace("\r\n", "\n"),
            "tls": session.ssl is not None,
            "login": getattr(session, "auth_data", None) is not None,
        })
        return "250 2.0.0 Taken"


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = 202
        number = body.get("recipient", "")
        if self.headers["Authorization"] != "Bearer gateway secret" or number.endswith("401"):
            status = 401
        elif number.endswith("400"):
            status = 400
        elif number.endswith("503") and is_first(number):
            status = 503
        if status == 202:
            tell({"channel": "sms", "to": [number], "text": body.get("text"), "from": body.get("from"),
                  "key": self.headers["Idempotency-Key"]})
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def certificate(folder):
    import trustme
    authority = trustme.CA()
    authority.cert_pem.write_to_path(os.path.join(folder, "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def check(server, session, envelope, mechanism, data):
    is_it = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == ("omasote", "salainen sana")
    return AuthResult(success=is_it, handled=is_it, auth_data=data if is_it else None)


async def serve(folder, with_tls):
    options = {"hostname": "posti.esimerkki.fi"}
    if with_tls:
        options |= {"tls_context": certificate(folder), "require_starttls": True, "authenticator": check, "auth_required": True}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Mailbox(), **options), "127.0.0.1", 0)
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=gateway.serve_forever, daemon=True).start()
    tell({"smtp": server.sockets[0].getsockname()[1], "sms": gateway.server_port})
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(serve(sys.argv[1], "--tls" in sys.argv))
