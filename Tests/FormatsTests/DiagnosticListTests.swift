import Testing

@testable import Formats

@Suite struct DiagnosticListTests {
    private let source = SourceFile(path: "a.csv", text: String(repeating: "教室,24间\n", count: 300))

    private func warning(_ line: Int, _ words: String = "单位") -> Diagnostic {
        source.warning(
            "csv.unit", at: source.lines(in: 0..<source.bytes.count)[line], words, words, fix: .init("改", "mend"))
    }

    private func error(_ line: Int) -> Diagnostic {
        source.error(
            "csv.blank-count", at: source.lines(in: 0..<source.bytes.count)[line], "空", "blank", fix: .init("填", "fill")
        )
    }

    @Test func equalOnesAreOneWithAllPlaces() {
        let list = DiagnosticList((0..<101).map { warning($0) })
        #expect(list.groups.count == 1 && list.groups[0].places.map(\.line) == Array(1...101))
        #expect(list.files.map(\.warnings) == [101])
    }

    /// However many warnings come before it, the error that stops everything is shown, and first.
    @Test func errorsComeFirstAndAreNeverLeftOut() {
        let list = DiagnosticList((0..<250).map { warning($0, "第\($0)种") } + [error(260)])
        #expect(list.groups[0].first.severity == .error)
        #expect(list.groups.count == 1 + DiagnosticList.limit)
        #expect(list.left.map(\.warnings) == [150] && list.left.map(\.errors) == [0])
        #expect(list.files.map(\.errors) == [1] && list.files.map(\.warnings) == [250])
    }

    @Test func filesWithErrorsComeFirstInTheSummary() {
        let other = Diagnostic(.warning, "x.y", in: "0.csv", "甲", "a", fix: .init("改", "mend"))
        #expect(DiagnosticList([other, error(0)]).files.map(\.path) == ["a.csv", "0.csv"])
    }
}
