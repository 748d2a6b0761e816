import Foundation
import Testing

/// What `new` makes is right at once: it builds, and nothing in it is left to be filled in without being said.
@Suite struct NewFilesTests {
    private static let now = GoldenTests.now

    private func newSite(in work: borrowing TemporaryFolder) throws -> URL {
        let result = try Program.run(
            "new", "site", "school", "--school", "河湾小学", "--now", NewFilesTests.now, in: work.url)
        #expect(result.status == 0, "\(result.errors)")
        return work.url.appending(path: "school")
    }

    @Test func newSiteBuildsAndSaysWhatIsLeft() throws {
        let work = try TemporaryFolder()
        let site = try newSite(in: work)
        let result = try Program.run("build", "--now", NewFilesTests.now, "--format", "line", in: site)
        #expect(result.status == 0, "\(result.errors)")
        let pages = try snapshot(site.appending(path: "public"))
        #expect(pages.count > 80)
        let told = result.errors.split(separator: "\n").filter { $0.hasPrefix("content/") }
        #expect(told.allSatisfy { $0.contains("[content.placeholder]") }, "\(told)")
        // Nothing of the sample school is left, and every blank is told.
        let files = try snapshot(site.appending(path: "content"))
        for (path, bytes) in files {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("青石") && !text.contains("0000-555") && !text.contains("{{"), "\(path)")
            if text.contains("××") || text.contains("0000-0000000") {
                #expect(told.contains { $0.hasPrefix("content/\(path):") }, "\(path)")
            }
        }
        let again = try Program.run("new", "site", ".", "--school", "河湾小学", in: site)
        #expect(again.status == 2)
        #expect(try snapshot(site.appending(path: "content")) == files)
    }

    /// Every kind with every disease gives a draft that is right.
    @Test(arguments: ["通知", "通告", "告家长书", "提示", "方案"])
    func noticesOfAllKinds(_ kind: String) throws {
        let work = try TemporaryFolder()
        let site = try newSite(in: work)
        for disease in ["influenza", "norovirus", "hfmd", "varicella", "mumps"] {
            let result = try Program.run(
                "new", "notice", "关于“\(disease)”: 试", "--kind", kind, "--disease", disease, "--now", NewFilesTests.now,
                in: site)
            #expect(result.status == 0, "\(result.errors)")
        }
        let check = try Program.run("check", "--now", NewFilesTests.now, "--format", "line", in: site)
        #expect(check.status == 0, "\(check.errors)")
        let notices = try snapshot(site.appending(path: "content/notices"))
        let ids = notices.values.compactMap { String(decoding: $0, as: UTF8.self).firstMatch(of: /id: "(.*)"/)?.1 }
        #expect(Set(ids.map(String.init)) == ["2026-001", "2026-002", "2026-003", "2026-004", "2026-005"])
        let twice = try Program.run(
            "new", "notice", "再来", "--disease", "mumps", "--now", NewFilesTests.now, in: site)
        #expect(twice.status == 2)
        #expect(try snapshot(site.appending(path: "content/notices")) == notices)
    }

    @Test func teamsPagesAndForms() throws {
        let work = try TemporaryFolder()
        let site = try newSite(in: work)
        #expect(try Program.run("new", "team", "health", "--name", "健康组", in: site).status == 0)
        #expect(try Program.run("new", "page", "sports", "--title", "体育课", in: site).status == 0)
        #expect(try Program.run("new", "team", "../x", "--name", "健康组", in: site).status == 2)
        #expect(try Program.run("new", "page", "a/b", "--title", "x", in: site).status == 2)
        #expect(try Program.run("new", "notice", "x", "--kind", "通智", in: site).errors.contains("“通知”"))
        #expect(try Program.run("build", "--now", NewFilesTests.now, in: site).status == 0)
        // A blank form that is filled in is a report.
        #expect(try Program.run("new", "day", "学生出勤", "--day", "2026-11-23", in: site).status == 0)
        let form = site.appending(path: "学生出勤2026-11-23.csv")
        let blank = try Program.run("import", form.path, "--now", NewFilesTests.now, in: site)
        #expect(blank.status == 1 && blank.errors.contains("csv.blank-count"))
        let filled = try String(contentsOf: form, encoding: .utf8).replacingOccurrences(
            of: ",,,,,,,,", with: ",45,44,1,0,0,0,0,0")
        try filled.write(to: form, atomically: true, encoding: .utf8)
        let result = try Program.run("import", form.path, "--now", NewFilesTests.now, in: site)
        #expect(result.status == 0, "\(result.errors)")
    }

    /// A form names the departments of the last report, and those that are left out have not reported.
    @Test func departmentsOfTheLastReport() throws {
        let work = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Program.checkout.appending(path: "content"), to: work.url.appending(path: "content"))
        #expect(try Program.run("new", "day", "教职工出勤", "--day", "2026-11-23", in: work.url).status == 0)
        let form = work.url.appending(path: "教职工出勤2026-11-23.csv")
        let text = try String(contentsOf: form, encoding: .utf8)
        #expect(text.contains("教务处,,") && !text.contains(/[0-9]/))
        try "部门,应到,实到\n教务处,5,5\n".write(to: form, atomically: true, encoding: .utf8)
        let result = try Program.run("import", form.path, "--now", NewFilesTests.now, in: work.url)
        #expect(result.status == 0 && result.errors.contains("总务处") && result.errors.contains("未报"))
        let build = try Program.run("build", "--now", "2026-11-23T12:00:00+08:00", "--format", "line", in: work.url)
        #expect(build.status == 0 && build.errors.contains("statistics.incomplete"))
        let ledger = work.url.appending(path: "content/statistics/ledger/2026.txt")
        let added = try String(contentsOf: ledger, encoding: .utf8).split(separator: "build\t").last ?? ""
        #expect(!added.contains("day\t2\t2026-11-23"), "template 2 is the staff's attendance")
    }
}
