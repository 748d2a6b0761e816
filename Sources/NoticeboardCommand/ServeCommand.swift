import ArgumentParser
import Formats
import Glibc
import NIOCore
import Noticeboard

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Shows the site in a browser on this machine while it is written, drafts included; publishes nothing."
    )

    @OptionGroup var options: SiteOptions

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8000

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
    }

    func run() throws {
        let watcher = try Watcher(site: options.folder, folders: Scan.folders)
        let server = PreviewServer(Preview(options, disk: .real))
        let port = try listen(server)
        Terminal.output(
            "预览：http://localhost:\(port)/ （按Ctrl-C结束） | preview at http://localhost:\(port)/, end with Ctrl-C")
        while true {
            let started = Clock.nanoseconds
            let found = server.use { $0.refresh() }
            server.announce()
            tell(found, after: Clock.nanoseconds - started)
            try watcher.wait()
        }
    }

    private func listen(_ server: PreviewServer) throws -> Int {
        do {
            return try server.start(port: port)
        } catch let error as IOError {
            if error.errnoCode == EADDRINUSE {
                throw Refusal(
                    zh: "端口\(port)已被占用：也许已经开着一个预览。用--port换一个。",
                    en: "Port \(port) is taken, perhaps by another preview. Choose another with --port.")
            }
            throw MachineFailure(path: "127.0.0.1:\(port)", code: error.errnoCode)
        }
    }

    private func tell(_ found: [Diagnostic], after nanoseconds: Int64) {
        Report.write(found, as: options.format)
        let (errors, warnings) = Report.count(found)
        let milliseconds = nanoseconds / 1_000_000
        let (zh, en) = errors > 0 ? ("有错误，网页没有更新", "errors; the pages are not updated") : ("已更新", "up to date")
        Report.summary(
            "\(zh)：错误\(errors)处，提醒\(warnings)处，用时\(milliseconds)毫秒。",
            "\(en): \(errors) errors, \(warnings) warnings, \(milliseconds) ms",
            [("errors", "\(errors)"), ("warnings", "\(warnings)"), ("milliseconds", "\(milliseconds)")],
            as: options.format)
    }
}
