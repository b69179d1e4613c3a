"""Makes flats.csv and flats-decimal-comma.csv: 300 flats that do not exist, with Python's csv module.

    python3 flats.py

The kind follows from size and rooms, the rent from size, district and year, the extras from the kind; one number in ten is missing.
"""
import csv
import os
import random

DISTRICTS = {"harbour": 3.0, "old town, west bank": 2.5, 'the "Hill"': 1.5, "north": 0.0}
HEATING = ["gas", "district heating", "heat pump"]


def flats():
    draw = random.Random(1)
    for number in range(300):
        kind = draw.choice(["family", "loft", "studio"])
        size, rooms = {"family": (95, 4), "loft": (90, 1), "studio": (32, 1)}[kind]
        size = round(size + draw.gauss(0, 8), 1)
        rooms += draw.choice([0, 0, 1])
        district = draw.choice(list(DISTRICTS))
        built = draw.randint(1900, 2020)
        rent = round(size * (9 + DISTRICTS[district] + (built - 1900) / 60) + draw.gauss(0, 25), 2)
        extras = [name for name, chance in [("balcony", 0.8 if kind == "family" else 0.2), ("lift", 0.9 if kind == "loft" else 0.3)] if draw.random() < chance]
        missing = draw.random() < 0.1
        yield [number, district, size, rooms, None if missing else built, draw.choice(HEATING + [None]), rent, kind, "|".join(extras)]


def write(name, encoding, delimiter, end, text):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
        writer.writerow(["id", "district", "size", "rooms", "built", "heating", "rent", "kind", "extras"])
        writer.writerows([[text(value) for value in flat] for flat in flats()])


write("flats.csv", "utf-8", ",", "\n", lambda value: value)
write("flats-decimal-comma.csv", "utf-8-sig", ";", "\r\n", lambda value: str(value).replace(".", ",") if isinstance(value, float) else value)
