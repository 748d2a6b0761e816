import Formats
import Testing

@testable import Noticeboard

/// What is known of a page is passed over, and nothing that a reader sees is missed by it.
@Suite struct PersonalDataTests {
    private static let pieces = [
        "1", "3", "8", "00", "13800138000", "１３８", "−", "-", " ", "(", ")", ".", "，", "　", "x", "X", "<", ">", "\"",
        "a", "中",
        "\u{200B}", "11010519491231002X", "——",
    ]

    /// Ranges of any place and length that hold no value themselves are known; the rest, widened, shows every value.
    @Test(arguments: 0..<20)
    func nothingAcrossTheEdgesOfWhatIsKnown(_ seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let privacy = PersonalData(contacts: [])
        var found = 0
        for _ in 0..<500 {
            let count = Int.random(in: 1...60, using: &random)
            let bytes = (0..<count).flatMap { _ in PersonalDataTests.pieces.randomElement(using: &random)!.utf8 }
            var text = PageText()
            var copied = 0
            while copied < bytes.count {
                let end = min(bytes.count, copied + Int.random(in: 1...100, using: &random))
                let piece = Array(bytes[copied..<end])
                let isClean = Bool.random(using: &random) && privacy.isAbsent(in: piece)
                text.append(piece, isKnown: isClean)
                copied = end
            }
            let isThere = !privacy.isAbsent(in: bytes)
            found += isThere ? 1 : 0
            #expect(!privacy.errors(inPage: text, route: "a.html").isEmpty == isThere, "\(text)")
        }
        #expect(found > 50)
    }

    /// Figures with many decimals are no telephone numbers.
    @Test(arguments: [
        ("1104.17371247083", true), ("0.13800138000", true), ("13800138000", false), ("电话13800138000。", false),
        ("138.0013.8000", false), ("+86 138-0013-8000", false),
    ])
    func decimalsAreNoTelephones(_ text: String, _ isClean: Bool) {
        #expect(PersonalData(contacts: []).isAbsent(in: Array(text.utf8)) == isClean)
    }
}
