import Formats
import Glibc

/// What became of the last builds: `SITE/.noticeboard/builds.jsonl`, a JSON object a line, oldest first. It is never published,
/// and holds numbers and the ids of diagnostics only, nothing of what the content says.
///
/// Whatever goes wrong with it is no failure of a build.
struct BuildLog {
    /// One build.
    struct Entry: Equatable {
        /// Whether the previous site was published again instead.
        var isRollback = false
        /// When it began, in seconds since 1970.
        var at = 0
        var milliseconds = 0
        /// The exit status, as the IT guide lists them.
        var status = 0
        var files = 0
        var written = 0
        var deleted = 0
        var errors = 0
        var warnings = 0
        /// When the site will next change by itself (RFC 3339), or nothing.
        var next = ""
        /// Of its diagnostics, each once, in order.
        var ids: [String] = []
    }

    /// In bytes; a log that has grown further becomes `builds.1.jsonl`, in the place of the one before.
    private static let limit = 1 << 20

    private let folder: String
    private let disk: Disk
    private var path: String { "\(folder)/builds.jsonl" }

    init(site: String, disk: Disk) {
        folder = "\(site)/\(MemoryFile.folder)"
        self.disk = disk
    }

    func add(_ entry: Entry) {
        guard (try? disk.makePrivateFolder(folder)) != nil else { return }
        if disk.stamp(path).size > BuildLog.limit { try? disk.rename(path, "\(folder)/builds.1.jsonl") }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array((entry.line + "\n").utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    /// The last builds, newest first; lines that are none are left out.
    func last(_ count: Int) -> [Entry] {
        let bytes = (try? disk.read(path)) ?? []
        return bytes.split(separator: 10).suffix(count).reversed().compactMap { Entry(line: Array($0)) }
    }
}

extension BuildLog.Entry {
    var line: String {
        jsonObject([
            ("at", "\(at)"), ("rollback", "\(isRollback)"), ("milliseconds", "\(milliseconds)"),
            ("status", "\(status)"), ("files", "\(files)"),
            ("written", "\(written)"), ("deleted", "\(deleted)"), ("errors", "\(errors)"), ("warnings", "\(warnings)"),
            ("next", jsonString(next)), ("ids", "[\(ids.map(jsonString).joined(separator: ","))]"),
        ])
    }

    /// Reads a line; JSON is YAML (YAML 1.2.2, section 1.2).
    init?(line: [UInt8]) {
        var mistakes: [Diagnostic] = []
        guard let fields = YAML.parse(SourceFile(path: "", bytes: line), into: &mistakes)?.mapping, mistakes.isEmpty
        else { return nil }
        func text(_ name: String) -> String { fields.first { $0.key == name }?.value.text ?? "" }
        func number(_ name: String) -> Int { Int(text(name)) ?? 0 }
        guard number("at") > 0 else { return nil }
        at = number("at")
        isRollback = text("rollback") == "true"
        milliseconds = number("milliseconds")
        status = number("status")
        files = number("files")
        written = number("written")
        deleted = number("deleted")
        errors = number("errors")
        warnings = number("warnings")
        next = text("next")
        ids = (fields.first { $0.key == "ids" }?.value.sequence ?? []).compactMap(\.text)
    }

    /// Counts what was told.
    mutating func count(_ told: [Diagnostic], files: Int = 0, next: String = "") {
        (errors, warnings) = Report.count(told)
        ids = told.reduce(into: []) { ids, diagnostic in
            if !ids.contains(diagnostic.id) { ids.append(diagnostic.id) }
        }
        self.files = files
        self.next = next
    }

    /// What the exit status means, and what to do.
    var verdict: (zh: String, en: String) {
        if isRollback { return ("已恢复上一次的网站", "rolled back") }
        return switch status {
        case 0: written + deleted == 0 ? ("没有变化", "nothing to do") : ("已发布", "published")
        case 1: ("内容有错，没有发布", "errors in the content, not published")
        case 2: ("命令或文件夹不对", "wrong usage or folder")
        default: ("机器故障", "the machine failed")
        }
    }
}
