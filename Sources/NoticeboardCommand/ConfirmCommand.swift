import ArgumentParser
import Formats
import Noticeboard

struct ConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract:
            "Lists the sentences of a file that may tell of a person, asks once, and records that they may be published."
    )

    @Argument(help: "The file, such as content/notices/2026/….md.")
    var file: String

    @OptionGroup var options: CommonOptions

    @Option(help: "The post of whoever has looked at them, such as 校长; not a name.")
    var by: String

    @Flag(help: "Do not ask: all of them have been looked at.")
    var yes = false

    func run() throws {
        let disk = Disk.real
        let (site, found) = try options.loader(disk).declarations(options.tree(disk).tree)
        let path = try SitePath(file, in: options.folder, disk: disk)
        var diagnostics = found.filter { $0.severity == .error }
        guard let source = SourceFile.decode(path: path.inSite, raw: try disk.read(path.onDisk), into: &diagnostics),
            !diagnostics.hasErrors
        else {
            Report.write(diagnostics.ordered(), hiding: site.personalData, as: options.format)
            throw ContentErrors()
        }
        let questions = site.personalData.questions(in: source)
        if !questions.isEmpty {
            QuestionList.show(questions)
            guard yes || QuestionList.isAgreed() else {
                throw Refusal(zh: "没有确认；什么也没有记录。", en: "Not confirmed; nothing was recorded.")
            }
            try record(questions, path.inSite, site.configuration.zone, disk)
        }
        Report.summary(
            "已确认\(questions.count)句。", "confirmed \(questions.count) sentences",
            [("confirmed", "\(questions.count)")], as: options.format)
    }

    private func record(_ questions: [PhraseQuestion], _ path: String, _ zone: TimeZone, _ disk: Disk) throws {
        let file = "\(options.folder)/\(Confirmations.path)"
        let day = zone.local(Clock.now(options.now, in: zone)).day
        try disk.replace(
            file,
            with: Confirmations.adding(questions.map(\.code), of: path, by: by, on: day, to: disk.readIfPresent(file)))
    }
}

/// Sentences that may tell of a person, for whoever sits at the terminal.
enum QuestionList {
    static func show(_ questions: [PhraseQuestion]) {
        let lines = questions.map { "  [\($0.code)] \($0.line): \(visible($0.text))" }
        Terminal.error(
            (["请逐句看：会不会让人知道是谁、哪个班？ Look at each sentence: could a reader tell who it is?"] + lines)
                .joined(separator: "\n"))
    }

    /// Asks once.
    static func isAgreed() -> Bool {
        Terminal.error("都可以公布吗？输入“是”或yes，再按回车： May all be published? Type yes: ")
        let answer = readLine(strippingNewline: true)?.trimmed.lowercased()
        return answer == "是" || answer == "yes" || answer == "y"
    }
}
