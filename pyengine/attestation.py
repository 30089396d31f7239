"""Attestations of reserves (`engine_core/docs/assets.md`): the text that an attestor signs."""


def attestation_text(symbol: str, attestor: int, reserve: int, as_of: int, valid_until: int) -> bytes:
    """What is signed with Ed25519: ASCII, one blank between its words, nothing behind the last.

    `reserve` in millionths of a unit, both times in nanoseconds since 1970. A symbol has no blank, so no two
    attestations have one text.
    """
    numbers = {"attestor": attestor, "reserve": reserve, "as_of": as_of, "valid_until": valid_until}
    words = {"asset": symbol} | {name: str(int(number)) for name, number in numbers.items()}
    said = " ".join(f"{name}={value}" for name, value in words.items())
    return f"pyengine attestation v1 {said}".encode("ascii")
