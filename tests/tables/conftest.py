"""Small files in each format, made byte by byte so that hostile ones can be made too."""

import zipfile
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

import pytest

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class Cell(str):
    """A cell given as XML."""

    __slots__ = ()


def cell_xml(place: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Cell):
        return value.replace("PLACE", place)
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: list[list[object]]) -> str:
    body = "".join(
        f'<row r="{number}">'
        + "".join(cell_xml(f"{chr(64 + at)}{number}", value) for at, value in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


class WriteXlsx(Protocol):
    def __call__(self, **sheets: list[list[object]] | str) -> Path: ...


@pytest.fixture
def xlsx(tmp_path: Path) -> WriteXlsx:
    """Write an XLSX file of the sheets given (rows of values, or the sheet's XML)."""

    def write(**sheets: list[list[object]] | str) -> Path:
        path = tmp_path / "table.xlsx"
        names = list(sheets)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
                f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            listed = "".join(
                f'<sheet name="{name}" sheetId="{at}" r:id="s{at}"/>'
                for at, name in enumerate(names, 1)
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
            )
            links = "".join(
                f'<Relationship Id="s{at}" Type="{OFFICE}/worksheet" Target="worksheets/{at}.xml"/>'
                for at, _ in enumerate(names, 1)
            )
            links += f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.xml"/>'
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
            )
            archive.writestr("xl/styles.xml", STYLES)
            for at, rows in enumerate(sheets.values(), 1):
                xml = rows if isinstance(rows, str) else sheet_xml(rows)
                archive.writestr(f"xl/worksheets/{at}.xml", xml)
        return path

    return write
