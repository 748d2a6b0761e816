import Formats
import Foundation
import Testing

@testable import Noticeboard
@testable import Privacy

/// What must not be published of persons, and what only reads like it.
@Suite struct PersonalPhraseTests {
    /// One phrase a line: what schools write, by several hands; `\n` stands for a line end.
    static let personal = phrases("personal")
    static let harmless = phrases("harmless")

    private static func phrases(_ name: String) -> [String] {
        phrases(in: Program.checkout.appending(path: "Tests/NoticeboardTests/Phrases/\(name).txt"))
    }

    private static func phrases(in file: URL) -> [String] {
        ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
            .map { $0.replacingOccurrences(of: "\\n", with: "\n") }
    }

    private static func answers(_ text: String) -> (refused: Bool, asked: Bool) {
        let source = SourceFile(path: "a.md", text: text)
        let found = PersonalPhrases.find(in: source.bytes)
        let isRefused =
            found.contains { $0.answer == .refused }
            || !PersonalData.unknownSite.errors(in: source, phrases: []).isEmpty
        return (isRefused, !found.isEmpty)
    }

    @Test func personalOnesAreRefused() {
        let missed = PersonalPhraseTests.personal.filter { !PersonalPhraseTests.answers($0).refused }
        #expect(PersonalPhraseTests.personal.count >= 200)
        #expect(missed == [])
    }

    @Test func harmlessOnesAreNot() {
        let answers = PersonalPhraseTests.harmless.map { ($0, PersonalPhraseTests.answers($0)) }
        #expect(PersonalPhraseTests.harmless.count >= 300)
        #expect(answers.filter(\.1.refused).map(\.0) == [])
        #expect(answers.filter(\.1.asked).count <= 9)
    }

    /// Lists of a hundred that were written without knowledge of the rules. `before`: how many of them the rules found when a list
    /// was new to them (of those of a, b and c the rules have learnt since; d was new to the rules that had learnt from a to c).
    @Test(arguments: [("a", 11, 90), ("b", 16, 90), ("c", 28, 95), ("d", 79, 90)])
    func listsByOtherHands(_ list: String, before: Int, least: Int) {
        let personal = PersonalPhraseTests.phrases("personal-\(list)")
        let harmless = PersonalPhraseTests.phrases("harmless-\(list)")
        #expect(personal.count == 100 && harmless.count == 100)
        let found = personal.filter { PersonalPhraseTests.answers($0).asked || PersonalPhraseTests.answers($0).refused }
            .count
        print("phrases \(list): found \(before) of 100 when it was new, \(found) now")
        #expect(found >= least)
        let answers = harmless.map { ($0, PersonalPhraseTests.answers($0)) }
        #expect(answers.filter(\.1.refused).map(\.0) == [])
        #expect(answers.filter(\.1.asked).count <= 3)
    }

    @Test func sharedLists() throws {
        let folder = Program.checkout.deletingLastPathComponent().appending(path: "shared/phrases")
        guard FileManager.default.fileExists(atPath: folder.path) else {
            return print("skipped: there are no ../shared/phrases")
        }
        let personal = PersonalPhraseTests.phrases(in: folder.appending(path: "personal.txt"))
        let harmless = PersonalPhraseTests.phrases(in: folder.appending(path: "harmless.txt"))
        let found = personal.filter { PersonalPhraseTests.answers($0).refused || PersonalPhraseTests.answers($0).asked }
            .count
        print("phrases of ../shared: found \(found) of \(personal.count)")
        #expect(found >= personal.count - 2)
        let answers = harmless.map(PersonalPhraseTests.answers)
        let isAnyRefused = answers.contains { $0.refused }
        #expect(!isAnyRefused)
        #expect(answers.filter(\.asked).count <= 3)
    }

    /// A sentence is judged by itself: what stands in another one neither hides nor makes a certain phrase.
    @Test func sentencesAreJudgedOneByOne() {
        for personal in PersonalPhraseTests.personal.prefix(20) {
            let text = "如果有情况，及时报告。\n\(personal)。\n三（2）班，完成消毒。"
            #expect(PersonalPhrases.find(in: Array(text.utf8)).count >= 1, "\(personal)")
        }
        #expect(PersonalPhrases.find(in: Array("三（2）班完成消毒。学生发热不到校。".utf8)) == [])
    }

    /// A word is one word, whatever stands within it, and whatever looks like its characters.
    @Test func wordsInPieces() {
        for text in [
            "三（2）班一名学生\n今日发热。", "三（2）班一名学生发**热**。", "三（2）班一名学生发\\\n热。", "三（2）班一名学生发\u{200B}热。",
            "三（2）班一名学生发\u{AD}热。", "三（2）班一名学生发&#28909;。", "三（2）班一名学生发&#x70ED;。", "三（2）班一名学生发\u{2060}热。", "三（2）班一名学生发★热。",
            "三（2）班一名学⽣发热。", "三（2）班一名學生發熱。",
        ] {
            #expect(!PersonalPhrases.find(in: Array("---\ntitle: 甲\n---\n\(text)".utf8)).isEmpty, "\(text)")
        }
        let fields = "---\n标题: 三（2）班学生家长会\n摘要: 流感\n---\n正文。\n"
        #expect(PersonalPhrases.find(in: Array(fields.utf8)) == [])
    }

    /// What is told only together: a heading and its text, a line and its list, a header and its cells.
    @Test(arguments: [
        "## 三（2）班情况通报\n\n昨日起陆续有两名同学发热。", "| 年级 | 发热 |\n|---|---|\n| 五年级 | 2 |", "结核筛查强阳性：\n\n- 高一 3人",
        "| 病因 | 四1 | 四2 |\n|---|---|---|\n| 流感 | 3 | 0 |", "请以下同学补种疫苗：\n\n- 何俊杰\n- 吴欣怡",
        "各班病假人数如下：\n\n- 四(1)：三", "| 姓名 | 体温 |\n|---|---|\n| 薛子涵 | 38.7 |",
    ])
    func context(_ text: String) { #expect(!PersonalPhrases.find(in: Array(text.utf8)).isEmpty) }

    /// Exact counts of our own persons, by a part of the school or below k; others' counts, rules, helpers and things.
    @Test(arguments: [
        ("五年级今日请病假3人。", PersonalPhrases.Answer.refused), ("我校今日新增发热2人。", .refused), ("校车2号线有1名学生隔离。", .refused),
        ("初一年级未接种麻疹疫苗的有12人。", .refused), ("教师今日缺勤4人。", .refused), ("昨天我校3名学生发热，请家长注意。", .refused),
        ("本周两名同学因诺如病毒居家。", .refused),
        ("甲流：三（2）班4、三（1）班2。", .refused), ("今日应到1062人，实到1051人。", .question), ("我校今日因病缺勤12人。", .question),
        ("三（2）班发热0人。", .question),
    ])
    func counts(_ text: String, answer: PersonalPhrases.Answer) {
        #expect(PersonalPhrases.find(in: Array(text.utf8)).map(\.answer) == [answer])
    }

    @Test(arguments: [
        "全县本周报告流感312例。", "每班2名学生参加演练。", "3人一组进行消毒。", "同班3例以上当天报告。", "全校今日无因病缺勤。", "零报告。", "校医室有病床2张、体温枪24支。",
        "今日因病缺勤0–4人。", "五（1）班3人获防病知识竞赛一等奖。",
    ])
    func otherCounts(_ text: String) { #expect(PersonalPhrases.find(in: Array(text.utf8)) == []) }

    /// Any bytes are looked through without harm.
    @Test func anyBytes() {
        var random = SplitMix(state: 7)
        let lists = ["personal", "personal-a", "personal-b", "personal-c", "personal-d"].flatMap(
            PersonalPhraseTests.phrases)
        let pieces = lists.joined(separator: "\n").utf8.map { $0 }
        for _ in 0..<5000 {
            let start = Int.random(in: 0..<pieces.count - 200, using: &random)
            var bytes = Array(pieces[start..<start + Int.random(in: 1...200, using: &random)])
            if Bool.random(using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            for found in PersonalPhrases.find(in: bytes) {
                #expect(found.sentence.contains(found.place))
                #expect(found.number.upperBound <= bytes.count)
            }
        }
    }
}
