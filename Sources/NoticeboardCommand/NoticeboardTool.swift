import ArgumentParser
import Glibc

/// The command line: every effect of the program — disk, clock, terminal — is in this target.
public struct NoticeboardTool: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "noticeboard",
        abstract: "Turns a school's notices, organisation and daily figures into a static site.",
        version: Version.text,
        subcommands: [BuildCommand.self, CheckCommand.self])

    public init() {}

    /// Runs the command that the arguments name, and ends the process with its exit status: 0 published or nothing to
    /// do, 1 errors in the content, 2 wrong usage, 3 the machine failed.
    public static func start() -> Never {
        do {
            var command = try parseAsRoot()
            try command.run()
            Glibc.exit(0)
        } catch let failure as MachineFailure {
            Terminal.error(failure.description)
            Glibc.exit(3)
        } catch let refusal as Refusal {
            Terminal.error(refusal.description)
            Glibc.exit(2)
        } catch let end as ContentErrors {
            Glibc.exit(end.status)
        } catch {
            let isHelp = exitCode(for: error) == .success
            let text = fullMessage(for: error)
            if isHelp { Terminal.output(text) } else { Terminal.error(text) }
            Glibc.exit(isHelp ? 0 : 2)
        }
    }
}

/// The content has errors; they have been reported.
struct ContentErrors: Error {
    let status: Int32 = 1
}

/// The program was asked for something that it must not do.
struct Refusal: Error, CustomStringConvertible {
    let zh: String
    let en: String

    var description: String { "\(zh)\n\(en)" }
}

enum Version {
    static let text = "0.1.0"
}
