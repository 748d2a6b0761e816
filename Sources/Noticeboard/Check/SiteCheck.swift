import Formats
import Statistics

/// What the files of a site say of each other: names that refer to nothing, ids given twice, things left unfilled.
struct SiteCheck {
    let site: Site
    let tree: SourceTree
    /// All texts but the notices.
    let sources: [String: SourceFile]
    /// Files with errors of their own: what they would have declared is not missed.
    let failed: Set<String>

    func diagnostics() throws -> [Diagnostic] {
        try checkNotices() + checkTeams() + checkPages() + checkDatasets() + placeholders()
    }
}

extension SiteCheck {
    /// Fingerprints tell which notices name something that is not there; only those are read.
    private func checkNotices() throws -> [Diagnostic] {
        let known = NoticeNames(site)
        var result: [Diagnostic] = []
        for (index, facts) in site.facts.enumerated() {
            if !known.teams.contains(facts.team) || !known.categories.contains(facts.category)
                || !known.kinds.contains(facts.kind)
            {
                result += try unknownNames(site.notices[index])
            }
            if facts.has(.supersedes) || facts.has(.translation) {
                result += try unknownNotices(site.notices[index]) + circles(site.notices[index])
            }
            if facts.has(.attachments) { result += try missingFiles(site.notices[index]) }
        }
        return try result + repeatedIDs()
    }

    /// Notices whose id another one has; of all that share one the first in order of paths keeps it.
    private func repeatedIDs() throws -> [Diagnostic] {
        let ids = site.facts.map(\.id).sorted { $0.value < $1.value }
        let repeated = Set(zip(ids, ids.dropFirst()).filter { $0 == $1 }.map(\.0))
        if repeated.isEmpty { return [] }
        let groups = Dictionary(grouping: site.notices.filter { repeated.contains($0.facts.id) }, by: \.facts.id)
        return try groups.values.flatMap { group in
            let inOrder = group.sorted { $0.path < $1.path }
            return try inOrder.dropFirst().map { try self.repeated($0, inOrder[0]) }
        }
    }

    private func unknownNames(_ notice: Notice) throws -> [Diagnostic] {
        let places = notice.places
        let source = try tree.source(notice.path)
        var result: [Diagnostic] = []
        if isComplete("content/teams/") {
            result += unknown(
                source, [places.team], site.teams.map(\.id), "责任组", "team", names: site.teams.map(\.name))
        }
        if isComplete("content/site.yml") {
            let categories = site.configuration.categories
            result += unknown(
                source, [places.category], categories.map(\.id), "类别", "category", names: categories.map(\.name))
            let kinds = site.configuration.kinds
            if !kinds.isEmpty { result += unknown(source, [places.kind], kinds, "文种", "kind") }
        }
        return result
    }

    private func unknownNotices(_ notice: Notice) throws -> [Diagnostic] {
        guard isComplete("content/notices/") else { return [] }
        let references = notice.supersedes + (notice.translationOf.map { [$0] } ?? [])
        let missing = references.filter { reference in
            let id = Fingerprint(reference.name)
            return !site.facts.contains { $0.id == id }
        }
        if !missing.isEmpty {
            return try unknown(
                tree.source(notice.path), missing, site.notices.map(\.id), "通知编号", "notice id",
                names: site.notices.map(\.title))
        }
        return try noTranslation(notice).map { [$0] } ?? []
    }

    /// An original is written in another language, and is no translation itself.
    private func noTranslation(_ notice: Notice) throws -> Diagnostic? {
        guard let reference = notice.translationOf,
            let index = site.facts.firstIndex(where: { $0.id == Fingerprint(reference.name) })
        else { return nil }
        let original = site.notices[index]
        if original.path != notice.path, !original.facts.has(.translation), original.language != notice.language {
            return nil
        }
        return try tree.source(notice.path).error(
            "notice.no-translation", at: reference.range, "“\(reference.name)”不是这条通知的原文：原文要是另一种语言，自己不能又是译文。",
            "“\(reference.name)” is not the original of this notice: an original has another language and is no translation itself.",
            fix: .init(
                "译文写“lang: en”和“translation_of: 原文的编号”；原文里不写translation_of。",
                "Write “lang: en” and the original's id in the translation, and no translation_of in the original."))
    }

    private func checkTeams() -> [Diagnostic] {
        let units = site.organisation.offices.map(\.id) + ["grades"]
        var first: [String: Team] = [:]
        return site.teams.flatMap { team -> [Diagnostic] in
            let isKnown = isComplete("content/organisation.yml")
            var result =
                isKnown
                ? unknown(
                    team.source, team.units, units, "处室或年级", "office", names: site.organisation.offices.map(\.name))
                : []
            if first[team.id] != nil {
                result.append(
                    team.source.error(
                        "team.repeated", at: team.source.line(at: 0), "组的编号“\(team.id)”用了两次。",
                        "The team id “\(team.id)” is used twice.",
                        fix: .init("改一个编号。", "Change one of them.")))
            }
            first[team.id] = team
            if team.duties.isEmpty { result.append(noDuties(team)) }
            return result
        }
    }

    private func noDuties(_ team: Team) -> Diagnostic {
        team.source.warning(
            "team.no-duties", at: team.source.line(at: 0), "“\(team.name)”没有写职责，职责一览里是空的。",
            "“\(team.name)” has no duties.",
            fix: .init("写一节“## 职责 {#duties}”，下面用1. 2. 3.列出。", "Write “## 职责 {#duties}” with a numbered list below it."))
    }

    /// A page names its original by the file's name; titles are what people would write.
    private func checkPages() -> [Diagnostic] {
        let texts = site.pages.map { ($0.source, $0.body) } + site.teams.map { ($0.source, $0.body) }
        let numbers = texts.compactMap { source, body in
            var text = SearchText()
            text.add(html: body.html)
            return site.personalData.error(inText: text.units, of: source)
        }
        return numbers + unknownOriginals()
    }

    private func unknownOriginals() -> [Diagnostic] {
        guard isComplete("content/pages/") else { return [] }
        let originals = site.pages.filter { $0.translationOf == nil }
        return site.pages.flatMap { page in
            unknown(
                page.source, page.translationOf.map { [$0] } ?? [], originals.map(\.name), "原文页面", "original page",
                names: originals.map(\.title))
        }
    }

    private func checkDatasets() -> [Diagnostic] {
        guard let source = sources["content/statistics/datasets.yml"], isComplete("content/teams/") else { return [] }
        return site.datasets.flatMap { unknown(source, [$0.definition.team], site.teams.map(\.id), "责任组", "team") }
    }

    /// Whether every file of a folder, or a file, was read without errors.
    private func isComplete(_ place: String) -> Bool { !failed.contains { $0.hasPrefix(place) } }

    /// `names` are what people call the known ids, in the same order: someone who writes the name is told the id.
    private func unknown(
        _ source: SourceFile, _ references: [Reference], _ known: [String], _ zh: String, _ en: String,
        names: [String] = []
    ) -> [Diagnostic] {
        references.filter { !known.contains($0.name) }.map { reference in
            let meant = names.firstIndex(of: reference.name).map { known[$0] }
            return source.error(
                "reference.unknown", at: reference.range, "没有名为“\(reference.name)”的\(zh)。",
                "There is no \(en) “\(reference.name)”.",
                fix: meant.map { .init("写它的编号“\($0)”。", "Write its id “\($0)”.") }
                    ?? NearMiss.fix(for: reference.name, among: known)
            ).fixed(
                by: meant.flatMap { source.replacing(reference.name, in: reference.range, with: $0) }
                    ?? source.correcting(reference.name, in: reference.range, among: known))
        }
    }

    private func missingFiles(_ notice: Notice) throws -> [Diagnostic] {
        try notice.attachments.filter { site.files[$0.file.name] == nil }.map { attachment in
            let source = try tree.source(notice.path)
            return source.error(
                "attachment.missing", at: attachment.file.range, "没有附件“\(attachment.file.name)”。",
                "There is no file “\(attachment.file.name)”.",
                fix: NearMiss.fix(for: attachment.file.name, among: site.files.keys.sorted())
            ).fixed(
                by: source.correcting(attachment.file.name, in: attachment.file.range, among: site.files.keys.sorted()))
        }
    }

    /// A notice that replaces itself, or one that replaces it.
    private func circles(_ notice: Notice) throws -> [Diagnostic] {
        try notice.supersedes.filter { old in
            let id = Fingerprint(old.name)
            return id == notice.facts.id
                || site.notices.contains { $0.facts.id == id && $0.supersedes.contains { $0.name == notice.id } }
        }.map { old in
            try tree.source(notice.path).error(
                "notice.supersedes-circle", at: old.range, "通知不能替代自己，两条通知也不能互相替代。",
                "A notice cannot replace itself, nor one that replaces it.",
                fix: .init("只在新通知里写被替代的旧通知的编号。", "Give the older notice's id in the newer one only."))
        }
    }

    private func repeated(_ notice: Notice, _ other: Notice) throws -> Diagnostic {
        let source = try tree.source(notice.path)
        return source.error(
            "notice.repeated-id", at: notice.places.id, "编号“\(notice.id)”已经用过。", "The id “\(notice.id)” is taken.",
            fix: .init("换一个编号。", "Choose another id."),
            notes: [
                .init(try tree.source(other.path).location(other.places.id), .init("另一处在这里。", "The other one is here."))
            ]
        ).fixed(by: source.replacing(notice.id, in: notice.places.id, with: "\(notice.id)-2"))
    }
}

extension SiteCheck {
    /// Blanks that nobody filled in: `x'x`, `××`, `XXX`.
    private func placeholders() -> [Diagnostic] {
        let filledIn = [".md", ".yml", ClassList.file]
        return sources.values.filter { source in
            filledIn.contains(where: source.path.hasSuffix) || source.path.hasPrefix("content/duty/")
        }.flatMap(Placeholders.warnings)
    }
}

/// The names that notices may use, as fingerprints.
private struct NoticeNames {
    let teams: [Fingerprint]
    let categories: [Fingerprint]
    /// All kinds are allowed where none are listed.
    let kinds: [Fingerprint]

    init(_ site: Site) {
        func fingerprints(_ names: [String]) -> [Fingerprint] { names.map { Fingerprint($0) } }
        teams = fingerprints(site.teams.map(\.id))
        categories = fingerprints(site.configuration.categories.map(\.id))
        let given = site.configuration.kinds
        kinds = given.isEmpty ? Array(Set(site.facts.map(\.kind))) : fingerprints(given)
    }
}

enum Placeholders {
    /// A warning for every line with blanks, at the first of them.
    static func warnings(in source: SourceFile) -> [Diagnostic] {
        var end = 0
        let first = ranges(in: source.bytes).sorted { $0.lowerBound < $1.lowerBound }.filter { range in
            guard range.lowerBound >= end else { return false }
            end = source.line(at: range.lowerBound).upperBound
            return true
        }
        return first.map { range in
            source.warning(
                "content.placeholder", at: range, "这里像是没有填的空。", "This looks like a blank that was not filled in.",
                fix: .init("填上内容，或删去。", "Fill it in, or delete it."), confidential: source.path.hasSuffix(".csv")
            ).fixed(by: source.path.hasSuffix(".md") ? source.replacing(range, with: "") : nil)
        }
    }

    /// Runs of two or more `×`, three or more `x` or `X` that are a word of their own, and `x'x`.
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { ranges(in: $0) }
    }

    private static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var result = blankPhones(in: bytes)
        var index = 0
        while let next = bytes.firstIndex(from: index, { $0.equal(to: 0x58, except: 0x20) .| $0.equal(to: 0xC3) }) {
            index = next
            if bytes[index] == 0xC3, index + 3 < bytes.count, bytes[index + 1] == 0x97, bytes[index + 2] == 0xC3,
                bytes[index + 3] == 0x97
            {
                let start = index
                while index + 1 < bytes.count, bytes[index] == 0xC3, bytes[index + 1] == 0x97 { index += 2 }
                result.append(start..<index)
            } else if isX(bytes[index]), index == 0 || !isWord(bytes[index - 1]) {
                let start = index
                while index < bytes.count, isX(bytes[index]) { index += 1 }
                if index - start == 1, let end = quotedX(bytes, index) { index = end }
                if index - start >= 3, index == bytes.count || !isWord(bytes[index]) { result.append(start..<index) }
            } else {
                index += 1
            }
        }
        return result
    }

    /// A telephone number of nothing but zeros.
    private static let blankPhone: StaticString = "0000-0000000"

    private static func blankPhones(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        while let place = UnsafeBufferPointer(rebasing: bytes[start...]).firstIndex(of: blankPhone) {
            result.append(start + place..<start + place + blankPhone.utf8CodeUnitCount)
            start += place + blankPhone.utf8CodeUnitCount
        }
        return result
    }

    private static func isX(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X") }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "/")
    }

    /// Behind an `x`: `'x` or `’x`.
    private static func quotedX(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "'"), isX(bytes[index + 1]) { return index + 2 }
        let isCurly = index + 3 < bytes.count && bytes[index..<index + 3].elementsEqual([0xE2, 0x80, 0x99])
        return isCurly && isX(bytes[index + 3]) ? index + 4 : nil
    }
}
