"""Writes the workbooks that the reader is tested with, and beside each the CSV with the same values.

    python3 scripts/workbooks/make_workbooks.py src/data/workbook/fixtures

Each comes from two writers: openpyxl 3.1 (`*.openpyxl.xlsx`), and LibreOffice 7.4, which opens that one, works out its
formulas and writes it its own way (`*.libreoffice.xlsx`). All outages are made up.
"""

import csv
import datetime as dt
import pathlib
import subprocess
import sys
import tempfile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

OUT = pathlib.Path(sys.argv[1])
DAY = dt.timedelta(days=1)
UNITS = ["Aubrac 1", "Aubrac 2", "Éparges 3", "Grand-Cœur 4"]


class Shown:
    """A value with the number format a workbook shows it by, and what the CSV says of it."""

    def __init__(self, value, number_format, text):
        self.value, self.number_format, self.text = value, number_format, text


class Formula(Shown):
    def __init__(self, formula, text, number_format="General"):
        super().__init__(formula, number_format, text)


def date(day, number_format="dd/mm/yyyy"):
    return Shown(day, number_format, day.isoformat()[:10])


def moment(when, number_format="dd/mm/yyyy hh:mm"):
    return Shown(when, number_format, when.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00"))


def amount(hours):
    whole = int(hours)
    return Shown(dt.timedelta(hours=hours), "[h]:mm", f"{whole:02d}:{round((hours - whole) * 60):02d}")


def outages(n=24):
    start = dt.datetime(2021, 3, 1)
    for i in range(n):
        yield i, UNITS[i % 4], start + 41 * i * DAY, 9.5 + (i * 7) % 13 + 0.25 * (i % 4)


def fill(sheet, rows, first_row=1, first_column=1):
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            at = sheet.cell(first_row + r, first_column + c)
            at.value = cell.value if isinstance(cell, Shown) else cell
            if isinstance(cell, Shown):
                at.number_format = cell.number_format


def text_of(cell):
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, bool):
        return str(cell).upper()
    if cell is None or (isinstance(cell, str) and cell.startswith("#")):
        return ""
    return str(cell)


def dates():
    header = ["Tranche", "Début", "Fin", "Durée (jours)", "Effectif"]
    return [header] + [
        [unit, date(start), date(start + round(days) * DAY, "yyyy\\-mm\\-dd"), days, 100 + 3 * i]
        for i, unit, start, days in outages()
    ]


def times():
    header = ["Tranche", "Début", "Fin", "Relève", "Durée"]
    return [header] + [
        [
            unit,
            moment(start + dt.timedelta(hours=6 + i % 3, minutes=15 * (i % 4))),
            moment(start + dt.timedelta(days=days), "[$-40C]d mmmm yyyy\\ hh:mm;@"),
            Shown(dt.time(6 + i % 12, 30), "hh:mm", f"{6 + i % 12:02d}:30"),
            amount(24 * days + 0.5),
        ]
        for i, unit, start, days in outages()
    ]


def formulas():
    header = ["Tranche", "Début", "Fin", "Durée (jours)", "Classe"]
    return [header] + [
        [
            unit,
            date(start),
            Formula(f"=B{i + 2}+{round(days)}", (start + round(days) * DAY).date().isoformat(), "dd/mm/yyyy"),
            Formula(f"=C{i + 2}-B{i + 2}", str(round(days))),
            Formula(f'=IF(D{i + 2}>15,"long","court")', "long" if round(days) > 15 else "court"),
        ]
        for i, unit, start, days in outages()
    ]


def french_texts():
    """Numbers stored as text, as an export pasted into a workbook has them, beside true ones."""
    comma = lambda x: f"{x:.2f}".replace(".", ",")
    header = ["Tranche", "Début", "Durée (jours)", "Puissance (MW)", "Dose"]
    return [header] + [
        [
            unit,
            start.strftime("%d/%m/%Y"),
            comma(days),
            Shown(900.125 + i, "General", f"{900.125 + i}".replace(".", ",")),
            comma(0.5 + i) if i % 2 else Shown(0.75 + i, "General", comma(0.75 + i)),
        ]
        for i, unit, start, days in outages()
    ]


def kinds():
    header = ["Code", "Prévu", "Part", "Écart", "Coût", "Seuil"]
    errors = ["#N/A", "#DIV/0!", "#VALUE!"]
    return [header] + [
        [
            f"00{i}7",
            i % 3 == 0,
            Shown(round(0.05 * (i % 20), 2), "0 %", str(round(0.05 * (i % 20), 2))),
            errors[i % 3] if i % 5 == 0 else -1.5 * i,
            1234567890 + i,
            float(f"{1.5e-7 * (i + 1):.3g}"),
        ]
        for i, *_ in outages()
    ]


def texts():
    header = ["Tranche", "Remarque", "Lot", "Durée (jours)"]
    remarks = [
        'Arrêt « VP » ; prolongé, voir "note"',
        "deux\nlignes",
        "a < b & c > d",
        "  espaces  ",
        "tab\tici",
        "émoji 🛠 et œ",
    ]
    return [header] + [[unit, remarks[i % 6], f"L{i % 3}", days] for i, unit, start, days in outages()]


def placed():
    rows = [["Tranche", "Début", "Durée (jours)"]] + [
        [unit, date(start, "m/d/yy"), days] for i, unit, start, days in outages()
    ]
    return rows + [["Total", None, sum(row[2] for row in rows[1:])]]


def merged():
    groups = [["Tranche", "Dates", None, "Durée (jours)"], [None, "début", "fin", None]]
    body = [
        [UNITS[i // 6] if i % 6 == 0 else None, date(start), date(start + round(days) * DAY), days]
        for i, unit, start, days in outages()
    ]
    return groups + body


def sheets():
    return [["Site", "Année", "Durée (jours)"]] + [[unit, start.year, days] for i, unit, start, days in outages()]


def write_csv(name, rows):
    with open(OUT / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter="\t").writerows([text_of(cell) for cell in row] for row in rows)


def save(book, name):
    path = OUT / f"{name}.openpyxl.xlsx"
    book.save(path)
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, path]
        subprocess.run(command, check=True, capture_output=True)
        (pathlib.Path(folder) / path.name).replace(OUT / f"{name}.libreoffice.xlsx")


def write_plain(name, rows):
    book = Workbook()
    fill(book.active, rows)
    save(book, name)
    write_csv(name, rows)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for table in (dates, times, formulas, french_texts, kinds):
        write_plain(table.__name__, table())

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    fill(book.active, dates())
    save(book, "dates_1904")
    write_csv("dates_1904", dates())

    book = Workbook()
    rows = texts()
    fill(book.active, rows)
    for at, row in enumerate(rows[1:], 2):
        bold = TextBlock(InlineFont(b=True), row[0][:3])
        book.active.cell(at, 1).value = CellRichText(bold, row[0][3:])
    save(book, "texts")
    write_csv("texts", rows)

    book = Workbook()
    sheet = book.active
    sheet["B2"] = "Arrêts de la flotte, extrait de mars"
    sheet.merge_cells("B2:D2")
    fill(sheet, placed(), first_row=4, first_column=2)
    sheet.auto_filter.ref = "B4:D28"
    for row in (7, 8):
        sheet.row_dimensions[row].hidden = True
    save(book, "placed")
    write_csv("placed", placed()[:-1])

    book = Workbook()
    sheet = book.active
    fill(sheet, merged())
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:D2")
    for first in range(3, 27, 6):
        sheet.merge_cells(start_row=first, end_row=first + 5, start_column=1, end_column=1)
    save(book, "merged")
    body = [[UNITS[i // 6], *row[1:]] for i, row in enumerate(merged()[2:])]
    write_csv("merged", [["Tranche", "Dates · début", "Dates · fin", "Durée (jours)"], *body])

    book = Workbook()
    book.active.title = "Vide"
    hidden = book.create_sheet("Calculs")
    hidden.sheet_state = "hidden"
    fill(hidden, [["x", "y"], [1, 2]])
    fill(book.create_sheet("Arrêts & durées"), sheets())
    fill(book.create_sheet("Listes"), [["Type", "Libellé"], ["VP", "Visite partielle"], ["VD", "Visite décennale"]])
    save(book, "sheets")
    write_csv("sheets", sheets())


main()
