import Formats
import Statistics

/// Whether every file below `content/` lies where it is read. A notice in a folder that nobody reads would be lost
/// without a word, so it is an error.
enum SourcePlaces {
    /// Files that are read: texts, in the places that the site's folder gives them.
    static func isText(_ path: String) -> Bool {
        if path.hasPrefix("content/notices/") { return path.hasSuffix(".md") }
        let parts = path.split(separator: "/")
        guard parts.first == "content", parts.count > 1, let name = parts.last else { return false }
        switch (parts[1], parts.count) {
        case ("site.yml", 2), ("organisation.yml", 2), ("confirmed.csv", 2): return true
        case ("teams", 3...), ("pages", 3...): return name.hasSuffix(".md")
        case ("duty", 3): return name.hasSuffix(".csv")
        case ("statistics", 3): return ["units.csv", "datasets.yml", "corrections.csv"].contains(name)
        case ("statistics", 4): return name.hasSuffix(".csv")
        default: return false
        }
    }

    static func check(_ paths: [String]) -> [Diagnostic] {
        // Most names are lower case, and as no two paths are the same, only the others can collide.
        let isLower = paths.map(isLowerCase)
        var forms: [String: Int] = [:]
        if isLower.contains(false) {
            for index in paths.indices where isLower[index] { forms[paths[index]] = index }
            for index in paths.indices where !isLower[index] && forms[paths[index].lowercased()] == nil {
                forms[paths[index].lowercased()] = index
            }
        }
        return paths.indices.compactMap { index in
            let path = paths[index]
            let isTaken = !isLower[index] && forms[path.lowercased()] != index
            let isPlain = isLower[index] && path.utf8.count <= 200 || isPlainName(path)
            if isTaken || !isPlain { return badName(path) }
            if isText(path) || Ledger.isFile(path) || !path.hasPrefix("content/") { return nil }
            if path.hasPrefix("content/files/") { return attachment(path) }
            let name = path.lowercased()
            let isMeant = [".md", ".markdown", ".csv", ".yml", ".yaml", ".md.txt"].contains(where: name.hasSuffix)
            return isMeant ? misplaced(path) : ignored(path)
        }
    }
}

/// Whether a path has none but small letters, digits and `-_./` of ASCII.
private func isLowerCase(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { bytes in
        bytes.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 45 && $0 <= 57) || $0 == UInt8(ascii: "_") }
    }
}

/// Whether a path can be a file's name everywhere: nothing that is not seen, no part that begins with a combining mark (which
/// would change the sign before it), none longer than 200 bytes.
private func isPlainName(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    return parts.allSatisfy { part in
        let scalars = String(decoding: part, as: UTF8.self).unicodeScalars
        return part.count <= 200 && !(scalars.first?.properties.isGraphemeExtend ?? true)
            && !scalars.contains {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                    || $0 == "\\" || $0 == "\u{FFFD}"
            }
    }
}

private func badName(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "site.file-name", in: path, "文件名不能用：有看不见的字符，太长，或只有大小写与另一个文件不同。",
        "This name cannot be used: characters that are not seen, too long, or another file's but for its case.",
        fix: .init("给文件改名。", "Rename the file."))
}

/// Kinds of files that may be downloaded; whatever a browser could run is not among them.
private let attachmentKinds = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "csv", "txt", "jpg", "jpeg", "png", "gif", "webp",
    "mp3", "mp4", "ics", "zip",
]

private func attachment(_ path: String) -> Diagnostic? {
    let kind = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if path.contains("."), attachmentKinds.contains(kind) { return nil }
    return Diagnostic(
        .error, "attachment.kind", in: path, "这种文件不能作为附件发布。", "This kind of file cannot be published.",
        fix: .init(
            "可用的有：\(attachmentKinds.joined(separator: "、"))。", "Use one of: \(attachmentKinds.joined(separator: ", "))."
        ))
}

private func misplaced(_ path: String) -> Diagnostic {
    let isTable = path.lowercased().hasSuffix(".csv")
    let (zh, en) =
        isTable
        ? (
            "每日统计放到content/statistics/数据集/日期.csv，值班表放到content/duty/。",
            "Daily figures belong in content/statistics/DATASET/DATE.csv, rosters in content/duty/."
        )
        : (
            "通知放到content/notices/年份/，常设页面放到content/pages/，扩展名为小写的.md。",
            "Notices belong in content/notices/YEAR/, pages in content/pages/, with the extension .md."
        )
    let endings = [".markdown", ".md.txt", ".MD", ".Md"]
    let ending = endings.first { path.hasSuffix($0) && SourcePlaces.isText(path.dropLast($0.count) + ".md") }
    return Diagnostic(
        .error, "site.misplaced-file", in: path, "这个文件放错了文件夹，或扩展名不对，不会被读取。",
        "This file is in the wrong folder or has the wrong extension; it would not be read.", fix: .init(zh, en)
    ).fixed(by: ending.map { .rename(to: path.dropLast($0.count) + ".md") })
}

private func ignored(_ path: String) -> Diagnostic {
    Diagnostic(
        .warning, "site.ignored-file", in: path, "不认识这种文件，已略过。", "This kind of file is not read; it was ignored.",
        fix: .init(
            "附件放到content/files/；表格另存为CSV；多余的文件删去。",
            "Attachments belong in content/files/; save spreadsheets as CSV; delete what is not needed."))
}
