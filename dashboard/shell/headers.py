"""The security headers of every answer. They allow this machine only: no other site may be called, framed or trusted."""

from __future__ import annotations

# Hashes of the three constant <style> elements that Streamlit 1.67's libraries insert (the first is the empty string);
# an upgrade may change them, and the browser test that counts violations then says so.
_STREAMLIT_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
    "'sha256-2GF9hCGTDj/GGFNlQA54jDdMGl2fvoeZmZjAvBSiAtM='",
)

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    f"style-src-elem 'self' {' '.join(_STREAMLIT_STYLES)}",
    "style-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
)

HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", "; ".join(_POLICY)),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
