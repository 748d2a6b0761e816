import Formats
import Foundation
import Testing

@testable import Noticeboard

/// What `check --fix` mends, and what it leaves alone.
@Suite struct SourceFixTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let mended: String
        var testDescription: String { text }

        init(_ text: String, _ mended: String? = nil) {
            self.text = text
            self.mended = mended ?? text
        }
    }

    private func mended(_ text: String, path: String = "content/notices/2026/a.md", headings: Bool = false) -> String {
        SourceFix(headings: headings).mended(SourceFile(path: path, text: text)) ?? text
    }

    static let fields = [
        Case("标题：通风", "标题: 通风"), Case("title:通风", "title: 通风"), Case("title： 通风", "title: 通风"),
        Case("成文日期：2026年2月3日", "成文日期: 2026-02-03"), Case("date: 2026.2.3", "date: 2026-02-03"),
        Case("date: ２０２６/２/３", "date: 2026-02-03"), Case("expires_at: 2026年2月3日 8:30", "expires_at: 2026-02-03 08:30"),
        Case("publish_at: 2026-02-03T08:30:00+08:00"), Case("date: 2月3日"), Case("date: 2026-02-30"),
        Case("title: 比例3：2"), Case("url: https://a.example.cn"), Case("title: \"甲：乙\""), Case("  - {stage: 初审, by: 甲}"),
        Case("summary: 注意：开窗"), Case("id: \"2026-001\""),
    ]

    @Test(arguments: fields)
    func fieldsOfFrontMatter(_ line: Case) {
        #expect(mended("---\n\(line.text)\n---\n正文。\n") == "---\n\(line.mended)\n---\n正文。\n")
    }

    static let lines = [
        Case("　　每天开窗。", "每天开窗。"), Case("\u{A0}每天开窗。", "每天开窗。"), Case("共３次，达到９５％。", "共3次，达到95%。"),
        Case("每天上午下午都要开窗通风并且每一次不少于三  \n十分钟。", "每天上午下午都要开窗通风并且每一次不少于三十分钟。"), Case("签名  \n日期"),
        Case("每天上午下午都要开窗通风并且每一次不少于三\\\n十分钟。", "每天上午下午都要开窗通风并且每一次不少于三十分钟。"), Case("每天开窗。  \n每天洗手。"),
        Case("Wash hands  \nand eat."), Case("＃ 通风", "# 通风"), Case("##通风", "## 通风"), Case("1.开窗", "1. 开窗"),
        Case("-洗手", "- 洗手"), Case("1.5米"), Case("-3度"), Case("---"), Case("｜甲｜乙｜", "|甲|乙|"),
        Case("注意：不要关窗。"), Case("三、四年级不上课"), Case("[表](../files/１.txt)"), Case("`１２`"), Case("“通风”很重要。"),
        Case("<a href=“x.md”>甲</a>", "<a href=\"x.md\">甲</a>"),
        Case("\t•\t戴好口罩", "- 戴好口罩"), Case("1、开窗", "1. 开窗"), Case("１．开窗", "1. 开窗"), Case("1．5米"),
        Case("　　第一段。\n　　第二段。", "第一段。\n\n第二段。"), Case("正文。\n一、开窗", "正文。\n\n一、开窗"),
        Case("```\n　　１２\n```"), Case("    １２"), Case("一、通风"), Case("#标签#5", "# 标签#5"),
    ]

    @Test(arguments: lines)
    func linesOfText(_ line: Case) {
        let front = "---\ntitle: 甲\n---\n"
        #expect(mended("\(front)\(line.text)\n") == "\(front)\(line.mended)\n")
    }

    /// What stands further in than its list belongs to it.
    @Test(arguments: [
        Case("- 父项\n\t- 子项一\n\t- 子项二"), Case("1. 早上\n\t- 测温\n\t\t- 记录\n2. 晚上"),
        Case("1. 戴口罩\n\n    外出时戴好。\n\n2. 勤洗手"), Case("● 大项\n\t○ 小项\n● 大项二", "- 大项\n\t- 小项\n- 大项二"),
        Case("\t•\t甲\n\t•\t乙", "- 甲\n- 乙"), Case("• 带水杯\n备注见下\n---\n正文。", "- 带水杯\n\n备注见下\n\n---\n正文。"),
        Case("1.甲\n（1）乙\n2.丙", "1. 甲\n\n（1）乙\n\n2. 丙"), Case("#流感 #诺如"), Case("1.戴口罩；2.勤洗手"), Case("*带湿巾", "- 带湿巾"),
        Case("*重要*的事"),
    ])
    func listsKeepTheirShape(_ line: Case) {
        let front = "---\ntitle: 甲\n---\n"
        #expect(mended("\(front)\(line.text)\n") == "\(front)\(line.mended)\n")
    }

    /// Lines that go on with a quotation without its sign stay in it.
    @Test func quotationsStayWhole() {
        #expect(mended("正文。\n\n> 1、开窗\n2、洗手\n\n末。\n").contains("> 2. 洗手\n"))
    }

    @Test func headingsOnRequest() {
        let text = "一、通风\n\n每天三次。\n\n（一）教室\n\n1. 开窗\n\n一、这是一句话。\n\n二、连着\n下一行\n"
        let headings = "## 一、通风\n\n每天三次。\n\n### （一）教室\n\n#### 1. 开窗\n\n一、这是一句话。\n\n## 二、连着\n\n下一行\n"
        // Numbered paragraphs one after the other are a list.
        let list = "1. 开窗\n\n2. 洗手\n"
        #expect(mended(list, headings: true) == list)
        let pasted = "各班：\n　　一、时间\n　　每天三次。\n　　（一）上午\n　　1、开窗\n　　2、洗手\n"
        let clean = "各班：\n\n## 一、时间\n\n每天三次。\n\n### （一）上午\n1. 开窗\n2. 洗手\n"
        #expect(mended(pasted, headings: true) == clean)
        #expect(mended(text, headings: true) == headings)
        #expect(mended(text) == text)
    }

    @Test func otherFiles() {
        #expect(
            mended("name：甲\nposts:\n  - role：组长\n", path: "content/organisation.yml")
                == "name: 甲\nposts:\n  - role: 组长\n")
        let duties = "duties:\n  - 晨检：每天由班主任负责。\n"
        #expect(mended(duties, path: "content/organisation.yml") == duties)
        #expect(mended("日期,电话\n２０２６-１１-２３,０000\n", path: "content/duty/2026-11.csv") == "日期,电话\n2026-11-23,0000\n")
        // Reports are mended where they are imported; attachments are published as they are.
        #expect(mended("级部,３\n", path: "content/statistics/a/2026-11-23.csv") == "级部,３\n")
    }

    /// The sample school needs no mending, and what was mended needs none again.
    @Test func mendingTwiceIsMendingOnce() throws {
        for file in Sample.tree.files {
            let source = SourceFile(path: file.path, bytes: try Sample.tree.bytes(of: file))
            #expect(SourceFix(headings: false).mended(source) == nil, "\(file.path)")
        }
        var random = SplitMix(state: 11)
        let pieces = (SourceFixTests.fields + SourceFixTests.lines).map(\.text) + ["---", "", "  ", "\\", "```"]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random)! + "\n"
            }.joined()
            let once = mended(text, headings: true)
            #expect(mended(once, headings: true) == once, "\(text)")
        }
    }
}
