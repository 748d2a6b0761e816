import ArgumentParser
import Formats
import Noticeboard

struct NextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Says when the site will next change by itself, and why.")

    @OptionGroup var options: SiteOptions

    func run() throws {
        let pipeline = try Pipeline(options, disk: .real)
        if pipeline.diagnostics.hasErrors {
            Report.write(pipeline.diagnostics, hiding: pipeline.privacy, as: options.format)
            throw ContentErrors()
        }
        let reasons = pipeline.plan.nextReasons.map {
            (zh: pipeline.privacy.masked($0.zh), en: pipeline.privacy.masked($0.en))
        }
        if options.format == .json {
            let list = reasons.map { jsonString($0.en) }.joined(separator: ",")
            return Terminal.output(
                jsonObject([("next", jsonString(pipeline.plan.nextChangeText)), ("reasons", "[\(list)]")]))
        }
        let waiting = pipeline.plan.unpublished.filter { $0.state == .scheduled }.map {
            pipeline.plan.site.notices[$0.notice]
        }
        .sorted { ($0.publishAt, $0.path) < ($1.publishAt, $1.path) }.map { notice in
            let time = pipeline.plan.site.configuration.zone.rfc3339(notice.publishAt)
            return pipeline.privacy.masked("  等待发布 \(notice.path) | waiting until \(time)")
        }
        Terminal.output(
            ([pipeline.plan.nextChangeText] + reasons.map { "  \($0.zh) | \($0.en)" } + waiting).joined(separator: "\n")
        )
    }
}
