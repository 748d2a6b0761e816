import Formats
import Noticeboard

/// Tells the writer what was found: diagnostics to standard error, errors first.
enum Report {
    /// At most this many of one file: more are one mistake many times over.
    private static let limit = 100

    static func write(_ diagnostics: [Diagnostic], hiding privacy: PersonalData, as format: DiagnosticFormat) {
        write(diagnostics.map(privacy.withoutValues), as: format)
    }

    /// Diagnostics that hold no personal value any more.
    static func write(_ diagnostics: [Diagnostic], as format: DiagnosticFormat) {
        var counts: [String: Int] = [:]
        let shown = diagnostics.filter {
            counts[$0.location.path, default: 0] += 1
            return counts[$0.location.path]! <= limit
        }
        let ordered = shown.filter { $0.severity == .error } + shown.filter { $0.severity == .warning }
        let separator = format == .text ? "\n\n" : "\n"
        if !ordered.isEmpty {
            Terminal.error(ordered.map(format.render).joined(separator: separator) + (format == .text ? "\n" : ""))
        }
    }

    static func count(_ diagnostics: [Diagnostic]) -> (errors: Int, warnings: Int) {
        let errors = diagnostics.count { $0.severity == .error }
        return (errors, diagnostics.count - errors)
    }

    /// The one line on standard output.
    static func summary(_ zh: String, _ en: String, _ fields: [(String, String)], as format: DiagnosticFormat) {
        if format == .json {
            Terminal.output(jsonObject(fields))
        } else {
            Terminal.output("\(zh) | \(en)")
        }
    }
}
