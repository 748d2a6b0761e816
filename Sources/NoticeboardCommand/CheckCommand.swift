import ArgumentParser
import Formats

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says everything that build would say, and writes nothing.")

    @OptionGroup var options: SiteOptions

    func run() throws {
        let pipeline = try Pipeline(options, disk: .real)
        var diagnostics = pipeline.diagnostics
        if !diagnostics.hasErrors {
            let rendered = try pipeline.render(Array(pipeline.plan.outputs.indices)) { _, _ in }
            diagnostics = (diagnostics + rendered.diagnostics).ordered()
        }
        Report.write(diagnostics, hiding: pipeline.privacy, as: options.format)
        let (errors, warnings) = Report.count(diagnostics)
        Report.summary(
            "检查完毕：错误\(errors)处，提醒\(warnings)处。", "checked: \(errors) errors, \(warnings) warnings",
            [("errors", "\(errors)"), ("warnings", "\(warnings)")], as: options.format)
        if errors > 0 { throw ContentErrors() }
    }
}
