import ArgumentParser
import Formats
import Glibc
import Noticeboard

/// The command line: every effect of the program — disk, clock, terminal — is in this target.
public struct NoticeboardTool: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "noticeboard",
        abstract: "Turns a school's notices, organisation and daily figures into a static site.",
        version: Version.text,
        subcommands: [
            BuildCommand.self, CheckCommand.self, ExplainCommand.self, NextCommand.self, AuditCommand.self,
            PrintCommand.self, ImportCommand.self, ServeCommand.self, ReviewCommand.self, ConfirmCommand.self,
            NewCommand.self, RollbackCommand.self, StatusCommand.self, DoctorCommand.self, ChangesCommand.self,
        ])

    public init() {}

    /// Runs the command that the arguments name, and ends the process with its exit status: 0 published or nothing to
    /// do, 1 errors in the content, 2 wrong usage, 3 the machine failed.
    public static func start() -> Never {
        do {
            var command = try parseAsRoot()
            try command.run()
            Glibc.exit(0)
        } catch {
            if let lines = lines(of: error) {
                say(lines)
            } else if exitCode(for: error) == .success {
                Terminal.output(fullMessage(for: error))
            } else {
                let meant =
                    meantCommand(CommandLine.arguments.dropFirst().first).map {
                        "是不是要写noticeboard \($0)？ Did you mean “noticeboard \($0)”?\n"
                    } ?? ""
                Terminal.error(
                    "命令写得不对（标题里有空格要加引号；用法见noticeboard help）：\n\(meant)\(fullMessage(for: error))")
            }
            Glibc.exit(status(of: error))
        }
    }

    /// The command that a mistyped one is close to; nil where it is one, or close to none.
    private static func meantCommand(_ typed: String?) -> String? {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let typed, !typed.hasPrefix("-"), !names.contains(typed) else { return nil }
        return NearMiss.suggestions(for: typed, among: names, limit: 1).first
    }

    /// The exit status that an error stands for.
    static func status(of error: any Error) -> Int32 {
        switch error {
        case is MachineFailure, is SourceChanged, is MissingProgram, is DoctorFound: 3
        case is Refusal: 2
        case let end as ContentErrors: end.status
        default: exitCode(for: error) == .success ? 0 : 2
        }
    }

    /// What is said of an error that stopped a command; nil of one in its arguments. Errors in content have been told.
    private static func lines(of error: any Error) -> [String]? {
        switch error {
        case let failure as MachineFailure: failure.lines
        case let change as SourceChanged:
            [
                "\(change.path)在生成网站时被改动了，没有发布；请再运行一次。",
                "\(change.path) was changed while the site was built; nothing was published. Run again.",
            ]
        case let refusal as Refusal: refusal.lines
        case let missing as MissingProgram: missing.lines
        case is ContentErrors, is DoctorFound: []
        default: nil
        }
    }
}

/// Says why a command stopped. Names of files stand in it, so each line is made visible and masked like a diagnostic.
private func say(_ lines: [String]) {
    if lines.isEmpty { return }
    Terminal.error(lines.map { PersonalData.unknownSite.masked(visible($0)) }.joined(separator: "\n"))
}

/// The content has errors; they have been reported.
struct ContentErrors: Error {
    let status: Int32 = 1
}

/// The program was asked for something that it must not do.
struct Refusal: Error {
    let zh: String
    let en: String

    var lines: [String] { [zh, en] }
}

enum Version {
    static let text = "0.1.0"
}
