import Formats
import Noticeboard

/// Tells the writer what was found: diagnostics to standard error, errors first.
enum Report {
    static func write(_ diagnostics: [Diagnostic], hiding privacy: PersonalData, as format: DiagnosticFormat) {
        write(diagnostics.map(privacy.withoutValues), as: format)
    }

    /// Diagnostics that hold no personal value any more.
    static func write(_ diagnostics: [Diagnostic], as format: DiagnosticFormat) {
        let text = format.render(DiagnosticList(diagnostics))
        if !text.isEmpty { Terminal.error(text + (format == .text ? "\n" : "")) }
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
