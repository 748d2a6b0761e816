import Testing

@testable import Formats

/// The parts of workbooks that need no archive; whole ones are read in Tests/Import.
@Suite struct WorkbookTests {
    @Test(arguments: [
        ("yyyy-mm-dd", NumberFormats.Kind.day), ("yyyy\"年\"m\"月\"d\"日\";@", .day), ("[$-804]yyyy/m/d h:mm", .day),
        ("mmm", .day),
        ("h:mm", .time), ("[h]:mm:ss", .time), ("上午/下午h\"时\"mm\"分\"", .time), ("0%", .percent), ("0.00%", .percent),
        ("0", .number), ("#,##0.00", .number), ("0.00E+00", .number), ("\"第\"0\"天\"", .number), ("General", .number),
        ("0_);[Red]\\(0\\)", .number), ("@", .number), ("\"day\"0", .number),
    ])
    func formatsThatSomebodyWrote(_ code: String, _ kind: NumberFormats.Kind) {
        #expect(NumberFormats.kind(ofCode: code) == kind)
    }

    /// The formats without a code, by their numbers (ECMA-376 part 1, §18.8.30).
    @Test(arguments: Array(0...60))
    func formatsByNumber(_ id: Int) throws {
        let xml = "<styleSheet><cellXfs><xf numFmtId=\"\(id)\"/></cellXfs></styleSheet>"
        let kind = try #require(NumberFormats(Array(xml.utf8))).kind(ofStyle: 0)
        switch id {
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: #expect(kind == .day)
        case 18...21, 32...35, 45...47, 55, 56: #expect(kind == .time)
        case 9, 10: #expect(kind == .percent)
        default: #expect(kind == .number)
        }
    }

    private func rows(_ cells: String, style: Int = 0, uses1904: Bool = false) -> [[String]]? {
        let styles = "<styleSheet><cellXfs><xf numFmtId=\"\(style)\"/></cellXfs></styleSheet>"
        var reader = WorksheetReader(
            name: "a", texts: ["甲"], formats: NumberFormats(Array(styles.utf8))!, uses1904: uses1904)
        return reader.read(Array("<worksheet><sheetData>\(cells)</sheetData></worksheet>".utf8))?.rows
    }

    @Test(arguments: [
        ("43864", 14, "2020-02-03"), ("43864.5", 22, "2020-02-03 12:00"), ("0.354166666666667", 20, "08:30"),
        ("59", 14, "1900-02-28"),
        ("61", 14, "1900-03-01"), ("0.976", 10, "97.6%"), ("0.30000000000000004", 0, "0.3"), ("42", 0, "42"),
        ("42.0", 0, "42"), ("-3.5", 0, "-3.5"), ("1e3", 0, "1000"), ("0.9999999", 20, "23:59"), ("x", 14, "x"),
    ])
    func numbersAsTheyAreShown(_ value: String, _ style: Int, _ text: String) {
        #expect(rows("<row r=\"1\"><c r=\"A1\"><v>\(value)</v></c></row>", style: style) == [[text]])
    }

    @Test func placesOfCells() {
        #expect(rows("<row r=\"2\"><c r=\"C2\" t=\"s\"><v>0</v></c></row>") == [[], ["", "", "甲"]])
        #expect(rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>") == [["1", "2"], ["3"]])
        #expect(rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>") == [])
        #expect(rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>") == nil)
        #expect(rows("<row r=\"1048576\"><c r=\"XFD1048576\"/></row>") == [])
        #expect(rows("<row r=\"-5\"><c><v>1</v></c></row>") == nil)
        #expect(Workbook.Sheet.cellName(row: 2, column: 27) == "AB3")
    }

    @Test func documentsWithEntitiesAreRefused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>"
        #expect(!XMLReader.read(Array(bomb.utf8)) { _ in })
        #expect(XMLReader.read(Array("<a>&amp;</a>".utf8)) { _ in })
        #expect(!XMLReader.read(Array("<a><b></a>".utf8)) { _ in })
    }
}
