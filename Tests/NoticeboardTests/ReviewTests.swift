import Foundation
import Testing

/// Reviews, as they are recorded from the command line.
@Suite struct ReviewTests {
    private static let path = "content/notices/2026/2026-11-18-home-study.md"

    /// A copy of the sample school whose notice has no reviews, with one line of it changed.
    private func site(in work: borrowing TemporaryFolder, _ from: String = "", _ to: String = "") throws {
        try FileManager.default.copyItem(
            at: Program.checkout.appending(path: "content"), to: work.url.appending(path: "content"))
        let file = work.url.appending(path: ReviewTests.path)
        var text = try String(contentsOf: file, encoding: .utf8)
        text.replace(/reviews:\n(  .*\n)+/, with: "")
        if !from.isEmpty { text = text.replacingOccurrences(of: from, with: to) }
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    private func review(_ stage: String, in work: borrowing TemporaryFolder, _ more: String...) throws -> Program.Result
    {
        let arguments = ["review", ReviewTests.path, "--stage", stage, "--by", "校长", "--now", GoldenTests.now] + more
        return try Program.run(arguments, in: work.url)
    }

    @Test func stagesInTheirOrder() throws {
        let work = try TemporaryFolder()
        try site(in: work)
        #expect(try review("终审", in: work).errors.contains("review.order"))
        #expect(try review("初审", in: work, "--date", "2026-11-20").output.contains("复审"))
        #expect(try review("复审", in: work, "--date", "2026-11-19").errors.contains("review.order"))
        #expect(try review("复审", in: work, "--date", "2027-01-01").status == 2)
        #expect(try review("复审", in: work).status == 0)
        #expect(try review("终审", in: work).output.contains("可以发布"))
        #expect(try review("四审", in: work).errors.contains("review.not-needed"))
        let check = try Program.run("check", "--now", GoldenTests.now, "--format", "line", in: work.url)
        #expect(!check.errors.contains("review."))
        // One more sign, and all of them are of another text.
        let file = work.url.appending(path: ReviewTests.path)
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "补充。\n").write(to: file, atomically: true, encoding: .utf8)
        let changed = try Program.run("check", "--now", GoldenTests.now, "--format", "line", in: work.url)
        #expect(changed.errors.contains("review.changed"))
        // Blanks at lines' ends and line ends are no change.
        try text.replacingOccurrences(of: "\n", with: "  \r\n").write(to: file, atomically: true, encoding: .utf8)
        let same = try Program.run("check", "--now", GoldenTests.now, "--format", "line", in: work.url)
        #expect(!same.errors.contains("review."), "\(same.errors)")
    }

    @Test(arguments: [("date: ", "status: draft\ndate: "), ("summary: ", "summary: ×××")])
    func unfinishedTextsAreNotReviewed(_ from: String, _ to: String) throws {
        let work = try TemporaryFolder()
        try site(in: work, from, to)
        let before = try snapshot(work.url)
        let result = try review("初审", in: work)
        #expect(result.status == 1 && result.errors.contains("review.unfinished"), "\(result.errors)")
        #expect(try snapshot(work.url) == before)
    }

    @Test func pagesNeedNone() throws {
        let work = try TemporaryFolder()
        try site(in: work)
        let result = try Program.run(
            "review", "content/pages/faq.md", "--stage", "初审", "--by", "校长", in: work.url)
        #expect(result.status == 2)
    }

    /// Folders may have Chinese names; fields in braces cannot be reviewed, and nothing of them is lost.
    @Test func foldersAndBraces() throws {
        let work = try TemporaryFolder()
        let site = work.url.appending(path: "学校网站")
        try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Program.checkout.appending(path: "content"), to: site.appending(path: "content"))
        let file = site.appending(path: ReviewTests.path)
        let text = try String(contentsOf: file, encoding: .utf8).replacing(/reviews:\n(  .*\n)+/, with: "")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let arguments = ["review", ReviewTests.path, "--stage", "初审", "--by", "校长", "--now", GoldenTests.now]
        #expect(try Program.run(arguments, in: site).status == 0)
        let flow =
            "---\n{title: 甲, kind: 通知, issuer: 甲, date: 2026-11-20, team: study,\ncategory: epidemic, summary: 乙}\n---\n正文。\n"
        try flow.write(to: file, atomically: true, encoding: .utf8)
        #expect(try Program.run(arguments, in: site).status == 1)
        #expect(try String(contentsOf: file, encoding: .utf8) == flow)
    }

    /// Keys of the notice's own language.
    @Test func chineseKeysStayChinese() throws {
        let work = try TemporaryFolder()
        try site(in: work, "title: ", "标题: ")
        #expect(try review("初审", in: work).status == 0)
        let text = try String(contentsOf: work.url.appending(path: ReviewTests.path), encoding: .utf8)
        #expect(text.contains("审核:\n  - {环节: 初审, 审核人: 校长, 日期: 2026-11-23, 封签: \""))
    }
}
