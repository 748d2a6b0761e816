import Formats
import Foundation
import Testing

@testable import Noticeboard

/// What must not be published of persons, and what only reads like it.
@Suite struct PersonalPhraseTests {
    /// One phrase a line: what schools write, by several hands.
    static let personal = phrases("personal")
    static let harmless = phrases("harmless")

    private static func phrases(_ name: String) -> [String] {
        let file = Program.checkout.appending(path: "Tests/NoticeboardTests/Phrases/\(name).txt")
        return ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    @Test func personalOnesAreFound() {
        let missed = PersonalPhraseTests.personal.filter { PersonalPhrases.find(in: Array($0.utf8)).isEmpty }
        #expect(PersonalPhraseTests.personal.count >= 200)
        #expect(missed == [])
    }

    @Test func harmlessOnesAreNot() {
        let alarms = PersonalPhraseTests.harmless.filter { text in
            let source = SourceFile(path: "a.md", text: text)
            return !PersonalPhrases.find(in: source.bytes).isEmpty
                || !PersonalData.unknownSite.errors(in: source).isEmpty
        }
        #expect(PersonalPhraseTests.harmless.count >= 300)
        #expect(alarms == [])
    }

    /// A sentence is judged by itself: what stands in another one neither hides nor makes a phrase.
    @Test func sentencesAreJudgedOneByOne() {
        for personal in PersonalPhraseTests.personal.prefix(20) {
            let text = "如果有情况，及时报告。\n\(personal)。\n三（2）班，完成消毒。"
            #expect(PersonalPhrases.find(in: Array(text.utf8)).count >= 1, "\(personal)")
        }
        #expect(PersonalPhrases.find(in: Array("三（2）班完成消毒。学生发热不到校。".utf8)) == [])
    }

    /// A word is one word, whatever stands within it; fields of the front matter are read one by one.
    @Test func wordsInPieces() {
        for text in ["三（2）班一名学生\n今日发热。", "三（2）班一名学生发**热**。", "三（2）班一名学生发\\\n热。", "三（2）班一名学生发\u{200B}热。"] {
            #expect(!PersonalPhrases.find(in: Array("---\ntitle: 甲\n---\n\(text)".utf8)).isEmpty, "\(text)")
        }
        let fields = "---\n标题: 三（2）班学生家长会\n摘要: 流感\n---\n正文。\n"
        #expect(PersonalPhrases.find(in: Array(fields.utf8)) == [])
    }

    /// Any bytes are looked through without harm.
    @Test func anyBytes() {
        var random = SplitMix(state: 7)
        let pieces = PersonalPhraseTests.personal.joined().utf8.map { $0 }
        for _ in 0..<2000 {
            let start = Int.random(in: 0..<pieces.count - 40, using: &random)
            var bytes = Array(pieces[start..<start + Int.random(in: 1...40, using: &random)])
            if Bool.random(using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            for found in PersonalPhrases.find(in: bytes) { #expect(found.sentence.contains(found.place)) }
        }
    }
}
