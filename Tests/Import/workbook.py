"""Writes workbooks (.xlsx) as Excel and WPS do, with just the parts that a test is about."""
import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(value, row, column, shared, styles):
    """A number, a text, or (number, format) where the format is a number of its own or a code."""
    place = f'r="{letters(column)}{row + 1}"'
    if value == "" or value is None:
        return ""
    if isinstance(value, tuple):
        styles.append(value[1])
        return f'<c {place} s="{len(styles)}"><v>{value[0]}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {place}><v>{value}</v></c>"
    if shared is None:
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if value not in shared:
        shared.append(value)
    return f'<c {place} t="s"><v>{shared.index(value)}</v></c>'


def sheet_xml(rows, merges, shared, styles):
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(cell(value, number, column, shared, styles) for column, value in enumerate(row))
        lines.append(f'<row r="{number + 1}">{cells}</row>')
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}"><sheetData>'
            f'{"".join(lines)}</sheetData>{f"<mergeCells>{merged}</mergeCells>" if merged else ""}</worksheet>')


def styles_xml(styles):
    """Style 0 is a plain number; the others are numbered from 1 in the order of use."""
    codes = {style: 164 + index for index, style in enumerate(s for s in dict.fromkeys(styles) if isinstance(s, str))}
    formats = "".join(f'<numFmt numFmtId="{id}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>' for code, id in codes.items())
    cells = "".join(f'<xf numFmtId="{codes.get(style, style)}"/>' for style in [0] + styles)
    return (f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            f"<cellXfs>{cells}</cellXfs></styleSheet>")


def workbook(sheets, merges=(), hidden=(), inline=False, uses_1904=False, phonetic=False):
    """The bytes of a workbook; `sheets` maps names to rows."""
    shared, styles = (None if inline else []), []
    parts = {}
    entries, links = [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(rows, merges if number == 1 else (), shared, styles)
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append(f'<Relationship Id="rId{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>')
    date_system = '<workbookPr date1904="1"/>' if uses_1904 else "<workbookPr/>"
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{date_system}<sheets>{"".join(entries)}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(links)}</Relationships>'
    parts["xl/styles.xml"] = styles_xml(styles)
    if shared is not None:
        aid = '<rPh sb="0" eb="1"><t>pinyin</t></rPh>' if phonetic else ""
        # In two pieces of different looks, as cells are of which a part is bold.
        items = "".join(f'<si><r><t xml:space="preserve">{escape(t[:1])}</t></r><r><t xml:space="preserve">{escape(t[1:])}</t></r>{aid}</si>' for t in shared)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    parts["[Content_Types].xml"] = "<Types/>"
    return packed(parts)


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def prefixed(data):
    """The same workbook with a prefix before every element of the main namespace, as some programs write it."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if MAIN in text:
                text = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")
            parts[name] = text
    return packed(parts)


def typed(text):
    """What Excel makes of a typed text: a number where it is one."""
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return float(text)
    return text


def rows(text):
    """The cells of CSV text as Excel would hold them."""
    return [[typed(cell) for cell in line] for line in csv.reader(text.rstrip("\n").split("\n"))]
