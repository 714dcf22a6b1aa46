"""The TLS identity of one box: an EC key with a self-signed certificate, kept in the box's state directory."""

from __future__ import annotations

import datetime
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# Arista's self-signed default certificate is valid from the box's first boot for about a century; a fixed
# period keeps the certificate independent of this machine's clock.
NOT_BEFORE = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
NOT_AFTER = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)


class Certificate:
    """Key and certificate in PEM, with the SHA-256 fingerprint that a client can pin."""

    def __init__(self, pem: bytes) -> None:
        self.pem = pem
        self.fingerprint = x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256()).hex()

    @classmethod
    def make(cls, name: str) -> Certificate:
        """A new key and certificate for the box called NAME."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOT_BEFORE)
            .not_valid_after(NOT_AFTER)
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return cls(private + certificate.public_bytes(serialization.Encoding.PEM))

    @classmethod
    def kept(cls, name: str, state: Path | None) -> Certificate:
        """The certificate that STATE holds, or a new one, which STATE then holds."""
        if state is None:
            return cls.make(name)
        file = state / "eapi.pem"
        if file.exists():
            return cls(file.read_bytes())
        certificate = cls.make(name)
        certificate.keep(state)
        return certificate

    def keep(self, state: Path | None) -> None:
        """Write the key to STATE, readable by its owner only."""
        if state is None:
            return
        state.mkdir(parents=True, exist_ok=True)
        file = state / "eapi.pem"
        file.touch(mode=0o600)
        file.write_bytes(self.pem)

    def load(self, context: ssl.SSLContext) -> None:
        """Give CONTEXT this identity; handshakes that begin later show it."""
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            file.write(self.pem)
            file.flush()
            context.load_cert_chain(file.name)
