#!/usr/bin/env python3
"""Writes the oracles of IntakeTests with nothing but the standard library.

    python3 make_oracles.py          writes *.json beside this file

murmur3.json   MurmurHash3_x64_128 of random bytes from random 128-bit starts, written here anew
               from the published algorithm
csv.json       random texts of quotes, delimiters and line ends as Python's csv module reads them
numbers.json   texts as Python's decimal module reads them
encodings.json one text in every encoding
"""
import csv, decimal, io, json, pathlib, random

here = pathlib.Path(__file__).parent
MASK = (1 << 64) - 1


def rotl(x, r):
    return ((x << r) | (x >> (64 - r))) & MASK


def fmix(k):
    k = ((k ^ (k >> 33)) * 0xFF51AFD7ED558CCD) & MASK
    k = ((k ^ (k >> 33)) * 0xC4CEB9FE1A85EC53) & MASK
    return k ^ (k >> 33)


def murmur3_x64_128(data, h1, h2):
    c1, c2 = 0x87C37B91114253D5, 0x4CF5AD432745937F
    whole = len(data) // 16 * 16
    for at in range(0, whole, 16):
        k1 = int.from_bytes(data[at:at + 8], "little")
        k2 = int.from_bytes(data[at + 8:at + 16], "little")
        h1 ^= (rotl((k1 * c1) & MASK, 31) * c2) & MASK
        h1 = ((rotl(h1, 27) + h2) * 5 + 0x52DCE729) & MASK
        h2 ^= (rotl((k2 * c2) & MASK, 33) * c1) & MASK
        h2 = ((rotl(h2, 31) + h1) * 5 + 0x38495AB5) & MASK
    tail = data[whole:]
    k1 = int.from_bytes(tail[:8], "little")
    k2 = int.from_bytes(tail[8:], "little")
    h2 ^= (rotl((k2 * c2) & MASK, 33) * c1) & MASK
    h1 ^= (rotl((k1 * c1) & MASK, 31) * c2) & MASK
    h1 ^= len(data)
    h2 ^= len(data)
    h1 = (h1 + h2) & MASK
    h2 = (h2 + h1) & MASK
    h1, h2 = fmix(h1), fmix(h2)
    h1 = (h1 + h2) & MASK
    h2 = (h2 + h1) & MASK
    return h1, h2


def murmur_vectors(rng):
    # The reference's own check of the hash of "hello" from seed 0 is well known.
    assert "%016x%016x" % murmur3_x64_128(b"hello", 0, 0) == "cbd8a7b341bd9b025b1e906a48ae1d19"
    for length in [*range(0, 50), 100, 255, 256, 1000, 4097]:
        data = rng.randbytes(length)
        h1, h2 = (0, 0) if length % 5 == 0 else (rng.getrandbits(64), rng.getrandbits(64))
        r1, r2 = murmur3_x64_128(data, h1, h2)
        yield {"data": data.hex(), "seed": "%016x%016x" % (h1, h2), "hash": "%016x%016x" % (r1, r2)}


def csv_cases(rng):
    seen = set()
    while len(seen) < 1500:
        text = "".join(rng.choice('ab"",,;\n\n\r x') for _ in range(rng.randint(1, 24)))
        if text in seen:
            continue
        seen.add(text)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            yield {"text": text, "rows": [row for row in rows if row], "kind": "rows"}
        except csv.Error as error:
            kind = "unterminated" if "unexpected end" in str(error) else "text behind quote"
            yield {"text": text, "rows": [], "kind": kind}


def number_cases(rng):
    def text():
        kind = rng.randrange(6)
        if kind == 0:
            return str(rng.randint(-10**6, 10**6))
        if kind == 1:
            return "%s%d.%s" % (rng.choice(["", "-", "+"]), rng.randint(0, 10**rng.randint(1, 17)),
                                "".join(rng.choice("0123456789") for _ in range(rng.randint(0, 8))))
        if kind == 2:
            return "%s%de%d" % (rng.choice(["", "-"]), rng.randint(0, 10**6), rng.randint(-12, 12))
        if kind == 3:
            return "0" * rng.randint(1, 30) + str(rng.randint(0, 99)) + "." + "0" * rng.randint(0, 12)
        if kind == 4:
            return "." + "0" * rng.randint(0, 7) + str(rng.randint(0, 99))
        return "".join(rng.choice("0123456789.-+eE,") for _ in range(rng.randint(1, 8)))

    fixed = ["1e999", "-1e999", "1e-999", "0e999", "nan", "NaN", "inf", "-Infinity", "Infinity", "1_000", "١٢",
             "999999999999999", "999999999999999.999999", "1000000000000000", "1e15", "1e14", "-0", "-0.0",
             "0.0000001", "0.000001", "1.0000000000", "--1", "+-1", "1.2.3", "1e", "e1", "1e1.5", "0x10", "5."]
    context = decimal.Context(prec=1000, Emax=10**6, Emin=-10**6)
    for case in fixed + [text() for _ in range(3000)]:
        plain = case.isascii() and "_" not in case and not any(c in "nNiIaA" for c in case)
        try:
            number = decimal.Decimal(case, context) if plain else None
        except decimal.InvalidOperation:
            number = None
        if number is None:
            yield {"text": case, "result": "not a number"}
            continue
        number = number.normalize(context)
        if number and (abs(number) >= 10**15 or -number.as_tuple().exponent > 6):
            yield {"text": case, "result": "out of range"}
            continue
        result = format(number, "f") if number else "0"
        yield {"text": case, "result": result}


def encoding_cases():
    text = "id,name,amount\n1,Zoë Müller,10\r\n2,“Ünïcode” – €,20\n3,plain,30\n"
    wide = text + "4,日本 𝄞,40\n"
    narrow = "id,name,amount\n1,Zoë Müller,10\r\n2,Ünïcode £,20\n"
    for name, encoding, mark, content in [
        ("utf-8", "utf-8", b"", wide), ("utf-8", "utf-8", b"\xef\xbb\xbf", wide),
        ("utf-16le", "utf-16-le", b"", wide), ("utf-8", "utf-16-le", b"\xff\xfe", wide),
        ("utf-16be", "utf-16-be", b"", wide), ("utf-8", "utf-16-be", b"\xfe\xff", wide),
        ("latin-1", "latin-1", b"", narrow), ("windows-1252", "cp1252", b"", text),
        ("latin-1", "utf-8", b"\xef\xbb\xbf", wide),
    ]:
        yield {"declared": name, "bytes": (mark + content.encode(encoding)).hex(), "text": content}


def write(name, cases):
    cases = list(cases)
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases)
    (here / name).write_text("[\n" + lines + "\n]\n")
    print(name, len(cases))


if __name__ == "__main__":
    rng = random.Random(20260331)
    write("murmur3.json", murmur_vectors(rng))
    write("csv.json", csv_cases(rng))
    write("numbers.json", number_cases(rng))
    write("encodings.json", encoding_cases())
