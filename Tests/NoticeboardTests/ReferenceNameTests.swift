import Formats
import Foundation
import Testing

@testable import Noticeboard

/// What a notice refers to, by the names that people use.
@Suite struct ReferenceNameTests {
    private func diagnostics(_ fields: String, files: [String] = []) -> [Diagnostic] {
        let text =
            "---\ntitle: 称呼\nid: C1\nkind: 通知\nissuer: 安全办\ndate: 2026-11-01\n\(fields)\n---\n正文。\n"
        let more = files.map { SourceTree.File(path: "content/files/\($0)", bytes: Array("时间,地点\n8:00,操场\n".utf8)) }
        let tree = SourceTree(
            Sample.tree.files + more + [.init(path: "content/notices/2026/name.md", bytes: Array(text.utf8))])
        return Sample.build(tree).diagnostics
    }

    /// A team and a category by what they are called.
    @Test(arguments: [
        ("team: isolation", "category: epidemic"), ("责任组: 隔离组", "类别: 疫情防控"), ("team: 隔离组", "category: epidemic"),
    ])
    func namesAreTaken(_ team: String, _ category: String) throws {
        let names = try ReferenceNameTests.names()
        let fields = "\(team.replacing("隔离组", with: names.team))\n\(category.replacing("疫情防控", with: names.category))"
        #expect(!diagnostics(fields).hasErrors)
    }

    /// Nothing is said of files that nobody uses while a notice that may use them is refused.
    @Test func attachmentsOfARefusedNoticeAreNotUnused() {
        func unused(_ team: String) -> [String] {
            let found = diagnostics(
                "team: \(team)\ncategory: epidemic\nattachments:\n  - {file: files/a.csv, title: 表}",
                files: ["a.csv", "b.csv"])
            return found.filter { $0.id == "attachment.unused" }.map(\.location.path)
        }
        #expect(unused("isolation") == ["content/files/b.csv"])
        #expect(unused("nowhere") == [])
    }

    /// What the sample school calls its team and its category.
    private static func names() throws -> (team: String, category: String) {
        let site = try SiteLoader(jobs: 1, zone: { _ in .shanghai }).load(Sample.tree) { _ in Sample.now }.0
        let team = try #require(site.teams.first { $0.id == "isolation" }).name
        let category = try #require(site.configuration.categories.first { $0.id == "epidemic" }).name
        return (team, category)
    }
}
